"""What programs read in a picture: marks to compare with open orders, or why there are none."""

from dataclasses import dataclass
from enum import Enum


class Miss(Enum):
    """Why nothing was read. Each has its own hint."""

    TOO_SMALL = "too_small"
    BLURRED = "blurred"
    DARK = "dark"
    UNREADABLE_FILE = "unreadable_file"
    NOTHING_FOUND = "nothing_found"
    TIMED_OUT = "timed_out"
    NOT_INSTALLED = "not_installed"


@dataclass(frozen=True, slots=True)
class Row:
    """Symbols that were read side by side, as a plate key, and how many times."""

    text: str
    times: int = 1


@dataclass(frozen=True)
class Reading:
    """Barcodes as they are printed and plates as `1234AB-5` in Latin letters, best first.

    `cause` is set where something is missing; what was read beside it still counts. `rows`: all that may be a plate or
    a part of one, as it was read. `alike`: up to three barcodes of open orders that bars in the picture resemble, where
    no barcode of one is certain.
    """

    barcodes: tuple[str, ...] = ()
    plates: tuple[str, ...] = ()
    cause: Miss | None = None
    rows: tuple[Row, ...] = ()
    alike: tuple[str, ...] = ()
