"""Putting a fetched file into an order's folder: whole, under its final name, and only while the order is open."""

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dealer_bot import posix
from dealer_bot.domain.journals import journal_of
from dealer_bot.domain.numbers import parse_folder
from dealer_bot.kill_points import reach
from dealer_bot.store.errors import (
    FolderClosed,
    FolderGone,
    NameTaken,
    SpoolDamaged,
    StoreError,
    StoreUnavailable,
    unavailable,
)

OWN = ".dealer_bot"
"""The bot's own subfolder of an order: unfinished files and the journal."""

JOURNAL = "media.jsonl"
CHUNK = 1024 * 1024
_PART = ".part"


@dataclass(frozen=True, slots=True)
class Shelved:
    """Where the file is now. `adopted`: the same bytes were there under this name already."""

    path: Path
    adopted: bool = False


def shelve(
    spool_file: Path,
    order_folder: Path,
    stage_folder: str,
    name: str,
    sha256: str,
    unfinished: str,
    still_open: Callable[[], bool] = lambda: True,
    closed_mark: str = "closed",
) -> Shelved:
    """Copy a spooled file to its final name in a stage of an order. What is there is never replaced.

    `unfinished`: its name in the bot's own folder until it is whole, nobody else's. The order's folder is never made.

    Raises FolderGone, FolderClosed, NameTaken, SpoolDamaged, StoreUnavailable.
    """
    order = _Order(order_folder, closed_mark, still_open)
    try:
        order.require_open()
        target = order.subfolder(stage_folder) / _plain(name)
        if (there := _adopted(target, sha256)) is not None:
            return there
        part = order.subfolder(OWN) / f"{_plain(unfinished)}{_PART}"
        with posix.removed_on_failure(part):
            _copy(spool_file, part, sha256, order.require_open)
            order.require_open()
            return _named(part, target, sha256)
    except OSError as error:
        order.require_open()
        raise unavailable(error) from error


def write_journal(order_folder: Path, lines: Iterable[str], closed_mark: str = "closed") -> bool:
    """Make `.dealer_bot/media.jsonl` say this, and what it said of files that nobody remembers but that are there.

    Whether it had to be written. Raises as `shelve` does.
    """
    order = _Order(order_folder, closed_mark, lambda: True)
    try:
        order.require_open()
        journal = order.subfolder(OWN) / JOURNAL
        said = _bytes_of(journal)
        data = journal_of(said, list(lines), lambda name: (order_folder / name).is_file())
        if said == data:
            return False
        part = journal.with_name(JOURNAL + _PART)
        with posix.removed_on_failure(part):
            _write(part, [data])
            order.require_open()
            reach("before_journal")
            part.replace(journal)
            reach("after_journal")
        posix.sync_folder(journal.parent)
    except OSError as error:
        order.require_open()
        raise unavailable(error) from error
    return True


def sweep(order_folder: Path, in_work: Callable[[str], bool] = lambda _: False) -> int:
    """Remove what a killed process left unfinished in `.dealer_bot/`, except for names still in work; how many."""
    own, removed = order_folder / OWN, 0
    try:
        if not stat.S_ISDIR(own.lstat().st_mode):
            return 0
        for left in sorted(own.iterdir()):
            if left.suffix == _PART and not in_work(left.stem) and stat.S_ISREG(left.lstat().st_mode):
                left.unlink()
                removed += 1
    except FileNotFoundError:
        return removed
    except OSError as error:
        raise unavailable(error) from error
    return removed


def sha256_of(path: Path) -> str | None:
    """The hash of a regular file; None if there is none."""
    try:
        opened = os.open(path, posix.READ_FLAGS)
    except FileNotFoundError:
        return None
    with os.fdopen(opened, "rb") as file:
        if not stat.S_ISREG(os.fstat(opened).st_mode):
            return None
        digest = hashlib.sha256()
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


