"""One running bot per database: a lock that dies with its process, on every system SQLite runs on."""

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from database.connection import DatabaseAway


class TakenByAnother(Exception):
    """Another process runs on this database."""


class Exclusive:
    """Held for as long as the bot runs; kept in a file beside the database."""

    def __init__(self, database: Path, within_s: float = 0) -> None:
        self._path, self._within_s = database.with_name(f"{database.name}.lock"), within_s
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        """Raises TakenByAnother, DatabaseAway."""
        try:
            self._connection = sqlite3.connect(self._path, timeout=self._within_s, isolation_level=None)
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._let_go()
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise TakenByAnother from error
            raise DatabaseAway(str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._let_go()

    def _let_go(self) -> None:
        if self._connection is not None:
            self._connection.close()
