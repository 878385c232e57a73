"""What must arrive: a row from its cause to Telegram's answer."""

import json
from dataclasses import dataclass
from typing import Any

from database import sql

PROMPT_LIFE_MS = 600_000


def add_delivery(
    *,
    key: str,
    message_id: int,
    order_id: int | None,
    at: int,
    address: str | None,
    to_phone: str | None = None,
    to_client: bool = False,
    media_id: int | None = None,
    hidden: bool | None = None,
    op: str = "send",
    state: str = "queued",
    reason: str | None = None,
    args: dict[str, Any] | None = None,
    kind: str = "delivery",
    due_at: int | None = None,
) -> None:
    """One message for one chat; a key that is there already inserts nothing. `at`: when it was handed in."""
    sql.run(
        "INSERT INTO outbox (key, kind, op, address, to_phone, to_client, order_id, message_id, media_id, hidden,"
        " state, reason, args, due_at, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO NOTHING",
        (
            *(key, kind, op, address, to_phone, int(to_client), order_id, message_id, media_id),
            *(None if hidden is None else int(hidden), state, reason, _json(args), due_at or at, at),
        ),
    )


def add_reaction(
    *,
    key: str,
    message_id: int,
    order_id: int | None,
    at: int,
    address: str,
    to_phone: str | None,
    to_client: bool,
    emoji: str,
) -> None:
    """An emoji on a copy that lies there; one that comes too late is not worth showing."""
    sql.run(
        "INSERT INTO outbox (key, kind, op, address, to_phone, to_client, order_id, message_id, reaction, state,"
        " due_at, at, expires_at) VALUES (?, 'delivery', 'edit', ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)"
        " ON CONFLICT (key) DO NOTHING",
        (key, address, to_phone, int(to_client), order_id, message_id, emoji, at, at, at + PROMPT_LIFE_MS),
    )


def add_notice(
    *,
    key: str,
    address: str,
    notice: str,
    args: dict[str, Any],
    at: int,
    kind: str = "notice",
    order_id: int | None = None,
    expires_at: int | None = None,
) -> None:
    """A text by key, rendered when it is sent. `kind`: prompt (said first), notice or alert."""
    sql.run(
        "INSERT INTO outbox (key, kind, address, order_id, notice, args, state, due_at, at, expires_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (key, kind, address, order_id, notice, _json(args), at, at, expires_at),
    )


def add_prompt(*, key: str, address: str, body: str, at: int) -> None:
    """A ready call; stale after ten minutes."""
    sql.run(
        "INSERT INTO outbox (key, kind, address, body, state, due_at, at, expires_at)"
        " VALUES (?, 'prompt', ?, ?, 'queued', ?, ?, ?) ON CONFLICT (key) DO NOTHING",
        (key, address, body, at, at, at + PROMPT_LIFE_MS),
    )


def _json(args: dict[str, Any] | None) -> str | None:
    return json.dumps(args, ensure_ascii=False) if args else None


def alert_admins(key: str, notice: str, args: dict[str, Any], at: int, order_id: int | None = None) -> None:
    """One alert for every active admin who has an account."""
    admins = sql.rows("SELECT id, address FROM people WHERE role = 1 AND active = 1 AND address IS NOT NULL")
    for person_id, address in admins:
        add_notice(
            key=f"{key}:{person_id}", address=address, notice=notice, args=args, at=at, kind="alert", order_id=order_id
        )


def chats_with_work(now: int) -> tuple[list[str], int | None]:
    """Chats where something may be sent or shown now, the one served longest ago first; and when there is more."""
    found = sql.rows(
        "SELECT w.address, c.served_at FROM ("
        " SELECT DISTINCT address FROM outbox WHERE state = 'queued' AND due_at <= ? AND address IS NOT NULL"
        " UNION SELECT DISTINCT address FROM screens WHERE dirty_at <= ?) w"
        " LEFT JOIN chats c ON c.address = w.address"
        " WHERE coalesce(c.paused_until, 0) <= ? ORDER BY coalesce(c.served_at, 0)",
        (now, now, now),
    )
    later = sql.row(
        "SELECT min(at) FROM (SELECT min(due_at) AS at FROM outbox WHERE state = 'queued' AND due_at > ?"
        " UNION ALL SELECT min(dirty_at) FROM screens WHERE dirty_at > ?)",
        (now, now),
    )
    return [row[0] for row in found], later[0] if later else None


