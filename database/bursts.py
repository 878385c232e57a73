"""What became of a burst, counted: its files, what its client got of it, what was taken back."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Files:
    """So many files in one state. `error`: what they wait for."""

    state: str
    hold: str | None
    error: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Sends:
    """So many deliveries to the client. `is_later`: further parts of something long, which are not counted as texts."""

    state: str
    reason: str | None
    is_media: bool
    is_later: bool
    count: int


def place_of(burst_id: int) -> tuple[int | None, str | None, str | None] | None:
    """(order, its number, stage); None: no such burst."""
    found = sql.row(
        "SELECT m.order_id, o.number, m.stage FROM messages m LEFT JOIN orders o ON o.id = m.order_id WHERE m.id = ?",
        (burst_id,),
    )
    return (found[0], found[1], found[2]) if found else None


def files_of(burst_id: int) -> list[Files]:
    found = sql.rows(
        "SELECT d.state, d.hold, d.error, count(*) FROM messages m JOIN media d ON d.message_id = m.id"
        " WHERE m.burst_id = ? AND d.state <> 'dropped' GROUP BY d.state, d.hold, d.error",
        (burst_id,),
    )
    return [Files(*row) for row in found]


def sends_of(burst_id: int) -> list[Sends]:
    found = sql.rows(
        "SELECT o.state, o.reason, o.media_id IS NOT NULL, o.args IS NOT NULL, count(*) FROM messages m"
        " JOIN outbox o ON o.message_id = m.id"
        " WHERE m.burst_id = ? AND o.to_client = 1 AND o.kind = 'delivery' AND o.op = 'send'"
        " AND o.state <> 'withdrawn' AND o.recalled_at IS NULL GROUP BY 1, 2, 3, 4",
        (burst_id,),
    )
    return [Sends(row[0], row[1], bool(row[2]), bool(row[3]), row[4]) for row in found]


def taken_back(burst_id: int) -> tuple[tuple[str, int], ...]:
    """Copies of it that are gone from the client's chat, or should be: done, under_way, failed, unknown.

    And `unsure`: what may have arrived before, where the bot can't find it.
    """
    found = sql.rows(
        "SELECT CASE WHEN o.op = 'send' THEN 'unsure' WHEN o.state = 'sent' THEN 'done'"
        " WHEN o.state = 'refused' THEN 'failed' WHEN o.state = 'unknown' THEN 'unknown' ELSE 'under_way' END,"
        " count(DISTINCT m.id) FROM messages m JOIN outbox o ON o.message_id = m.id"
        " WHERE m.burst_id = ? AND o.to_client = 1 AND (o.op = 'delete' AND o.key LIKE 'd%' AND o.state <> 'gone'"
        "  OR o.op = 'send' AND o.state = 'unknown' AND o.recalled_at IS NOT NULL)"
        " GROUP BY 1 ORDER BY 1",
        (burst_id,),
    )
    return tuple((row[0], row[1]) for row in found)
