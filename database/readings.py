"""Pictures to be read: from the update that brought each to what was read in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Picture:
    """`barcodes` and `plates` as they were read, `likely` the orders that the plates may mean; best first.

    `sure`: the one of them that is certain enough to be opened without a question.

    `cause`: why nothing was read. `group_id`: the first picture of its album, or its own. `at`: epoch ms.
    """

    id: int
    group_id: int
    address: str
    file_id: str
    size: int | None
    state: str
    tries: int
    barcodes: tuple[str, ...]
    plates: tuple[str, ...]
    likely: tuple[int, ...]
    sure: int | None
    cause: str | None
    at: int


_COLUMNS = "id, group_id, address, file_id, size, state, tries, barcodes, plates, likely, sure, cause, at"


def of_source(inbox_id: int) -> Picture | None:
    return _one("source = ?", (inbox_id,))


def by_id(reading_id: int) -> Picture | None:
    return _one("id = ?", (reading_id,))


def of_group(group_id: int) -> list[Picture]:
    return _many("group_id = ? ORDER BY id", (group_id,))


def group_of_album(address: str, album_key: str) -> int | None:
    found = sql.row("SELECT group_id FROM readings WHERE address = ? AND album_key = ? LIMIT 1", (address, album_key))
    return found[0] if found else None


def add(
    source: int, address: str, file_id: str, size: int | None, album_key: str | None, group_id: int | None, at: int
) -> int:
    """The id of its group; without `group_id` it begins one."""
    reading_id = sql.insert(
        "INSERT INTO readings (source, group_id, album_key, address, file_id, size, state, tries, due_at, barcodes,"
        " plates, likely, at) VALUES (?, ?, ?, ?, ?, ?, 'wanted', 0, ?, '[]', '[]', '[]', ?)",
        (source, group_id or 0, album_key, address, file_id, size, at, at),
    )
    if group_id is None:
        sql.run("UPDATE readings SET group_id = id WHERE id = ?", (reading_id,))
    return group_id or reading_id


def wanted(limit: int, at_work: Sequence[int]) -> list[tuple[Picture, int]]:
    """Pictures whose turn is on record, with when (epoch ms) each may be tried; the oldest first."""
    columns = ", ".join(f"r.{name}" for name in _COLUMNS.split(", "))
    found = sql.rows(
        f"SELECT {columns}, r.due_at FROM readings r JOIN inbox i ON i.id = r.source"
        f" WHERE r.state = 'wanted' AND i.state <> 'new' AND r.id NOT IN ({sql.marks(at_work)})"
        " ORDER BY r.id LIMIT ?",
        (*at_work, limit),
    )
    return [(_picture(row[:-1]), row[-1]) for row in found]


def is_any_wanted() -> bool:
    return sql.row("SELECT 1 FROM readings WHERE state = 'wanted' LIMIT 1") is not None


def count_try(reading_id: int) -> None:
    """One more try: a picture with which the program has died too often is not looked at again."""
    sql.run("UPDATE readings SET tries = tries + 1 WHERE id = ?", (reading_id,))


def put_off(reading_id: int, due_at: int) -> None:
    sql.run("UPDATE readings SET due_at = ? WHERE id = ?", (due_at, reading_id))


def settle(
    reading_id: int,
    state: str,
    barcodes: Sequence[str] = (),
    plates: Sequence[str] = (),
    likely: Sequence[int] = (),
    sure: int | None = None,
    cause: str | None = None,
) -> None:
    sql.run(
        "UPDATE readings SET state = ?, barcodes = ?, plates = ?, likely = ?, sure = ?, cause = ? WHERE id = ?",
        (state, json.dumps(barcodes), json.dumps(plates), json.dumps(likely), sure, cause, reading_id),
    )


def forget(before: int) -> None:
    sql.run("DELETE FROM readings WHERE at < ? AND state <> 'wanted'", (before,))


def _one(where: str, values: Sequence[object]) -> Picture | None:
    found = _many(where, values)
    return found[0] if found else None


def _many(where: str, values: Sequence[object]) -> list[Picture]:
    return [_picture(row) for row in sql.rows(f"SELECT {_COLUMNS} FROM readings WHERE {where}", values)]


def _picture(row: sql.Row) -> Picture:
    lists = [tuple(json.loads(each)) for each in row[7:10]]
    return Picture(*(*row[:7], *lists, *row[10:]))