def waits_for_words(phone: str) -> bool:
    """Whether anything but pictures and films waits for this phone."""
    found = sql.row(
        "SELECT 1 FROM outbox WHERE to_phone = ? AND state = 'held' AND reason IN ('not_connected', 'media')"
        " AND address IS NULL AND media_id IS NULL LIMIT 1",
        (phone,),
    )
    return found is not None


def connect(phone: str, address: str, now: int) -> int:
    """The phone's owner is here: what waited goes, in order, if its order is open and his. How many messages."""
    found = sql.rows(
        "UPDATE outbox SET address = ?, due_at = ?, state = CASE WHEN media_id IS NOT NULL AND EXISTS ("
        "  SELECT 1 FROM media d WHERE d.id = media_id AND d.state = 'wanted') THEN 'held' ELSE 'queued' END,"
        " reason = CASE WHEN media_id IS NOT NULL AND EXISTS ("
        "  SELECT 1 FROM media d WHERE d.id = media_id AND d.state = 'wanted') THEN 'media' END"
        " WHERE to_phone = ? AND state = 'held' AND reason IN ('not_connected', 'media') AND address IS NULL"
        " AND (order_id IN (SELECT id FROM orders WHERE phone = ?"
        "   AND state IN ('settling', 'open', 'unreadable') AND state <> 'unreadable')"
        "  OR order_id IS NULL AND message_id IN (SELECT m.id FROM messages m JOIN people p ON p.id = m.client_id"
        "   WHERE p.address = ?)) RETURNING message_id",
        (address, now, phone, phone, address),
    )
    return len(set(found))


def follow(phone: str, old_address: str, new_address: str) -> None:
    """The phone has moved to another account: what was not sent yet of its orders moves with it.

    What may have reached the old one stays there, and is claimed no more; so does what care said to that person.
    """
    sql.run(
        "UPDATE outbox SET address = CASE WHEN resends = 0 AND order_id IS NOT NULL THEN ? ELSE address END,"
        " state = CASE WHEN reason IN ('blocked', 'stopped', 'inactive') THEN 'queued' ELSE state END,"
        " reason = CASE WHEN reason IN ('blocked', 'stopped', 'inactive') THEN NULL ELSE reason END"
        " WHERE to_phone = ? AND address = ? AND to_client = 1 AND kind = 'delivery'"
        " AND state IN ('held', 'queued', 'sending') AND state <> 'sending'",
        (new_address, phone, old_address),
    )


def confirm(order_id: int, phone: str, address: str | None, now: int) -> int:
    """An employee has confirmed the client of a mended order: what waited for that goes to this phone. How many."""
    return sql.run(
        "UPDATE outbox SET to_phone = ?, address = ?, due_at = ?,"
        " state = CASE WHEN ? IS NULL THEN 'held' ELSE 'queued' END,"
        " reason = CASE WHEN ? IS NULL THEN 'not_connected' END"
        " WHERE order_id = ? AND to_client = 1 AND state = 'held' AND reason IN ('unreadable', 'phone_changed')",
        (phone, address, now, address, address, order_id),
    )


def held_count(address: str, reason: str) -> int:
    """How many messages a person's own state (`blocked`, `stopped`) holds up."""
    found = sql.row(
        "SELECT count(DISTINCT coalesce(message_id, -id)) FROM outbox WHERE address = ?"
        " AND state IN ('held', 'queued', 'sending') AND state = 'held' AND reason = ? AND op <> 'delete'",
        (address, reason),
    )
    return int(found[0]) if found else 0


def offer_held(address: str, reason: str, now: int) -> int:
    """What a person's own state held up is looked at again, whatever its order is now. How many messages."""
    count = held_count(address, reason)
    sql.run(
        "UPDATE outbox SET state = 'queued', reason = NULL, due_at = ?"
        " WHERE address = ? AND state IN ('held', 'queued', 'sending') AND state = 'held' AND reason = ?",
        (now, address, reason),
    )
    return count