class _Order:
    """One order's folder, looked at again before every step: 1C may rename or remove it at any moment."""

    __slots__ = ("closed_mark", "folder", "still_open")

    def __init__(self, folder: Path, closed_mark: str, still_open: Callable[[], bool]) -> None:
        self.folder, self.closed_mark, self.still_open = folder, closed_mark, still_open

    def require_open(self) -> None:
        """Raises FolderClosed, FolderGone, StoreUnavailable. A symlink in its place is no folder of ours."""
        if not self.still_open():
            raise FolderClosed
        try:
            is_folder = stat.S_ISDIR(self.folder.lstat().st_mode)
        except FileNotFoundError:
            raise self._ended() from None
        except OSError as error:
            raise unavailable(error) from error
        if not is_folder:
            raise StoreUnavailable("blocked", "the order's folder is no folder")
        if (name := parse_folder(self.folder.name, self.closed_mark)) is None or name.closed:
            raise FolderClosed

    def subfolder(self, name: str) -> Path:
        """A real subfolder, made if need be; the order's own folder is never made."""
        path = self.folder / _plain(name)
        with contextlib.suppress(FileExistsError):
            path.mkdir()
            posix.sync_folder(self.folder)
        if not stat.S_ISDIR(path.lstat().st_mode):
            raise StoreUnavailable("blocked", f"{name} is no folder")
        return path

    def _ended(self) -> StoreError:
        """Why the folder isn't there: an empty root is a share that went away, not a closed order."""
        wanted = parse_folder(self.folder.name, self.closed_mark)
        try:
            names = os.listdir(self.folder.parent)  # noqa: PTH208
        except OSError as error:
            return unavailable(error)
        if not names:
            return StoreUnavailable("away", "the store is empty")
        same = (parse_folder(name, self.closed_mark) for name in names)
        closed = any(one is not None and wanted is not None and one.closed and one.key == wanted.key for one in same)
        return FolderClosed() if closed else FolderGone()


def _plain(name: str) -> str:
    """A single name: nothing that leads elsewhere."""
    if not name or name in (".", "..") or "/" in name or "\\" in name or "\0" in name:
        raise StoreUnavailable("blocked", "not a plain name")
    return name


def _adopted(target: Path, sha256: str) -> Shelved | None:
    """The same bytes under this name are this file, kept before a restart. Raises NameTaken for other bytes."""
    if not os.path.lexists(target):
        return None
    if sha256_of(target) == sha256:
        posix.sync_folder(target.parent)
        return Shelved(target, adopted=True)
    raise NameTaken


def _copy(spool_file: Path, part: Path, sha256: str, require_open: Callable[[], None]) -> None:
    digest = hashlib.sha256()

    def chunks() -> Iterable[bytes]:
        for chunk in _spooled(spool_file):
            require_open()
            digest.update(chunk)
            reach("in_copy")
            yield chunk

    with _or_damaged():
        expected = spool_file.stat().st_size
    written = _write(part, chunks())
    if digest.hexdigest() != sha256:
        raise SpoolDamaged
    there = part.lstat()
    if there.st_size != expected or not os.path.samestat(there, written):
        raise StoreUnavailable("away", "the copy is not the file that was written")


def _spooled(spool_file: Path) -> Iterator[bytes]:
    with _or_damaged(), spool_file.open("rb") as source:
        while chunk := source.read(CHUNK):
            yield chunk


@contextlib.contextmanager
def _or_damaged() -> Iterator[None]:
    """A file that is gone, or that its disk can't read any more, won't come back by waiting."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.EIO):
            raise SpoolDamaged from error
        raise


def _write(part: Path, chunks: Iterable[bytes]) -> os.stat_result:
    """A new file, on disk when this returns; a dead leftover of the same name gives way."""
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, posix.CREATE_FLAGS, 0o666), "wb", buffering=0) as file:
        for chunk in chunks:
            view = memoryview(chunk)
            while view:
                view = view[file.write(view) :]
        os.fsync(file.fileno())
        return os.fstat(file.fileno())


def _named(part: Path, target: Path, sha256: str) -> Shelved:
    """The final name, once. A share may report an error for a rename that happened: both names are looked at."""
    reach("before_shelved")
    try:
        posix.rename_new(part, target)
        reach("after_shelved")
    except FileExistsError:
        there = _adopted(target, sha256)
        part.unlink(missing_ok=True)
        return there or Shelved(target)
    except OSError:
        if os.path.lexists(part) or sha256_of(target) != sha256:
            raise
    posix.sync_folder(target.parent)
    return Shelved(target)


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else None
    except FileNotFoundError:
        return None
