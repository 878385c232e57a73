"""What is due at a time of day, or counted from one, when that time turns out to have been wrong."""

from database import sql

_DUE = (
    ("outbox", "due_at", "state IN ('held', 'queued', 'sending')"),
    ("media", "due_at", "state IN ('wanted', 'fetched')"),
    ("inbox", "due_at", "state = 'new'"),
    ("chats", "paused_until", "paused_until IS NOT NULL"),
    ("screens", "dirty_at", "dirty_at IS NOT NULL"),
    ("screens", "renew_at", "renew_at IS NOT NULL"),
    ("screens", "shown_at", "shown_at IS NOT NULL"),
    ("readings", "due_at", "state = 'wanted'"),
    ("places", "active_at", "active_at IS NOT NULL"),
    ("places", "left_at", "left_at IS NOT NULL"),
    ("entered", "at", "at IS NOT NULL"),
)


def set_back(by_ms: int, now: int) -> int:
    """The clock was ahead by so much: what was to wait a moment does not wait until it has caught up. How many rows."""
    return sum(
        sql.run(f"UPDATE {table} SET {column} = {column} - ? WHERE {column} > ? AND {where}", (by_ms, now))
        for table, column, where in _DUE
    )
