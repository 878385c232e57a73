"""Taking back what was sent: what has not gone does not go, what has gone is deleted in its turn."""

from dataclasses import dataclass

from database import outbox, sql


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    address: str
    order_id: int | None
    part: int


def take_back(message_id: int, inbox_id: int, now: int) -> tuple[int, ...]:
    """Everything of a message towards its client. A send in flight is waited for: its copy is deleted after it.

    Rows that may have arrived already, though nobody knows their copy, are returned: people are to hear of them.
    """
    for row in _gone_or_going(message_id):
        outbox.add_delivery(
            key=f"d{message_id}:{row.id}:{inbox_id}",
            message_id=message_id,
            order_id=row.order_id,
            at=now,
            address=row.address,
            to_client=True,
            op="delete",
            args={"part": row.part, "of": row.id},
        )
    unsure = _may_have_arrived(message_id)
    sql.run(
        "UPDATE outbox SET recalled_at = ?, state = CASE WHEN state NOT IN ('held', 'queued') THEN state"
        f" WHEN id IN ({sql.marks(unsure)}) THEN 'unknown' ELSE 'withdrawn' END,"
        " settled_at = CASE WHEN state IN ('held', 'queued') THEN ? ELSE settled_at END"
        " WHERE message_id = ? AND to_client = 1 AND op <> 'delete' AND recalled_at IS NULL",
        (now, *unsure, now, message_id),
    )
    return unsure


def _may_have_arrived(message_id: int) -> tuple[int, ...]:
    """Those that wait for their one repetition."""
    found = sql.rows(
        "SELECT id FROM outbox WHERE message_id = ? AND to_client = 1 AND op = 'send' AND state IN ('held', 'queued')"
        " AND resends > 0 AND recalled_at IS NULL",
        (message_id,),
    )
    return tuple(row[0] for row in found)


def _gone_or_going(message_id: int) -> list[_Row]:
    found = sql.rows(
        "SELECT id, address, order_id, coalesce(args ->> 'part', 0) FROM outbox WHERE message_id = ?"
        " AND to_client = 1 AND op = 'send' AND state IN ('sent', 'sending') AND recalled_at IS NULL"
        " AND address IS NOT NULL ORDER BY id",
        (message_id,),
    )
    return [_Row(row[0], row[1], row[2], int(row[3])) for row in found]


def oldest_sent_at(message_id: int) -> int | None:
    """When the first of its copies that are still there reached the client."""
    found = sql.row(
        "SELECT min(settled_at) FROM outbox WHERE message_id = ? AND to_client = 1 AND op = 'send'"
        " AND state = 'sent' AND recalled_at IS NULL",
        (message_id,),
    )
    return found[0] if found else None


def is_owed(message_id: int) -> bool:
    """Whether there is anything of it to take back."""
    found = sql.row(
        "SELECT 1 FROM outbox WHERE message_id = ? AND to_client = 1 AND op = 'send' AND recalled_at IS NULL"
        " AND state IN ('held', 'queued', 'sending', 'sent', 'unknown') LIMIT 1",
        (message_id,),
    )
    return found is not None


def is_sending(message_id: int) -> bool:
    """Whether a call to Telegram with it is under way."""
    found = sql.row(
        "SELECT 1 FROM outbox WHERE message_id = ? AND to_client = 1 AND op = 'send' AND state = 'sending' LIMIT 1",
        (message_id,),
    )
    return found is not None


def withdraw_recalled(ids: tuple[int, ...], now: int) -> tuple[int, ...]:
    """Of rows that Telegram did not take, those that were taken back meanwhile end here; the others are returned."""
    recalled = sql.rows(
        "UPDATE outbox SET state = 'withdrawn', settled_at = ? WHERE recalled_at IS NOT NULL AND op = 'send'"
        f" AND id IN ({sql.marks(ids)}) RETURNING id",
        (now, *ids),
    )
    ended = {row[0] for row in recalled}
    return tuple(each for each in ids if each not in ended)


def forget_copies(address: str, telegram_ids: tuple[int, ...], now: int) -> None:
    """They are no more in the chat; that they were stays known."""
    sql.run(
        f"UPDATE copies SET gone_at = ? WHERE address = ? AND telegram_message_id IN ({sql.marks(telegram_ids)})",
        (now, address, *telegram_ids),
    )


def copies_of(outbox_id: int) -> tuple[int, ...]:
    """Telegram ids of what one delivery has put into its chat and is still there."""
    found = sql.rows(
        "SELECT telegram_message_id FROM copies WHERE outbox_id = ? AND gone_at IS NULL ORDER BY n", (outbox_id,)
    )
    return tuple(row[0] for row in found)


def waiting_messages(outbox_ids: tuple[int, ...]) -> list[int]:
    """Messages of these deliveries that have moved and wait for a send to end."""
    found = sql.rows(
        "SELECT DISTINCT m.id FROM outbox o JOIN messages m ON m.id = o.message_id JOIN holds h ON h.id = m.hold_id"
        f" WHERE o.id IN ({sql.marks(outbox_ids)}) AND h.kind = 'move' AND h.settled_at IS NULL",
        outbox_ids,
    )
    return [row[0] for row in found]
