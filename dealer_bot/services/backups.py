"""Backups: a file that is whole or is not there, and its way back into the place of the database."""

import contextlib
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from database import backups, leftovers, restoring
from database.backups import NoBackup
from database.condition import flaw_of
from database.connection import Database
from database.restoring import Laid
from dealer_bot import posix

OWNER_ONLY = 0o600
_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """`made_at`: when the backup was made, if it tells; `aside`: where the replaced database is now, if there was one.

    `spool_aside`: where files lie that the restored database does not know. `knew`: whether what the replaced one
    knew of people was taken over.
    """

    made_at: int | None
    aside: Path | None
    spool_aside: Path | None
    laid: Laid
    knew: bool


def make(database: Path, file: Path, now: int) -> int:
    """Write a backup to a new file that only its owner may read; its size in bytes.

    Raises FileExistsError, NoBackup if the database itself is not whole, OSError, sqlite3.Error.
    """
    if os.path.lexists(file):
        raise FileExistsError(file)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    _new(part)
    with posix.removed_on_failure(part):
        backups.copy(database, part, now)
        if (flaw := flaw_of(part)) is not None:
            raise NoBackup(flaw)
        _on_disk(part)
        size = part.stat().st_size
        posix.rename_new(part, file)
    posix.sync_folder(file.parent)
    return size


def restore(database: Path, spool: Path, file: Path, timezone: tzinfo, now: int) -> Restored:
    """Put a backup in the place of the database, which nobody uses; what was there is kept beside it.

    Nothing is replaced before the new one is whole. Raises NoBackup, OSError, sqlite3.Error.
    """
    made_at = backups.made_at(file)
    remains = backups.remains_of(database, made_at or 0)
    stamp = datetime.fromtimestamp(now / 1000, UTC).astimezone(timezone).strftime("%Y%m%d-%H%M%S")
    made = datetime.fromtimestamp((made_at or 0) / 1000, UTC).astimezone(timezone).strftime("%d.%m.%Y %H:%M")
    coming = database.with_name(f"{database.name}.restoring")
    _remove(coming)
    _new(coming)
    backups.copy(file, coming)
    renewed = Database(f"sqlite:///{coming}")
    renewed.open()
    try:
        laid = renewed.write_now(restoring.lay_to_rest, remains, made if made_at else "?", now)
        needed = renewed.read_now(leftovers.in_spool)
    finally:
        renewed.close()
    _on_disk(coming)
    spool_aside = _set_aside(spool, needed, spool.with_name(f"{spool.name}.before-restore-{stamp}"))
    aside = _keep(database, database.with_name(f"{database.name}.before-restore-{stamp}"), remains is not None)
    coming.replace(database)
    posix.sync_folder(database.parent)
    return Restored(made_at, aside, spool_aside, laid, remains is not None)


def _keep(database: Path, aside: Path, is_whole: bool) -> Path | None:
    """The replaced database under another name too, with what belongs to it. Its own name stays until the last.

    A damaged one is kept as it is: whoever can mend it needs all of it.
    """
    if not database.exists():
        return None
    if is_whole:
        backups.in_one_file(database)
    for ending in _BESIDE:  # left where they are they would be played into the new one
        beside = database.with_name(f"{database.name}{ending}")
        if beside.exists():
            beside.replace(aside.with_name(f"{aside.name}{ending}"))
    try:
        aside.hardlink_to(database)
    except OSError:
        shutil.copyfile(database, aside)
    return aside


def _set_aside(spool: Path, needed: set[int], aside: Path) -> Path | None:
    """Files that no row will know any more: a start would sweep them away."""
    strange = [each for each in spool.glob("*") if not each.name.isdigit() or int(each.name) not in needed]
    if not strange:
        return None
    aside.mkdir()
    for each in strange:
        each.replace(aside / each.name)
    return aside


def _new(path: Path) -> None:
    os.close(os.open(path, posix.CREATE_FLAGS, OWNER_ONLY))


def _on_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _remove(path: Path) -> None:
    for each in (path, *(path.with_name(f"{path.name}{ending}") for ending in (*_BESIDE, "-journal"))):
        with contextlib.suppress(FileNotFoundError):
            each.unlink()
