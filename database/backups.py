"""Whole copies of the database: made while it is in use, looked into before they are put back."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from database.condition import Flaw, flaw_of, steps_done

MADE = "backup"
"""The beat that a copy holds and the living database does not: when it was made."""


class NoBackup(Exception):
    """The file can't be put back as the database; `flaw` says why, None if it holds nothing of ours."""

    def __init__(self, flaw: Flaw | None) -> None:
        super().__init__(flaw.detail if flaw else "no tables of ours")
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Remains:
    """What the replaced database still knew: taken over, since all of it only keeps the bot from doing something.

    `proved`: (phone, address) as they belong together now; `closed_to`, `stopped`: addresses; `levels`: (address,
    role); `recalled`: (chat, message id) of what was taken back or moved since; `heard`: update ids.
    """

    proved: frozenset[tuple[str, str]]
    closed_to: frozenset[str]
    stopped: frozenset[tuple[str, int]]
    levels: frozenset[tuple[str, int]]
    recalled: frozenset[tuple[str, int]]
    heard: tuple[tuple[int, str, int], ...]


def copy(source: Path, target: Path, now: int | None = None) -> None:
    """Make the empty file `target` a copy of one moment of `source`, in one file. `now`: note when it was made.

    Whoever writes to the source meanwhile is not held up. Raises sqlite3.Error.
    """
    with (
        closing(_opened(source, "rw" if now is not None else "ro")) as living,
        closing(sqlite3.connect(target)) as made,
    ):
        living.backup(made)
        made.execute("PRAGMA journal_mode = DELETE")
        if now is not None:
            made.execute("INSERT OR REPLACE INTO beats (name, at) VALUES (?, ?)", (MADE, now))
            made.commit()


def made_at(file: Path) -> int | None:
    """When a backup was made, as far as it tells. Raises NoBackup."""
    flaw = flaw_of(file)
    if flaw is not None:
        raise NoBackup(flaw)
    try:
        with closing(_opened(file, "ro")) as connection:
            steps_done(connection)
            found = connection.execute("SELECT at FROM beats WHERE name = ?", (MADE,)).fetchone()
    except sqlite3.Error as error:
        raise NoBackup(None) from error
    return int(found[0]) if found else None


def remains_of(database: Path, since: int) -> Remains | None:
    """What can be taken over from the database that is replaced; None if it can't be read."""
    if not database.is_file() or flaw_of(database) is not None:
        return None
    try:
        with closing(_opened(database, "rw")) as old:
            proved = old.execute(
                "SELECT b.phone, p.address FROM bindings b JOIN people p ON p.id = b.person_id"
                " WHERE b.ended_at IS NULL AND p.address IS NOT NULL"
            )
            closed = old.execute("SELECT address FROM people WHERE active = 0 AND address IS NOT NULL")
            stopped = old.execute("SELECT address, paused_at FROM people WHERE paused_at IS NOT NULL")
            levels = old.execute("SELECT address, role FROM people WHERE address IS NOT NULL")
            recalled = old.execute(
                "SELECT m.source_address, m.source_message_id FROM outbox o JOIN messages m ON m.id = o.message_id"
                " WHERE o.recalled_at >= ?",
                (since,),
            )
            heard = old.execute(
                "SELECT update_id, lane, received_at FROM inbox WHERE update_id IS NOT NULL AND received_at >= ?",
                (since,),
            )
            return Remains(
                frozenset(proved),
                frozenset(row[0] for row in closed),
                frozenset(stopped),
                frozenset(levels),
                frozenset(recalled),
                tuple(heard.fetchall()),
            )
    except sqlite3.Error:
        return None


def in_one_file(database: Path) -> None:
    """Bring what a killed program left beside the database into it, if it still can be read."""
    with suppress(sqlite3.Error), closing(_opened(database, "rw")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=10)
