"""Order numbers and the folder names that carry them."""

import unicodedata
from dataclasses import dataclass

from dealer_bot.domain.lookalikes import fold
from dealer_bot.domain.plain_text import is_showable

_SEPARATORS = " \t\u00a0_-.,–—([{<"
_TRAILERS = " \t\u00a0.)]}>"
_SYSTEM = frozenset(
    fold(name)
    for name in (
        *("System Volume Information", "RECYCLER", "RECYCLED", "FOUND.000", "lost+found"),
        *("@eaDir", "#recycle", "#snapshot", "__MACOSX", "Thumbs.db", "desktop.ini"),
    )
)


@dataclass(frozen=True, slots=True)
class FolderName:
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


def _without_mark(name: str, mark: str) -> str | None:
    bare, folded = name.rstrip(_TRAILERS), fold(mark)
    if not folded:
        return None
    for length in {len(mark), len(folded)}:
        if len(bare) >= length and fold(bare[-length:]) == folded:
            return bare[:-length].rstrip(_SEPARATORS)
    return None
