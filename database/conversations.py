"""Messages, their versions and where each copy of them lies."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from database import sql

BURST_GAP_MS = 60_000


@dataclass(frozen=True, slots=True)
class Message:
    id: int
    source_address: str
    source_message_id: int
    order_id: int | None
    client_id: int | None
    author_id: int
    side: str
    kind: str
    text: str
    stage: str | None
    album_key: str | None
    burst_id: int | None
    at: int
    hold_id: int | None = None
    case_id: int | None = None
    about_id: int | None = None
    reader_id: int | None = None


class Added(NamedTuple):
    """A new message, and the burst it belongs to."""

    id: int
    burst_id: int


_COLUMNS = (  # in the order of Message's fields
    "id, source_address, source_message_id, order_id, client_id, author_id, side, kind, text, stage,"
    " album_key, burst_id, at, hold_id, case_id, about_id, reader_id"
)


def by_source(address: str, telegram_message_id: int) -> Message | None:
    """The message that came from this chat under this id: a replay finds what the first run wrote."""
    found = sql.row(
        f"SELECT {_COLUMNS} FROM messages WHERE source_address = ? AND source_message_id = ?",
        (address, telegram_message_id),
    )
    return Message(*found) if found else None


def by_id(message_id: int) -> Message | None:
    found = sql.row(f"SELECT {_COLUMNS} FROM messages WHERE id = ?", (message_id,))
    return Message(*found) if found else None


def first_of_album(address: str, album_key: str) -> Message | None:
    found = sql.row(
        f"SELECT {_COLUMNS} FROM messages WHERE source_address = ? AND album_key = ? ORDER BY id LIMIT 1",
        (address, album_key),
    )
    return Message(*found) if found else None


def add(
    *,
    source_address: str,
    source_message_id: int,
    author_id: int,
    side: str,
    kind: str,
    at: int,
    order_id: int | None = None,
    client_id: int | None = None,
    text: str = "",
    entities: str | None = None,
    reply_to_id: int | None = None,
    stage: str | None = None,
    album_key: str | None = None,
    case_id: int | None = None,
    about_id: int | None = None,
    reader_id: int | None = None,
    payload: str | None = None,
) -> Added:
    """Insert; the burst is joined or opened at once: same author, order and stage, gaps under a minute."""
    values: tuple[Any, ...] = (source_address, source_message_id, order_id, client_id, author_id, side, kind, text)
    inserted = sql.rows(
        "INSERT INTO messages (source_address, source_message_id, order_id, client_id, author_id, side, kind, text,"
        " entities, reply_to_id, stage, album_key, at, case_id, about_id, reader_id, payload, burst_id)"
        " SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " (SELECT CASE WHEN m.order_id IS ? AND m.stage IS ? AND m.at > ? THEN m.burst_id END FROM messages m"
        "  WHERE m.author_id = ? AND m.source_address = ? ORDER BY m.id DESC LIMIT 1)"
        " RETURNING id, burst_id",
        (
            *values,
            *(entities, reply_to_id, stage, album_key, at, case_id, about_id, reader_id, payload),
            *(order_id, stage, at - BURST_GAP_MS, author_id, source_address),
        ),
    )
    message_id, burst_id = inserted[0]
    if burst_id is None:
        sql.run("UPDATE messages SET burst_id = id WHERE id = ?", (message_id,))
    return Added(message_id, burst_id or message_id)


def burst_of(message_id: int) -> int:
    found = sql.row("SELECT burst_id FROM messages WHERE id = ?", (message_id,))
    assert found is not None
    return int(found[0])


def revise(message_id: int, text: str, entities: str | None, at: int) -> int | None:
    """Keep the old version, take the new; None if nothing changed. Returns the number of the new version, from 1."""
    old = sql.row("SELECT text, entities, at FROM messages WHERE id = ?", (message_id,))
    if old is None or (old[0], old[1]) == (text, entities):
        return None
    last = sql.row("SELECT max(n) FROM versions WHERE message_id = ?", (message_id,))
    n = last[0] + 1 if last and last[0] is not None else 0
    if n == 0:
        _version(message_id, 0, old[0], old[1], old[2])
        n = 1
    _version(message_id, n, text, entities, at)
    sql.run("UPDATE messages SET text = ?, entities = ? WHERE id = ?", (text, entities, message_id))
    return n


def is_revised_after(message_id: int, moment: int) -> bool:
    """Whether its author wrote it anew later than that."""
    found = sql.row("SELECT 1 FROM versions WHERE message_id = ? AND n > 0 AND at > ? LIMIT 1", (message_id, moment))
    return found is not None


def _version(message_id: int, n: int, text: str, entities: str | None, at: int) -> None:
    sql.run(
        "INSERT INTO versions (message_id, n, text, entities, at) VALUES (?, ?, ?, ?, ?)",
        (message_id, n, text, entities, at),
    )


def by_copy(address: str, telegram_message_id: int) -> Message | None:
    """The message of which this is a copy."""
    found = sql.row(
        f"SELECT {_COLUMNS} FROM messages WHERE id ="
        " (SELECT message_id FROM copies WHERE address = ? AND telegram_message_id = ?)",
        (address, telegram_message_id),
    )
    return Message(*found) if found else None


def by_copy_or_source(address: str, telegram_message_id: int) -> Message | None:
    return by_copy(address, telegram_message_id) or by_source(address, telegram_message_id)


def is_delivered_to(person_id: int, address: str, telegram_message_id: int | None) -> bool:
    """Whether this reached somebody, or came from him, as a client: whatever his level is."""
    found = sql.row(
        "SELECT 1 FROM copies k JOIN outbox o ON o.id = k.outbox_id WHERE k.address = ? AND k.telegram_message_id = ?"
        " AND o.to_client = 1 UNION ALL SELECT 1 FROM messages WHERE source_address = ? AND source_message_id = ?"
        " AND side = 'client' AND author_id = ?",
        (address, telegram_message_id, address, telegram_message_id, person_id),
    )
    return found is not None


def last_served(client_address: str) -> tuple[int, int] | None:
    """(order, author) of the last delivery that reached this client: to them a plain answer goes."""
    found = sql.row(
        "SELECT m.order_id, m.author_id FROM outbox o JOIN messages m ON m.id = o.message_id"
        " WHERE o.address = ? AND o.to_client = 1 AND o.state = 'sent' AND o.op = 'send' AND o.kind = 'delivery'"
        " AND o.recalled_at IS NULL AND m.side = 'staff' AND m.order_id IS NOT NULL"
        " ORDER BY o.settled_at DESC, o.id DESC LIMIT 1",
        (client_address,),
    )
    return (found[0], found[1]) if found else None


def authors_of(order_id: int) -> list[int]:
    """Staff who worked in the order, the latest first."""
    return [
        row[0]
        for row in sql.rows(
            "SELECT author_id FROM messages WHERE order_id = ? AND side = 'staff'"
            " GROUP BY author_id ORDER BY max(id) DESC",
            (order_id,),
        )
    ]


def last_author(order_id: int) -> str | None:
    """The name of the employee who handed something in here last."""
    found = sql.row(
        "SELECT p.name FROM messages m JOIN people p ON p.id = m.author_id"
        " WHERE m.order_id = ? AND m.side = 'staff' ORDER BY m.id DESC LIMIT 1",
        (order_id,),
    )
    return found[0] if found else None


def keep_copy(
    address: str, telegram_message_id: int, message_id: int, outbox_id: int | None, n: int, heading: bool
) -> None:
    sql.run(
        "INSERT INTO copies (address, telegram_message_id, message_id, outbox_id, n, heading) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (address, telegram_message_id) DO UPDATE SET message_id = excluded.message_id",
        (address, telegram_message_id, message_id, outbox_id, n, int(heading)),
    )


def copies_in(address: str, message_id: int) -> list[tuple[int, int, bool]]:
    """(Telegram id, n, heading) of this message's copies in a chat, in order."""
    found = sql.rows(
        "SELECT telegram_message_id, n, heading FROM copies WHERE address = ? AND message_id = ? AND gone_at IS NULL"
        " ORDER BY n, telegram_message_id",
        (address, message_id),
    )
    return [(row[0], row[1], bool(row[2])) for row in found]


