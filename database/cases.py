"""Clients' talks with care, from the first message to the close."""

from dataclasses import dataclass

from database import sql
from dealer_bot.domain.people import called


@dataclass(frozen=True, slots=True)
class Case:
    id: int
    client_id: int
    closed_at: int | None
    owner_id: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A client who waits for an answer of care's, since when; `owner`: who answers him."""

    case_id: int
    client_id: int
    client: str | None
    phone: str | None
    owner: str | None
    since: int

    @property
    def called(self) -> str | None:
        return called(self.client, self.phone)


_COLUMNS = "id, client_id, closed_at, owner_id"


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


def own(case_id: int, owner_id: int) -> None:
    sql.run("UPDATE cases SET owner_id = ? WHERE id = ?", (owner_id, case_id))


def is_anothers(case_id: int, address: str) -> bool:
    """Whether somebody answers it who is not in this chat."""
    found = sql.row(
        "SELECT 1 FROM cases c JOIN people p ON p.id = c.owner_id WHERE c.id = ? AND p.address IS NOT ?",
        (case_id, address),
    )
    return found is not None


_LAST_ANSWER = "coalesce((SELECT max(x.id) FROM messages x WHERE x.client_id = c.client_id AND x.side = 'care'), 0)"
_SINCE = (
    "SELECT min(m.at) FROM messages m WHERE m.client_id = c.client_id AND m.side = 'client' AND m.case_id = c.id"
    f" AND m.id > {_LAST_ANSWER}"
)
_UNANSWERED = (
    "CASE WHEN NOT EXISTS (SELECT 1 FROM messages y WHERE y.client_id = c.client_id AND y.side = 'care'"
    " AND y.case_id = c.id) THEN c.opened_at END"
)


def waiting() -> list[Waiting]:
    """Who waits, the longest first. Whom the bot is closed to waits for nothing until it is opened again."""
    found = sql.rows(
        "SELECT w.id, w.client_id, p.name, b.phone, o.name, w.since FROM"
        f" (SELECT c.id, c.client_id, c.owner_id, coalesce(({_SINCE}), {_UNANSWERED}) AS since"
        " FROM cases c WHERE c.closed_at IS NULL) w"
        " JOIN people p ON p.id = w.client_id LEFT JOIN bindings b ON b.person_id = p.id AND b.ended_at IS NULL"
        " LEFT JOIN people o ON o.id = w.owner_id"
        " WHERE w.since IS NOT NULL AND p.active = 1 ORDER BY w.since, w.id"
    )
    return [Waiting(*row) for row in found]
