"""The rows that are next in a chat, each with everything its claim looks at, in one query."""

from dataclasses import dataclass

from database import sql

WINDOW = 12
"""Enough for the largest album and what is before it."""

_CANDIDATES = """
    SELECT o.id, o.kind, o.op, o.state, o.reason, o.due_at, o.at, o.expires_at, o.to_client, o.to_phone, o.order_id,
           o.message_id, o.media_id, o.notice, o.args, o.body, o.blob_id, o.tries, o.resends,
           m.album_key, m.burst_id, m.text, m.entities, m.kind, m.side, m.stage, m.reply_to_id,
           a.name, a.role, d.kind, d.file_id, d.hidden,
           w.number, w.plate, w.state, w.phone, w.ended_at, w.client_name,
           r.address, r.active, r.consent_at, r.paused_at, r.name,
           s.active, s.role, s.language, m.at, b.person_id, m.client_id, w.confirmed_phone,
           m.case_id, m.payload, m.reader_id, o.reaction, k.paused_until, k.blocked_at
    FROM outbox o
    LEFT JOIN messages m ON m.id = o.message_id
    LEFT JOIN people a ON a.id = m.author_id
    LEFT JOIN media d ON d.id = o.media_id
    LEFT JOIN orders w ON w.id = o.order_id
    LEFT JOIN bindings b ON b.phone = o.to_phone AND b.ended_at IS NULL AND b.proved_at IS NOT NULL
    LEFT JOIN people r ON r.id = b.person_id
    LEFT JOIN people s ON s.address = o.address
    LEFT JOIN chats k ON k.address = o.address
    WHERE o.address = ? AND o.state IN ('held', 'queued', 'sending') AND o.state <> 'held'
    ORDER BY o.kind <> 'prompt', o.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that is next in its chat, with all that decides whether and how it may go."""

    id: int
    kind: str
    op: str
    state: str
    reason: str | None
    due_at: int
    at: int
    expires_at: int | None
    to_client: int
    to_phone: str | None
    order_id: int | None
    message_id: int | None
    media_id: int | None
    notice: str | None
    args: str | None
    body: str | None
    blob_id: int | None
    tries: int
    resends: int
    album_key: str | None
    burst_id: int | None
    text: str | None
    entities: str | None
    message_kind: str | None
    side: str | None
    stage: str | None
    reply_to_id: int | None
    author: str | None
    author_role: int | None
    media_kind: str | None
    file_id: str | None
    media_hidden: int | None
    number: str | None
    plate: str | None
    order_state: str | None
    order_phone: str | None
    ended_at: int | None
    order_client: str | None
    client_address: str | None
    client_active: int | None
    consent_at: int | None
    paused_at: int | None
    client_name: str | None
    reader_active: int | None
    reader_role: int | None
    language: str | None
    message_at: int | None
    client_person: int | None
    message_client: int | None
    confirmed_phone: str | None
    case_id: int | None
    payload: str | None
    reader_id: int | None
    reaction: str | None
    chat_paused_until: int | None
    chat_blocked_at: int | None


def next_of(address: str) -> list[Candidate]:
    """Prompts first, then the oldest."""
    return [Candidate(*row) for row in sql.rows(_CANDIDATES, (address, WINDOW))]


def prompt_waits(address: str) -> bool:
    """Whether something is to be said before anything else is shown."""
    found = sql.row(
        "SELECT 1 FROM outbox WHERE address = ? AND state IN ('held', 'queued', 'sending') AND kind = 'prompt' LIMIT 1",
        (address,),
    )
    return found is not None


def being_fetched(address: str, since: int) -> dict[int, tuple[int, int]]:
    """By order: the first row handed in after `since` that waits for its file, and when it was handed in."""
    found = sql.rows(
        "SELECT order_id, min(id), min(at) FROM outbox WHERE address = ?"
        " AND state IN ('held', 'queued', 'sending') AND state = 'held' AND reason = 'media' AND at > ?"
        " GROUP BY order_id",
        (address, since),
    )
    return {row[0]: (row[1], row[2]) for row in found}


def is_album_fetched(address: str, album_key: str, since: int) -> bool:
    """Whether none of the album handed in after `since` waits for its file."""
    found = sql.row(
        "SELECT 1 FROM outbox o JOIN messages m ON m.id = o.message_id WHERE o.address = ?"
        " AND o.state IN ('held', 'queued', 'sending') AND o.state = 'held' AND o.reason = 'media'"
        " AND o.at > ? AND m.album_key = ? LIMIT 1",
        (address, since, album_key),
    )
    return found is None
