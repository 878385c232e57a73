"""Number plates: one form to compare, one to show to programs."""

import re
import string

from dealer_bot.domain.lookalikes import FOLD, ascii_digits, fold, is_ordinary
from dealer_bot.domain.plate_countries import BELARUSIAN

_BELARUSIAN = re.compile(rf"([0-9]{{4}}[{BELARUSIAN}]{{2}})([0-9])")

_NO_PLATE = re.compile(r"[\W_]+")
_ORDINARY = FOLD | dict.fromkeys(map(ord, string.punctuation + " №"))
"""For ordinary text: look-alikes folded, all that is no letter or digit left out."""


def plate_key(raw: str) -> str:
    """What two spellings of one plate have in common: letters and digits, upper case, Latin look-alikes."""
    if is_ordinary(raw):
        return raw.upper().translate(_ORDINARY)
    return _NO_PLATE.sub("", fold(ascii_digits(raw)))


def plate_latin(raw: str) -> str:
    """`1234AB-5` for a Belarusian plate however it is spelled; any other plate as its key."""
    key = plate_key(raw)
    belarusian = _BELARUSIAN.fullmatch(key)
    return f"{belarusian[1]}-{belarusian[2]}" if belarusian else key


def is_whole_plate(raw: str) -> bool:
    """Whether this is a complete Belarusian plate rather than a part of one."""
    return _BELARUSIAN.fullmatch(plate_key(raw)) is not None
