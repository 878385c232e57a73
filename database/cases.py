"""Clients' talks with care, from the first message to the close."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    client_id: int
    closed_at: int | None


_COLUMNS = "id, client_id, closed_at"


def by_id(case_id: int) -> Case | None:
    found = sql.row(f"SELECT {_COLUMNS} FROM cases WHERE id = ?", (case_id,))
    return Case(*found) if found else None


def open_of(client_id: int) -> Case | None:
    """A client has one open case at most."""
    found = sql.row(f"SELECT {_COLUMNS} FROM cases WHERE client_id = ? AND closed_at IS NULL", (client_id,))
    return Case(*found) if found else None


def opened(client_id: int, now: int) -> int:
    """His open case; a new one where there is none."""
    known = open_of(client_id)
    if known is not None:
        return known.id
    return sql.insert("INSERT INTO cases (client_id, opened_at) VALUES (?, ?)", (client_id, now))


def close(case_id: int, now: int) -> bool:
    """False if it was closed already."""
    return sql.run("UPDATE cases SET closed_at = ? WHERE id = ? AND closed_at IS NULL", (now, case_id)) == 1


def has_any(client_id: int) -> bool:
    """Whether he has ever talked with care."""
    return sql.row("SELECT 1 FROM cases WHERE client_id = ? LIMIT 1", (client_id,)) is not None


def disown(owner_id: int) -> None:
    """Open cases of somebody who answers no more are anybody's."""
    sql.run("UPDATE cases SET owner_id = NULL WHERE owner_id = ? AND closed_at IS NULL", (owner_id,))
