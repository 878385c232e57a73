"""Order numbers and the folder names that carry them."""

import unicodedata
from functools import cache
from typing import NamedTuple

from dealer_bot.domain.lookalikes import fold
from dealer_bot.domain.plain_text import is_showable

_CLOSERS = ")]}>"
"""Of what stands before the closing word these may belong to the number; nothing else but letters and digits does."""

_TRAILERS = " \t\u00a0.)]}>"
_SYSTEM = frozenset(
    fold(name)
    for name in (
        *("System Volume Information", "RECYCLER", "RECYCLED", "FOUND.000", "lost+found"),
        *("@eaDir", "#recycle", "#snapshot", "__MACOSX", "Thumbs.db", "desktop.ini"),
    )
)


class FolderName(NamedTuple):
    """What a folder's name says: the order's number as it is written, and whether the order is closed."""

    number: str
    closed: bool

    @property
    def key(self) -> str:
        return number_key(self.number)


def number_key(raw: str) -> str:
    """What two spellings of one number have in common: case and look-alike letters don't count."""
    return fold(raw.strip())


def parse_folder(name: str, closed_mark: str) -> FolderName | None:
    """The order a folder is for; None for hidden and system folders and names that can't be shown or stored."""
    if name.isascii() and name.isalnum() and not _may_be_marked(name.upper(), closed_mark):
        return FolderName(name, False)  # the usual name, with nothing around the number
    number = unicodedata.normalize("NFC", name).strip()
    if not number or number[0] in ".~$" or not is_showable(number) or fold(number) in _SYSTEM:
        return None
    open_name, closed = number, False
    while (shorter := _without_mark(open_name, closed_mark)) is not None:
        open_name, closed = shorter, True
    return FolderName(open_name, closed) if open_name else None


def may_be_number(text: str) -> bool:
    """Whether a folder may be asked for by this text: one plain name that leads nowhere else."""
    return 0 < len(text) <= 64 and text[0] not in ".~$ " and all(char.isalnum() or char in " _-.+#№()" for char in text)


def _may_be_marked(upper: str, mark: str) -> bool:
    folded, _ = _folded(mark)
    return upper in _SYSTEM or (folded != "" and upper.endswith(folded))


def _without_mark(name: str, mark: str) -> str | None:
    bare, (folded, lengths) = name.rstrip(_TRAILERS), _folded(mark)
    for length in lengths:
        if len(bare) >= length and fold(bare[-length:]) == folded:
            return _without_separator(bare[:-length])
    return None


def _without_separator(name: str) -> str:
    while name and not name[-1].isalnum() and name[-1] not in _CLOSERS:
        name = name[:-1]
    return name


@cache
def _folded(mark: str) -> tuple[str, tuple[int, ...]]:
    """The closing word as it is compared, and how long it may be where it is written."""
    bare = mark.rstrip(_TRAILERS)
    folded = fold(bare)
    return folded, tuple({len(bare), len(folded)}) if folded else ()
