"""SQL text for the few statements of a photo's way; everything else is peewee. Values are always bound."""

from collections.abc import Iterable, Sequence
from typing import Any

from database.models import database_proxy

Row = tuple[Any, ...]


def rows(statement: str, values: Sequence[Any] = ()) -> list[Row]:
    return list(database_proxy.connection().execute(statement, values).fetchall())


def row(statement: str, values: Sequence[Any] = ()) -> Row | None:
    found: Row | None = database_proxy.connection().execute(statement, values).fetchone()
    return found


def run(statement: str, values: Sequence[Any] = ()) -> int:
    """How many rows it touched."""
    return int(database_proxy.connection().execute(statement, values).rowcount)


def insert(statement: str, values: Sequence[Any] = ()) -> int:
    """The id of the new row."""
    return int(database_proxy.connection().execute(statement, values).lastrowid)


def run_many(statement: str, values: Iterable[Sequence[Any]]) -> None:
    database_proxy.connection().executemany(statement, values)


def marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))
