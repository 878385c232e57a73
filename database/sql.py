"""Statements as SQL text, run on this thread's connection; values are always bound."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from database.models import database_proxy

Row = tuple[Any, ...]


ROWS = 200
"""Rows of one statement: SQLite takes 32,766 values."""


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


def insert_all(table: str, columns: str, values: Sequence[Sequence[Any]]) -> None:
    """Many rows by few statements: the interpreter is free for others while SQLite writes them."""
    for start in range(0, len(values), ROWS):
        some = values[start : start + ROWS]
        one = f"({marks(some[0])})"
        flat = [value for row in some for value in row]
        _connection().execute(f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(some))}", flat)


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
