"""The spool: a folder on the server's own disk, where files stand until the store has them."""

import contextlib
import shutil
from pathlib import Path

KEEP_FREE_BYTES = 1024**3
"""The database lives on this disk: the last gigabyte is not for media."""


def free_bytes(spool: Path) -> int | None:
    """None where the disk can't tell; a spool that somebody removed is made anew."""
    try:
        spool.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(spool).free
    except OSError:
        return None


def unremoved(files: list[Path]) -> list[Path]:
    """Removes them; those that could not be, for the next time."""
    return [file for file in files if not _is_removed(file)]


def _is_removed(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def whole(spool: Path) -> set[int]:
    """The ids of the files that stand here."""
    try:
        return {int(file.name) for file in spool.iterdir() if file.name.isdigit()}
    except OSError:
        return set()


def sweep(spool: Path, needed: set[int]) -> None:
    """A disk that fails now is told of when something is fetched; it keeps nobody from starting."""
    with contextlib.suppress(OSError):
        for left in spool.iterdir():
            if not left.name.isdigit() or int(left.name) not in needed:
                _is_removed(left)
