"""What staff are shown beside what is delivered: files made for them, alerts about a message; and what they are not."""

import json
from typing import Any

from database import sql
from database.outbox import PROMPT_LIFE_MS


def add_file(*, key: str, address: str, notice: str, blob_id: int, at: int) -> None:
    """A file made for a reply; `notice` is the key of what it is called."""
    sql.run(
        "INSERT INTO outbox (key, kind, address, notice, blob_id, state, due_at, at, expires_at)"
        " VALUES (?, 'prompt', ?, ?, ?, 'queued', ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (key, address, notice, blob_id, at, at, at + PROMPT_LIFE_MS),
    )


def add_alert_about(
    *, key: str, address: str, notice: str, args: dict[str, Any], at: int, order_id: int | None, message_id: int
) -> None:
    """An alert that shows a message: a reply to it finds that message, an edit of the message does not touch it."""
    sql.run(
        "INSERT INTO outbox (key, kind, address, order_id, message_id, notice, args, state, due_at, at)"
        " VALUES (?, 'alert', ?, ?, ?, ?, ?, 'queued', ?, ?) ON CONFLICT (key) DO NOTHING",
        (key, address, order_id, message_id, notice, json.dumps(args, ensure_ascii=False), at, at),
    )


def forget_words(address: str) -> None:
    """What was to be said to somebody's former level is not said any more, not even when a send gives it back."""
    sql.run(
        "UPDATE outbox SET expires_at = 0 WHERE address = ? AND state IN ('held', 'queued', 'sending')"
        " AND kind IN ('prompt', 'notice') AND to_client = 0",
        (address,),
    )
