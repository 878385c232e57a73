"""Answers that administrators keep ready."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Canned:
    id: int
    title: str
    text: str


def all_kept() -> list[Canned]:
    return [Canned(*row) for row in sql.rows("SELECT id, title, text FROM canned WHERE removed_at IS NULL ORDER BY id")]


def by_id(canned_id: int) -> Canned | None:
    found = sql.row("SELECT id, title, text FROM canned WHERE id = ? AND removed_at IS NULL", (canned_id,))
    return Canned(*found) if found else None


def add(title: str, text: str, made_by: int, now: int) -> int:
    return sql.insert("INSERT INTO canned (title, text, made_by, at) VALUES (?, ?, ?, ?)", (title, text, made_by, now))


def remove(canned_id: int, now: int) -> None:
    sql.run("UPDATE canned SET removed_at = ? WHERE id = ? AND removed_at IS NULL", (now, canned_id))
