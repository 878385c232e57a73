"""Cards, pinned lines and status lines as desired state: whoever changes their truth marks them dirty."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Screen:
    address: str
    slot: str
    subject: str
    telegram_message_id: int | None
    dirty_at: int | None
    renew_at: int | None
    shown_at: int | None
    shown_hash: str | None
    pinned: bool
    changes: int


_COLUMNS = "address, slot, subject, telegram_message_id, dirty_at, renew_at, shown_at, shown_hash, pinned, changes"


_LOOK_AGAIN = "changes = changes + 1, dirty_at = CASE WHEN dirty_at < ? THEN dirty_at ELSE ? END"


def want(address: str, slot: str, subject: str, at: int, renew_at: int | None = None) -> None:
    """To be shown, or looked at afresh, at `at` or before; `renew_at`: then also repeated as a new last message."""
    sql.run(
        "INSERT INTO screens (address, slot, subject, dirty_at, renew_at, changes) VALUES (?, ?, ?, ?, ?, 1)"
        " ON CONFLICT (address, slot, subject) DO UPDATE SET changes = changes + 1,"
        " dirty_at = CASE WHEN dirty_at < excluded.dirty_at THEN dirty_at ELSE excluded.dirty_at END,"
        " renew_at = coalesce(excluded.renew_at, renew_at)",
        (address, slot, subject, at, renew_at),
    )


def want_new(address: str, slot: str, subject: str, now: int) -> None:
    """To be shown as a new message, whatever is shown already."""
    sql.run(
        "INSERT INTO screens (address, slot, subject, dirty_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (address, slot, subject) DO UPDATE SET dirty_at = excluded.dirty_at,"
        " telegram_message_id = NULL, shown_hash = NULL, pinned = 0, changes = changes + 1",
        (address, slot, subject, now),
    )


def touch_bursts(outbox_ids: tuple[int, ...], now: int) -> None:
    """The status lines of the bursts these deliveries belong to are to be looked at again."""
    bursts = "outbox o JOIN messages m ON m.id = o.message_id"
    _touch_statuses(f"{bursts} WHERE o.id IN ({sql.marks(outbox_ids)})", outbox_ids, now)


def touch_burst_of(message_id: int, now: int) -> None:
    _touch_statuses("messages m WHERE m.id = ?", (message_id,), now)


def _touch_statuses(messages: str, values: tuple[int, ...], now: int) -> None:
    sql.run(
        f"UPDATE screens SET {_LOOK_AGAIN} WHERE (address, slot, subject) IN"
        f" (SELECT m.source_address, 'status', CAST(m.burst_id AS TEXT) FROM {messages})",
        (now, now, *values),
    )


def touch_order(order_id: int, now: int) -> None:
    """Everybody's pinned line and card of this order, and the bursts that still wait for something."""
    pins = sql.rows(
        "SELECT p.address, 'pin', '' FROM places l JOIN people p ON p.id = l.person_id"
        " WHERE l.order_id = ? AND p.address IS NOT NULL",
        (order_id,),
    )
    cards = sql.rows("SELECT address, slot, subject FROM screens WHERE slot = 'card' AND subject = ?", (str(order_id),))
    bursts = sql.rows(
        "SELECT DISTINCT m.source_address, 'status', m.burst_id FROM outbox o JOIN messages m ON m.id = o.message_id"
        " WHERE o.order_id = ? AND o.state IN ('held', 'queued')",
        (order_id,),
    )
    for address, slot, subject in (*pins, *cards, *bursts):
        _touch(address, slot, str(subject), now)


def _touch(address: str, slot: str, subject: str, now: int) -> None:
    """Look again, if it is shown at all; an earlier mark stands."""
    sql.run(
        f"UPDATE screens SET {_LOOK_AGAIN} WHERE address = ? AND slot = ? AND subject = ?",
        (now, now, address, slot, subject),
    )


def next_dirty(address: str, now: int, before: int) -> Screen | None:
    """The first that may be shown now: never shown, or last shown earlier than `before`.

    What was read in a picture is waited for, and changes once.
    """
    found = sql.row(
        f"SELECT {_COLUMNS} FROM screens WHERE address = ? AND dirty_at IS NOT NULL AND dirty_at <= ?"
        " AND (telegram_message_id IS NULL OR shown_at IS NULL OR shown_at <= ? OR slot = 'reading')"
        " ORDER BY telegram_message_id IS NOT NULL, slot <> 'pin', dirty_at LIMIT 1",
        (address, now, before),
    )
    return _screen(found) if found else None


def _screen(row: sql.Row) -> Screen:
    address, slot, subject, message_id, dirty_at, renew_at, shown_at, shown_hash, pinned, changes = row
    return Screen(address, slot, subject, message_id, dirty_at, renew_at, shown_at, shown_hash, bool(pinned), changes)


def next_dirty_at(address: str) -> int | None:
    found = sql.row(
        "SELECT min(CASE WHEN slot = 'reading' THEN dirty_at ELSE max(dirty_at, coalesce(shown_at, 0) + 2000) END)"
        " FROM screens"
        " WHERE address = ? AND dirty_at IS NOT NULL",
        (address,),
    )
    return found[0] if found else None


def shown(
    screen: Screen,
    telegram_message_id: int | None,
    shown_hash: str | None,
    pinned: bool,
    now: int,
    again_at: int | None,
    is_soon: bool = False,
) -> None:
    """What lies in the chat now; `again_at`: when to look again, with `is_soon` without the pause between edits.

    A change that came meanwhile keeps its mark.
    """
    shown_at = None if is_soon else now
    sql.run(
        "UPDATE screens SET telegram_message_id = ?, shown_hash = ?, pinned = ?, shown_at = ?,"
        " renew_at = CASE WHEN renew_at <= ? THEN NULL ELSE renew_at END,"
        " dirty_at = CASE WHEN changes = ? THEN ? ELSE dirty_at END"
        " WHERE address = ? AND slot = ? AND subject = ?",
        (
            *(telegram_message_id, shown_hash, pinned, shown_at, now, screen.changes, again_at),
            *(screen.address, screen.slot, screen.subject),
        ),
    )


def is_last(screen: Screen) -> bool:
    """Nothing of its burst was written below it: message ids of a private chat only grow."""
    newest = sql.row("SELECT max(source_message_id) FROM messages WHERE burst_id = ?", (int(screen.subject),))
    return newest is None or (newest[0] or 0) < (screen.telegram_message_id or 0)


def order_in(address: str, telegram_message_id: int) -> int | None:
    """The order that this card, or this line of a burst, is about."""
    found = sql.row(
        "SELECT CASE slot WHEN 'card' THEN CAST(subject AS BIGINT) WHEN 'status' THEN"
        " (SELECT m.order_id FROM messages m WHERE m.id = CAST(subject AS BIGINT)) END"
        " FROM screens WHERE address = ? AND telegram_message_id = ?",
        (address, telegram_message_id),
    )
    return found[0] if found else None


def forget(address: str, slot: str) -> None:
    sql.run("DELETE FROM screens WHERE address = ? AND slot = ?", (address, slot))
