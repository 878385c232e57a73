"""Numbers of a day and of the last weeks; whose client got nothing."""

from dataclasses import dataclass

from database import sql

RECENT_MS = 14 * 24 * 3_600_000
"""An order in which nothing was done for longer is not being worked on."""


@dataclass(frozen=True, slots=True)
class Day:
    """Since a moment: what was shot and written, what came, who connected, what raised an alert."""

    shots: int
    words: int
    answers: int
    delivered: int
    connected: int
    alerts: int
    open_orders: int


def since(at: int) -> Day:
    said: dict[str, int] = dict(
        sql.rows(
            "SELECT CASE WHEN side = 'client' THEN 'answers' WHEN kind = 'text' THEN 'words' ELSE 'shots' END, count(*)"
            " FROM messages WHERE at >= ? GROUP BY 1",
            (at,),
        )
    )
    return Day(
        said.get("shots", 0),
        said.get("words", 0),
        said.get("answers", 0),
        _one(
            "SELECT count(*) FROM messages m JOIN outbox o ON o.message_id = m.id WHERE m.at >= ? AND o.to_client = 1"
            " AND o.state = 'sent' AND o.op = 'send' AND o.kind = 'delivery'",
            at,
        ),
        _one("SELECT count(*) FROM bindings WHERE proved_at >= ?", at),
        _one("SELECT count(*) FROM attention WHERE at >= ?", at),
        _one("SELECT count(*) FROM orders WHERE state IN ('settling', 'open', 'unreadable') AND ? > 0", 1),
    )


def _one(statement: str, value: int) -> int:
    found = sql.row(statement, (value,))
    return int(found[0]) if found else 0


def quiet_orders(midnight: int, now: int) -> list[tuple[str, str | None]]:
    """(number, plate) of open orders being worked on whose connected client has got nothing since `midnight`."""
    found = sql.rows(
        "SELECT w.number, w.plate FROM orders w"
        " JOIN bindings b ON b.phone = w.phone AND b.ended_at IS NULL AND b.proved_at IS NOT NULL"
        " WHERE w.id IN (SELECT order_id FROM messages WHERE at >= ? AND order_id IS NOT NULL) AND w.state = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.order_id = w.id AND o.to_client = 1 AND o.state = 'sent'"
        " AND o.op = 'send' AND o.settled_at >= ?) ORDER BY w.id",
        (now - RECENT_MS, midnight),
    )
    return [(row[0], row[1]) for row in found]


def moments(since_at: int) -> list[tuple[int, bool]]:
    """(when, whether a client said it) of all that was said and shot since."""
    return [
        (row[0], bool(row[1]))
        for row in sql.rows("SELECT at, side = 'client' FROM messages WHERE at >= ?", (since_at,))
    ]
