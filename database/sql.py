"""SQL text for the few statements of a photo's way; everything else is peewee. Values are always bound."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from database.models import database_proxy

Row = tuple[Any, ...]


class NotHere(RuntimeError):
    """A query outside the threads of the database: use `Database.read` and `Database.write`."""


def _connection() -> sqlite3.Connection:
    if database_proxy.is_closed():
        raise NotHere
    connection: sqlite3.Connection = database_proxy.connection()
    return connection


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    return list(_connection().execute(statement, values).fetchall())


def row(statement: str, values: Sequence[Any] = ()) -> Row | None:
    found: Row | None = _connection().execute(statement, values).fetchone()
    return found


def run(statement: str, values: Sequence[Any] = ()) -> int:
    """How many rows it touched."""
    return int(_connection().execute(statement, values).rowcount)


def insert(statement: str, values: Sequence[Any] = ()) -> int:
    """The id of the new row."""
    return int(_connection().execute(statement, values).lastrowid or 0)


def run_many(statement: str, values: Iterable[Sequence[Any]]) -> None:
    _connection().executemany(statement, values)


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
