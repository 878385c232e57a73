"""What did not get where it should: failed deliveries, updates nobody could handle, orders in trouble."""

from database import sql
from dealer_bot.domain.failures import Failed, Held, Late
from dealer_bot.domain.people import called

_FAILED = (
    "o.state IN ('refused', 'unknown', 'gone') AND o.kind = 'delivery' AND o.op <> 'delete' AND o.reaction IS NULL"
)
_LIVING = "state IN ('settling', 'open', 'unreadable')"


_SELECT = f"""
    SELECT o.id, o.state, o.reason, w.number, a.name, ab.phone, r.name, rb.phone, o.to_client, m.kind, m.text, o.at
    FROM outbox o
    JOIN messages m ON m.id = o.message_id JOIN people a ON a.id = m.author_id
    LEFT JOIN orders w ON w.id = o.order_id LEFT JOIN people r ON r.address = o.address
    LEFT JOIN bindings ab ON ab.person_id = a.id AND ab.ended_at IS NULL
    LEFT JOIN bindings rb ON rb.person_id = r.id AND rb.ended_at IS NULL WHERE {_FAILED}
"""


def count() -> int:
    found = sql.row(f"SELECT count(*) FROM outbox o WHERE {_FAILED}")
    return int(found[0]) if found else 0


def failed(limit: int, offset: int) -> list[Failed]:
    """The latest first."""
    return [_failed(row) for row in sql.rows(f"{_SELECT} ORDER BY o.id DESC LIMIT ? OFFSET ?", (limit, offset))]


def before(outbox_id: int) -> int:
    """How many are listed before it, or before where it was."""
    found = sql.row(f"SELECT count(*) FROM outbox o WHERE {_FAILED} AND o.id > ?", (outbox_id,))
    return int(found[0]) if found else 0


def by_id(outbox_id: int) -> Failed | None:
    found = sql.row(f"{_SELECT} AND o.id = ?", (outbox_id,))
    return _failed(found) if found else None


def _failed(row: sql.Row) -> Failed:
    outbox_id, state, reason, order, author, author_phone, to, to_phone, to_client, kind, text, at = row
    whose = called(author, author_phone), called(to, to_phone)
    return Failed(outbox_id, state, reason, order, *whose, bool(to_client), kind, text, at)


def waiting() -> list[Held]:
    """What waits for clients, by reason, the most first."""
    found = sql.rows(
        "SELECT o.reason, count(DISTINCT o.message_id), group_concat(DISTINCT w.number) FROM outbox o"
        " LEFT JOIN orders w ON w.id = o.order_id WHERE o.state = 'held' AND o.to_phone IS NOT NULL"
        " AND o.to_client = 1 AND o.reason <> 'media' GROUP BY o.reason ORDER BY 2 DESC"
    )
    return [Held(row[0] or "", row[1], tuple(sorted((row[2] or "").split(","))) if row[2] else ()) for row in found]


def dead_lanes() -> list[tuple[int, str]]:
    """(id, lane) of updates that were set aside and can be handled again."""
    found = sql.rows("SELECT id, lane FROM inbox WHERE state = 'dead' AND payload IS NOT NULL ORDER BY id")
    return [(row[0], row[1]) for row in found]


_STATE_AGAIN = (
    "CASE WHEN NOT json_valid(payload) THEN 'new'"
    " WHEN coalesce(payload ->> '$.message', payload ->> '$.edited_message') IS NULL THEN 'done'"
    " WHEN payload ->> '$.message.contact.user_id' = payload ->> '$.message.from.id' THEN 'done' ELSE 'new' END"
)
"""What was written or shot counts still; a button, a block, a proof of one's own phone meant the moment it came."""


def revive(inbox_ids: list[int], now: int) -> None:
    """To be handled now; what meant nothing but its own moment is done."""
    sql.run_many(
        f"UPDATE inbox SET state = {_STATE_AGAIN}, tries = 0, due_at = 0, again_at = ? WHERE id = ? AND state = 'dead'",
        [(now, each) for each in inbox_ids],
    )


def troubled(limit: int, offset: int) -> list[tuple[str, str]]:
    """(folder, reason) of orders whose card can't be read for certain, and of two folders with one number."""
    found = sql.rows(
        f"SELECT folder, reason FROM orders WHERE reason IS NOT NULL AND {_LIVING}"
        " UNION ALL SELECT folder, 'ambiguous' FROM orders WHERE state = 'ambiguous' LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return [(row[0], row[1]) for row in found]


def troubled_count() -> int:
    found = sql.rows(
        f"SELECT count(*) FROM orders WHERE reason IS NOT NULL AND {_LIVING}"
        " UNION ALL SELECT count(*) FROM orders WHERE state = 'ambiguous'"
    )
    return sum(row[0] for row in found)


_LATE = """
    FROM outbox o JOIN orders w ON w.id = o.order_id
    JOIN bindings b ON b.phone = o.to_phone AND b.ended_at IS NULL AND b.proved_at IS NOT NULL
    JOIN people p ON p.id = b.person_id
    WHERE o.state = 'held' AND o.to_phone IS NOT NULL AND o.reason = 'not_connected' AND o.to_client = 1
    AND w.state IN ('closed', 'gone') AND o.at <= w.ended_at AND w.phone = o.to_phone AND p.address IS NOT NULL
"""


def late() -> list[Late]:
    found = sql.rows(f"SELECT w.id, w.number, count(DISTINCT o.message_id) {_LATE} GROUP BY w.id, w.number ORDER BY 1")
    return [Late(*row) for row in found]


def release(order_id: int, now: int) -> int:
    """What was handed in before the order closed goes to its client after all. How many."""
    found = sql.rows(f"SELECT o.id, p.address {_LATE} AND w.id = ?", (order_id,))
    sql.run_many(
        "UPDATE outbox SET state = 'queued', reason = NULL, address = ?, due_at = ? WHERE id = ? AND state = 'held'",
        [(address, now, outbox_id) for outbox_id, address in found],
    )
    return len(found)
