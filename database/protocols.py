"""The record of what was said: by order, and outside orders."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Record:
    """One entry, every version of an edited message. `state`: delivered, waiting, refused, unknown or internal."""

    at: int
    order: str | None
    person: str | None
    side: str
    author_role: int
    text: str
    media: tuple[str, ...]
    stage: str | None
    state: str
    is_edit: bool
    is_taken_back: bool


_SELECT = """
    SELECT coalesce(v.at, m.at), o.number, coalesce(p.name, o.client_name), m.side, p.role, coalesce(v.text, m.text),
           CASE WHEN d.state IN ('wanted', 'fetched', 'kept') AND d.hold IS NULL THEN d.name END,
           CASE WHEN m.payload IS NULL THEN d.kind ELSE m.kind END, m.stage, coalesce(v.n, 0), m.taken_back_at,
           (SELECT group_concat(DISTINCT x.state) FROM outbox x
            WHERE x.message_id = m.id AND x.kind = 'delivery' AND x.op = 'send')
    FROM messages m
    LEFT JOIN versions v ON v.message_id = m.id
    LEFT JOIN orders o ON o.id = coalesce(m.order_id, m.about_id)
    JOIN people p ON p.id = m.author_id
    LEFT JOIN media d ON d.message_id = m.id AND d.version = 0
"""


def of_order(order_id: int) -> list[Record]:
    return [_record(row) for row in sql.rows(f"{_SELECT} WHERE m.order_id = ? ORDER BY 1, m.id", (order_id,))]


def outside() -> list[Record]:
    """What belongs to no open order; where it is about one, that is named."""
    return [_record(row) for row in sql.rows(f"{_SELECT} WHERE m.order_id IS NULL ORDER BY 1, m.id")]


def _record(row: sql.Row) -> Record:
    at, order, person, side, role, text, name, kind, stage, n, taken_back_at, states = row
    media = (name,) if name and n == 0 else ()
    if kind and not name and n == 0:
        text = f"{text} ({kind})".strip()  # seen in the chat, not in the folder: stickers and places, too
    return Record(at, order, person, side, role, text, media, stage, _state(states), n > 0, taken_back_at is not None)


def _state(states: str | None) -> str:
    """The worst of what became of its deliveries; without any it stayed inside."""
    found = set((states or "").split(",")) - {"", "withdrawn"}
    if not found:
        return "internal"
    for state, names in (
        ("refused", {"refused", "gone", "expired"}),
        ("unknown", {"unknown"}),
        ("waiting", {"held", "queued", "sending"}),
    ):
        if found & names:
            return state
    return "delivered"
