"""The record of what was said: by order, and outside orders."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Record:
    """One entry, every version of an edited message. `state`: delivered, waiting, refused, unknown or internal.

    `thing`: the kind of what was seen in the chat alone, not in the folder: stickers, places, what care was sent.
    """

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
    thing: str | None = None


_COLUMNS = """
    coalesce(v.at, m.at), o.number, coalesce(p.name, o.client_name), m.side, p.role, coalesce(v.text, m.text),
           CASE WHEN d.state IN ('wanted', 'fetched', 'kept') AND d.hold IS NULL THEN d.name END,
           CASE WHEN m.payload IS NULL THEN d.kind ELSE m.kind END, m.stage, coalesce(v.n, 0), m.taken_back_at,
           (SELECT group_concat(DISTINCT x.state) FROM outbox x
            WHERE x.message_id = m.id AND x.kind = 'delivery' AND x.op = 'send')
"""
_FROM = """
    FROM messages m
    LEFT JOIN versions v ON v.message_id = m.id
    LEFT JOIN orders o ON o.id = coalesce(m.order_id, m.about_id)
    JOIN people p ON p.id = m.author_id
    LEFT JOIN media d ON d.message_id = m.id AND d.version = 0
"""


_SELECT = f"SELECT {_COLUMNS} {_FROM}"

WINDOW = 200
"""Entries read for one page: no page of a chat holds as many."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose protocol: an order's, a client's own talks, or, with neither, all that is outside orders."""

    order_id: int | None = None
    client_id: int | None = None


def of_order(order_id: int) -> list[Record]:
    return of(Scope(order_id))


def outside() -> list[Record]:
    """What belongs to no open order; where it is about one, that is named."""
    return of(Scope())


def of(scope: Scope) -> list[Record]:
    """All of it, by time."""
    where, values = _where(scope)
    return [_record(row) for row in sql.rows(f"{_SELECT} WHERE {where} ORDER BY 1, m.id", values)]


def last_spoken(limit: int) -> list[int]:
    """Orders in which something was said or shot lately, the last one first."""
    recent = (
        "SELECT id, order_id FROM messages WHERE id > (SELECT max(id) FROM messages) - 1000 AND order_id IS NOT NULL"
    )
    found = sql.rows(f"SELECT order_id FROM ({recent}) GROUP BY order_id ORDER BY max(id) DESC LIMIT ?", (limit,))
    return [row[0] for row in found]


def around(scope: Scope, message_id: int | None, newer: bool) -> list[tuple[int, list[Record]]]:
    """Messages with all their versions: up to this one (None: the newest) going back, or from it going forward."""
    where, values = _where(scope)
    if message_id is not None:
        where, values = f"{where} AND m.id {'>=' if newer else '<='} ?", (*values, message_id)
    way = "ASC" if newer else "DESC"
    found = sql.rows(
        f"SELECT {_COLUMNS}, m.id {_FROM} WHERE {where} ORDER BY m.id {way}, coalesce(v.n, 0) {way} LIMIT ?",
        (*values, WINDOW),
    )
    messages: dict[int, list[Record]] = {}
    for *row, each in found:
        messages.setdefault(each, []).append(_record(tuple(row)))
    if len(found) == WINDOW and len(messages) > 1:
        messages.popitem()  # some of its versions may be missing
    return [(each, records if newer else records[::-1]) for each, records in messages.items()]


def _where(scope: Scope) -> tuple[str, tuple[int, ...]]:
    if scope.order_id is not None:
        return "m.order_id = ?", (scope.order_id,)
    if scope.client_id is not None:
        return "m.client_id = ?", (scope.client_id,)
    return "m.order_id IS NULL", ()


def _record(row: sql.Row) -> Record:
    at, order, person, side, role, text, name, kind, stage, n, taken_back_at, states = row
    media = (name,) if name and n == 0 else ()
    thing = kind if not name and n == 0 else None
    fate = (_state(states), n > 0, taken_back_at is not None)
    return Record(at, order, person, side, role, text, media, stage, *fate, thing)


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
