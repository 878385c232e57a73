"""Letters that look the same in Cyrillic and Latin are one letter to the person who typed them."""

import re
import unicodedata

FOLD = str.maketrans("АВЕЁКМНОРСТУХІЅЈ", "ABEEKMHOPCTYXISJ")
_ORDINARY = re.compile(r"[ -~А-яЁё№]*")
"""Letters of one code point each, with one upper case each: nothing to compose."""

_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")


def fold(text: str) -> str:
    """Upper case in one alphabet wherever the letters look the same; folding twice changes nothing."""
    if text.isascii():
        return text.upper()
    if is_ordinary(text):
        return text.upper().translate(FOLD)
    composed = unicodedata.normalize("NFC", text)
    raised = unicodedata.normalize("NFC", composed.casefold().upper())
    return unicodedata.normalize("NFC", raised.translate(FOLD))


def is_ordinary(text: str) -> bool:
    """Whether upper case and the table FOLD are all it takes to fold this."""
    return _ORDINARY.fullmatch(text) is not None


def ascii_digits(text: str) -> str:
    """Decimal digits of any script (Arabic, full-width) as 0-9."""
    if text.isascii() or not _FOREIGN_DIGIT.search(text):
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
