"""Whether a file is a whole database of ours, found out without writing to it."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from database.beats import BOT
from database.connection import MIGRATIONS

_TOLD_AT_OPENING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
}
"""No sign of damage: whoever opens the database for work says what it is."""


SMALLEST_PAGE = 512
"""No database is smaller (sqlite.org/fileformat2.html)."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file can't serve as the database. `newer`: a later version of the program has worked on it."""

    kind: Literal["damaged", "foreign", "newer"]
    detail: str


def flaw_of(path: Path) -> Flaw | None:
    """What is wrong with the file at `path`; None if nothing is, or if there is no file or an empty one."""
    if not path.is_file() or path.stat().st_size == 0:
        return None
    if path.stat().st_size < SMALLEST_PAGE:
        return Flaw("damaged", "cut short")  # SQLite would take it for an empty one
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.text_factory = _readable  # what is damaged may be no text any more
            return _damage(connection) or _strangeness(connection)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _TOLD_AT_OPENING:
            return None
        return Flaw("damaged", str(error))


def bot_of(path: Path) -> str | None:
    """The id of the bot that has worked with this database; None if it is not known."""
    found = _first(path, "SELECT value FROM beats WHERE name = ?", BOT)
    return found[0] if found else None


def has_admin(path: Path) -> bool:
    """Whether an active administrator is written down there."""
    return _first(path, "SELECT 1 FROM people WHERE role = 1 AND active = 1 LIMIT 1") is not None


def _first(path: Path, query: str, *values: str) -> Any:
    """None too where nothing can be asked: whoever opens the database for work says what it is."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchone()
    except sqlite3.Error:
        return None


def steps_done(connection: sqlite3.Connection) -> set[str]:
    """Names of the migrations a database has been through. Raises sqlite3.OperationalError if it has no history."""
    return {row[0] for row in connection.execute("SELECT name FROM schema_migration")}


def _readable(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _damage(connection: sqlite3.Connection) -> Flaw | None:
    (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    return None if told == "ok" else Flaw("damaged", " ".join(str(told).split()))


def _strangeness(connection: sqlite3.Connection) -> Flaw | None:
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return None
    if "schema_migration" not in tables:
        return Flaw("foreign", ", ".join(sorted(tables)[:3]))
    unknown = steps_done(connection) - {step.stem for step in MIGRATIONS.glob("[0-9]*.py")}
    return Flaw("newer", min(unknown)) if unknown else None
