"""What a client has been shown of an order of his, and may be shown again."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that reached this very chat. `at`: when it was handed in."""

    message_id: int
    media_id: int
    kind: str
    text: str
    at: int


def media_of(order_id: int, phone: str, address: str) -> list[Shown]:
    """In order; nothing hidden, nothing that was taken back."""
    found = sql.rows(
        "SELECT m.id, d.id, m.kind, m.text, m.at FROM messages m JOIN media d ON d.message_id = m.id AND d.hidden = 0"
        " WHERE m.order_id = ? AND m.side = 'staff' AND m.taken_back_at IS NULL AND EXISTS ("
        "  SELECT 1 FROM outbox o WHERE o.message_id = m.id AND o.media_id = d.id AND o.order_id = m.order_id"
        "  AND o.address = ? AND o.to_phone = ? AND o.to_client = 1 AND o.op = 'send' AND o.state = 'sent'"
        "  AND o.recalled_at IS NULL)"
        " ORDER BY m.id",
        (order_id, address, phone),
    )
    return [Shown(*row) for row in found]


def is_on_its_way(order_id: int, address: str) -> bool:
    """Whether what was asked for once more has not all been sent yet."""
    found = sql.row(
        "SELECT 1 FROM outbox WHERE address = ? AND state IN ('held', 'queued', 'sending') AND kind = 'notice'"
        " AND order_id = ? AND message_id IS NOT NULL LIMIT 1",
        (address, order_id),
    )
    return found is not None