def requeue(order_id: int, reason: str, now: int) -> int:
    """What was held for a passing state of the order is looked at again."""
    return sql.run(
        "UPDATE outbox SET due_at = ?, state = CASE WHEN address IS NULL THEN 'held' ELSE 'queued' END,"
        " reason = CASE WHEN address IS NULL THEN 'not_connected' END"
        " WHERE order_id = ? AND state = 'held' AND reason = ?",
        (now, order_id, reason),
    )


def has(key: str) -> bool:
    return sql.row("SELECT 1 FROM outbox WHERE key = ?", (key,)) is not None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A chat or a phone that a message is for; `reason`: why it can't go there now, None if it can."""

    address: str | None
    to_phone: str | None
    to_client: bool
    order_id: int | None
    reason: str | None


def recipients(message_id: int) -> list[Recipient]:
    """Those to whom the first part of a message went, or is on its way."""
    found = sql.rows(
        "SELECT address, to_phone, to_client, order_id, CASE WHEN state <> 'held' THEN NULL"
        " WHEN reason = 'media' THEN CASE WHEN address IS NULL THEN 'not_connected' END ELSE reason END"
        " FROM outbox WHERE message_id = ? AND op = 'send' AND args IS NULL AND kind = 'delivery'"
        " AND recalled_at IS NULL"
        " AND state IN ('queued', 'sending', 'sent', 'unknown', 'held')"
        " AND (to_client = 1 OR order_id IS"
        " (SELECT coalesce(m.order_id, m.about_id) FROM messages m WHERE m.id = message_id))",
        (message_id,),
    )
    return [Recipient(row[0], row[1], bool(row[2]), row[3], row[4]) for row in found]


def withdraw(message_id: int, now: int) -> None:
    """What has not gone yet does not go."""
    sql.run(
        "UPDATE outbox SET state = 'withdrawn', settled_at = ? WHERE message_id = ? AND op = 'send'"
        " AND kind <> 'alert' AND state IN ('held', 'queued')",
        (now, message_id),
    )


def phone_changed(order_id: int, phone: str | None) -> int:
    """Rows that waited for another phone wait for an employee's tap now. How many."""
    return sql.run(
        "UPDATE outbox SET state = 'held', reason = 'phone_changed', address = NULL"
        " WHERE order_id = ? AND to_client = 1 AND kind = 'delivery'"
        " AND op = 'send' AND state IN ('held', 'queued')"
        " AND coalesce(reason, '') NOT IN ('closed', 'unreadable')"
        " AND to_phone IS NOT NULL AND to_phone IS NOT ?",
        (order_id, phone),
    )


def needs_tap(order_id: int) -> bool:
    return (
        sql.row(
            "SELECT 1 FROM outbox WHERE order_id = ? AND to_client = 1 AND state = 'held'"
            " AND reason IN ('unreadable', 'phone_changed') LIMIT 1",
            (order_id,),
        )
        is not None
    )


def release_stopped(address: str, wanted: bool, now: int) -> None:
    """What waited for a client who had stopped receiving: it goes, or is withdrawn."""
    sql.run(
        "UPDATE outbox SET state = ?, reason = NULL, due_at = ?, settled_at = ?"
        " WHERE address = ? AND state IN ('held', 'queued', 'sending')"
        " AND state = 'held' AND reason = 'stopped'",
        ("queued" if wanted else "withdrawn", now, None if wanted else now, address),
    )


def end_visit(order_id: int, now: int) -> None:
    """What has not gone was for the client of another visit: it goes to nobody, and admins know."""
    ended = sql.run(
        "UPDATE outbox SET state = 'withdrawn', reason = 'other_visit', settled_at = ? WHERE order_id = ?"
        " AND to_client = 1 AND op <> 'delete' AND state IN ('held', 'queued')",
        (now, order_id),
    )
    number = sql.row("SELECT number FROM orders WHERE id = ?", (order_id,))
    if ended and number is not None:
        args = {"number": number[0], "count": ended}
        alert_admins(f"v{order_id}:{now}", "alert-other-visit", args, now, order_id)