def has_elder(address: str, album_key: str, telegram_message_id: int) -> bool:
    """Whether an earlier item of this album was taken."""
    found = sql.row(
        "SELECT 1 FROM messages WHERE source_address = ? AND album_key = ? AND source_message_id < ? LIMIT 1",
        (address, album_key, telegram_message_id),
    )
    return found is not None


def album_of(message: Message) -> list[Message]:
    """The message and its siblings, in order."""
    if message.album_key is None:
        return [message]
    found = sql.rows(
        f"SELECT {_COLUMNS} FROM messages WHERE source_address = ? AND album_key = ? ORDER BY id",
        (message.source_address, message.album_key),
    )
    return [Message(*row) for row in found]


def pass_to(message_id: int, reader_id: int | None, case_id: int | None) -> None:
    """Whom a client's message is for now."""
    sql.run("UPDATE messages SET reader_id = ?, case_id = ? WHERE id = ?", (reader_id, case_id, message_id))


def move(message_id: int, order_id: int, reader_id: int | None, case_id: int | None) -> None:
    """A client's message is about this order now."""
    sql.run(
        "UPDATE messages SET order_id = ?, about_id = NULL, reader_id = ?, case_id = ? WHERE id = ?",
        (order_id, reader_id, case_id, message_id),
    )


def of_burst(burst_id: int) -> list[Message]:
    """What stands in an order by now, in the order of handing in."""
    return [
        Message(*row)
        for row in sql.rows(
            f"SELECT {_COLUMNS} FROM messages WHERE burst_id = ? AND order_id IS NOT NULL AND side = 'staff'"
            " ORDER BY id",
            (burst_id,),
        )
    ]


def take_back(message_id: int, now: int | None) -> None:
    """The protocol says when; None: it has gone to another order, and is not taken back there."""
    sql.run("UPDATE messages SET taken_back_at = ? WHERE id = ?", (now, message_id))


def is_taken_back(message_id: int) -> bool:
    found = sql.row("SELECT 1 FROM messages WHERE id = ? AND taken_back_at IS NOT NULL", (message_id,))
    return found is not None


def place(message_id: int, order_id: int, stage: str) -> None:
    sql.run("UPDATE messages SET order_id = ?, stage = ? WHERE id = ?", (order_id, stage, message_id))
