"""What a look at the store remembers from the last one: the rows' marks, and where the store was."""

from dataclasses import dataclass

from database import beats, sql
from database.orders import PRESENT
from dealer_bot.domain.orders import State

_ROOT = "store_root"


@dataclass(frozen=True, slots=True)
class Known:
    """As much of a row as a look compares with."""

    id: int
    number_key: str
    folder: str
    state: State
    mtime_ns: int | None
    size: int | None
    inode: int | None


def known() -> list[Known]:
    """Every order there is in the store, and of each number that isn't the last one that ended."""
    present = f"SELECT id, number_key, folder, state, mtime_ns, size, inode FROM orders WHERE {PRESENT}"
    ended = (
        "SELECT max(id), number_key, folder, state, mtime_ns, size, inode FROM orders"
        " WHERE state IN ('closed', 'gone') GROUP BY number_key"
    )
    return [Known(*found) for found in sql.rows(f"{present} UNION ALL {ended}")]


def known_root() -> str | None:
    """Where the store was when the index was last written."""
    return beats.value(_ROOT)


def remember_root(root: str, now: int) -> None:
    beats.keep(_ROOT, root, now)
