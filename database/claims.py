"""The courier's transaction: settle the last send of a chat, then claim the next. Every right is checked here, now."""

import json
from dataclasses import dataclass, replace
from typing import Any

from database import chats, conversations, outbox, people, screens, sql
from dealer_bot.domain.parcels import Gone, Item, Later, Outcome, Parcel, Refused, Sent, Unknown

ALBUM_QUIET_MS = 1_500
MEDIA_WAIT_MS = 60_000
ALBUM_MOST = 10
WINDOW = 12

_CANDIDATES = """
    SELECT o.id, o.kind, o.op, o.state, o.reason, o.due_at, o.at, o.expires_at, o.to_client, o.to_phone, o.order_id,
           o.message_id, o.media_id, o.notice, o.args, o.body, o.blob_id, o.tries, o.resends,
           m.album_key, m.burst_id, m.text, m.entities, m.kind, m.side, m.stage, m.reply_to_id,
           a.name, a.role, d.kind, d.file_id, d.hidden,
           w.number, w.plate, w.state, w.phone, w.ended_at, w.client_name,
           r.address, r.active, r.consent_at, r.paused_at, r.name,
           s.active, s.role, s.language, m.at, b.person_id, m.client_id
    FROM outbox o
    LEFT JOIN messages m ON m.id = o.message_id
    LEFT JOIN people a ON a.id = m.author_id
    LEFT JOIN media d ON d.id = o.media_id
    LEFT JOIN orders w ON w.id = o.order_id
    LEFT JOIN bindings b ON b.phone = o.to_phone AND b.ended_at IS NULL AND b.proved_at IS NOT NULL
    LEFT JOIN people r ON r.id = b.person_id
    LEFT JOIN people s ON s.address = o.address
    WHERE o.address = ? AND o.state IN ('held', 'queued', 'sending')
      AND (o.state <> 'held' OR (o.reason = 'media' AND o.at > ?))
    ORDER BY o.kind <> 'prompt', o.id LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class _Candidate:
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


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may go before this moment."""

    until: int


def recover(now: int) -> list[int]:
    """At start: what was being sent when the process died is sent once more; after that people decide."""
    lost = [row[0] for row in sql.rows("SELECT id FROM outbox WHERE state = 'sending'")]
    return [outbox_id for outbox_id in lost if _ambiguous((outbox_id,), "restart", now)]


def settle(parcel: Parcel, outcome: Outcome, now: int) -> None:
    """Write down Telegram's answer."""
    ids = tuple(item.outbox_id for item in parcel.items)
    if isinstance(outcome, Sent):
        _sent(parcel, ids, outcome, now)
    elif isinstance(outcome, Later):
        _put_off(parcel, ids, outcome, now)
    elif isinstance(outcome, Gone):
        _nobody_there(parcel, ids, outcome, now)
    elif isinstance(outcome, Refused):
        _refused(parcel, ids, outcome, now)
    elif isinstance(outcome, Unknown):
        _ambiguous(ids, outcome.reason, now)
    screens.touch_bursts(ids, now)


def _state(ids: tuple[int, ...], state: str, reason: str | None, now: int) -> None:
    sql.run(
        f"UPDATE outbox SET state = ?, reason = ?, settled_at = ? WHERE id IN ({sql.marks(ids)})",
        (state, reason, now, *ids),
    )


def _sent(parcel: Parcel, ids: tuple[int, ...], outcome: Sent, now: int) -> None:
    _state(ids, "sent", None, now)
    if parcel.op == "send":
        for item, telegram_id in zip(parcel.items, outcome.message_ids, strict=False):
            if item.message_id is not None:
                heading = parcel.heading and item is parcel.items[0]
                conversations.keep_copy(
                    parcel.address, telegram_id, item.message_id, item.outbox_id, item.part, heading
                )
    sql.run(
        "INSERT INTO chats (address, served_at) VALUES (?, ?)"
        " ON CONFLICT (address) DO UPDATE SET served_at = excluded.served_at",
        (parcel.address, now),
    )


def _put_off(parcel: Parcel, ids: tuple[int, ...], outcome: Later, now: int) -> None:
    due_at = now + int(outcome.after_s * 1000)
    sql.run(
        f"UPDATE outbox SET state = 'queued', reason = ?, due_at = ?, tries = tries + 1 WHERE id IN ({sql.marks(ids)})",
        (outcome.reason or None, due_at, *ids),
    )
    if outcome.for_chat:
        chats.pause(parcel.address, due_at)


def _nobody_there(parcel: Parcel, ids: tuple[int, ...], outcome: Gone, now: int) -> None:
    if outcome.reason != "blocked":
        _state(ids, "gone", outcome.reason, now)
        return
    chats.block(parcel.address, now)
    sql.run(
        "UPDATE outbox SET state = 'held', reason = 'blocked' WHERE address = ? AND kind <> 'prompt'"
        " AND (state = 'queued' OR (state = 'sending' AND op = 'send'))",
        (parcel.address,),
    )
    sql.run(
        "UPDATE outbox SET state = 'gone', reason = 'blocked', settled_at = ?"
        " WHERE address = ? AND state IN ('sending', 'queued')",
        (now, parcel.address),
    )
    touched = sql.rows(
        "SELECT id FROM outbox WHERE address = ? AND state = 'held' AND reason = 'blocked'", (parcel.address,)
    )
    screens.touch_bursts(tuple(row[0] for row in touched)[-500:], now)


def _refused(parcel: Parcel, ids: tuple[int, ...], outcome: Refused, now: int) -> None:
    if outcome.album and len(ids) > 1:
        sql.run(
            f"UPDATE outbox SET state = 'queued', reason = 'single', due_at = ? WHERE id IN ({sql.marks(ids)})",
            (now, *ids),
        )
        return
    _state(ids, "refused", outcome.reason, now)
    if parcel.kind != "alert":
        outbox.alert_admins(
            f"r{ids[0]}", "alert-refused", {"order": parcel.order_number or "", "reason": outcome.reason}, now
        )


def _ambiguous(ids: tuple[int, ...], reason: str, now: int) -> bool:
    """True if a person has to decide."""
    sql.run(
        f"UPDATE outbox SET state = CASE WHEN resends = 0 THEN 'queued' ELSE 'unknown' END, due_at = ?, reason = ?,"
        f" settled_at = CASE WHEN resends = 0 THEN NULL ELSE ? END, resends = resends + 1"
        f" WHERE id IN ({sql.marks(ids)})",
        (now, reason, now, *ids),
    )
    unknown = sql.rows(
        f"SELECT o.id, w.number FROM outbox o LEFT JOIN orders w ON w.id = o.order_id"
        f" WHERE o.id IN ({sql.marks(ids)}) AND o.state = 'unknown' AND o.kind <> 'alert'",
        ids,
    )
    for outbox_id, number in unknown:
        outbox.alert_admins(f"u{outbox_id}", "alert-unknown", {"order": number or ""}, now)
    screens.touch_bursts(ids, now)
    return bool(unknown)


def claim(address: str, now: int) -> Parcel | Wait | None:
    """The next parcel of a chat, its rows marked `sending`; or when to ask again; or None when nothing is due."""
    chat = sql.row("SELECT paused_until, blocked_at FROM chats WHERE address = ?", (address,))
    if chat and chat[0] and chat[0] > now:
        return Wait(chat[0])
    while True:
        found = sql.rows(_CANDIDATES, (address, now - MEDIA_WAIT_MS, WINDOW))
        step = _choose(address, [_Candidate(*row) for row in found], bool(chat and chat[1]), now)
        if not isinstance(step, _Again):
            return step


class _Again:
    """Something was set aside: look once more."""


def _choose(address: str, candidates: list[_Candidate], blocked: bool, now: int) -> Parcel | Wait | _Again | None:
    waiting: set[int | None] = set()
    wait_until: int | None = None
    for candidate in candidates:
        if candidate.state == "held":
            waiting.add(candidate.order_id)
            wait_until = min(wait_until or candidate.at + MEDIA_WAIT_MS, candidate.at + MEDIA_WAIT_MS)
            continue
        if candidate.order_id in waiting and candidate.kind == "delivery" and candidate.to_client:
            continue
        if candidate.state == "sending" or candidate.due_at > now:
            return Wait(max(candidate.due_at, now + 1_000))
        verdict = _verdict(candidate, address, blocked, now)
        if verdict is not None:
            _set_aside(candidate, *verdict, now)
            return _Again()
        if candidate.order_state == "settling" and candidate.to_client:
            return Wait(now + 1_000)
        run = _album(candidate, candidates, now)
        if isinstance(run, Wait):
            return run
        return _claimed(address, run, now)
    return Wait(wait_until) if wait_until is not None else None


def _verdict(c: _Candidate, address: str, blocked: bool, now: int) -> tuple[str, str] | None:
    """(state, reason) for a row that may not go as it is; None if it may."""
    if c.expires_at is not None and c.expires_at <= now:
        return "expired", "late"
    if blocked and c.kind != "prompt":
        return "held", "blocked"
    if c.kind == "prompt":
        return None
    if c.to_client:
        return _client_verdict(c, address)
    if c.kind == "alert" and not (c.reader_active and c.reader_role == 1):
        return "withdrawn", "no_admin"
    if c.kind == "delivery" and not (c.reader_active and c.reader_role in (1, 2, 4)):
        return "held", "inactive"
    return None


def _client_verdict(c: _Candidate, address: str) -> tuple[str, str] | None:
    """PRODUCT's first promise: only what belongs to an order with his own verified phone, at the moment of sending."""
    if c.media_hidden:
        return "withdrawn", "hidden"
    if c.op == "delete":
        return None
    if c.order_id is None:
        return None if c.side == "care" and c.client_address == address else ("held", "not_connected")
    if c.order_state in ("closed", "gone") and c.at > (c.ended_at or 0):
        return "held", "closed"
    if c.order_state in ("unreadable", "ambiguous"):
        return "held", "unreadable"
    if c.to_phone is None or c.order_phone != c.to_phone:
        return "held", "phone_changed"
    if c.client_address != address:
        return "held", "not_connected"
    if not c.client_active:
        return "held", "inactive"
    if c.consent_at is None or c.paused_at is not None:
        return "held", "stopped"
    return None


def _set_aside(c: _Candidate, state: str, reason: str, now: int) -> None:
    _state((c.id,), state, reason, now)
    if reason == "not_connected":
        sql.run("UPDATE outbox SET address = NULL WHERE id = ?", (c.id,))
    screens.touch_bursts((c.id,), now)


_FAMILY = {"photo": "visual", "video": "visual", "document": "document", "audio": "audio"}


def _album(first: _Candidate, candidates: list[_Candidate], now: int) -> list[_Candidate] | Wait:
    """The ready compatible run this row belongs to, once the album is quiet and none of it is being fetched."""
    family = _FAMILY.get(first.media_kind or "")
    if first.album_key is None or first.op != "send" or family is None or first.reason == "single":
        return [first]
    siblings = [
        c
        for c in candidates
        if c.album_key == first.album_key and c.order_id == first.order_id and c.op == "send" and c.media_id
    ]
    youngest = max(c.message_at or 0 for c in siblings)
    if youngest + ALBUM_QUIET_MS > now:
        return Wait(youngest + ALBUM_QUIET_MS)
    if any(c.state == "held" for c in siblings):
        return Wait(now + 250)
    run: list[_Candidate] = []
    for c in siblings:
        same = c.to_phone == first.to_phone and c.due_at <= now and c.reason != "single"
        if _FAMILY.get(c.media_kind or "") != family or not same or len(run) == ALBUM_MOST:
            break
        run.append(c)
    return run or [first]


def _claimed(address: str, run: list[_Candidate], now: int) -> Parcel:
    ids = tuple(c.id for c in run)
    sql.run(
        f"UPDATE outbox SET state = 'sending', attempt = attempt + 1, settled_at = NULL WHERE id IN ({sql.marks(ids)})",
        ids,
    )
    return _parcel(address, run)


def _item(c: _Candidate) -> Item:
    args: dict[str, Any] = json.loads(c.args) if c.args else {}
    return Item(
        c.id,
        c.message_id,
        c.media_id,
        c.media_kind or c.message_kind or "text",
        c.file_id,
        c.text or "",
        c.entities,
        int(args.get("part", 0)),
    )


def _parcel(address: str, run: list[_Candidate]) -> Parcel:
    c = run[0]
    parcel = Parcel(
        address=address,
        kind=c.kind,
        op=c.op,
        items=tuple(_item(each) for each in run),
        to_client=bool(c.to_client),
        language=c.language,
        side=c.side,
        author=c.author,
        author_role=c.author_role,
        order_id=c.order_id,
        order_number=c.number,
        order_closed=c.order_state in ("closed", "gone"),
        plate=c.plate,
        stage=c.stage,
        client_name=c.client_name or c.order_client,
        phone=_whole_phone(c),
        notice=c.notice,
        args=json.loads(c.args) if c.args else {},
        body=c.body,
        blob_id=c.blob_id,
    )
    return _with_copies(parcel, c) if c.message_id is not None else parcel


def _whole_phone(c: _Candidate) -> str | None:
    """For care and admins alone."""
    if c.to_client or c.side != "client" or c.reader_role not in (1, 4) or c.message_client is None:
        return None
    client = people.by_id(c.message_client)
    return client.phone if client else None


def _with_copies(parcel: Parcel, c: _Candidate) -> Parcel:
    """Headings, ring and replies are decided by what lies in the chat already."""
    assert c.message_id is not None
    if c.op != "send":
        own = conversations.copies_in(parcel.address, c.message_id)
        return replace(parcel, copies=tuple(row[0] for row in own), had_heading=any(row[2] for row in own))
    seen = sql.rows(
        "SELECT max(k.heading), max(CASE WHEN x.album_key = ? THEN k.telegram_message_id END) FROM messages x"
        " JOIN copies k ON k.message_id = x.id AND k.address = ? WHERE x.burst_id = ?",
        (c.album_key, parcel.address, c.burst_id),
    )[0]
    reply_to = seen[1]
    if c.reply_to_id is not None:
        reply_to = _twin(parcel.address, c.reply_to_id) or reply_to
    has_media = c.media_id is not None
    return replace(
        parcel, heading=has_media and not seen[0], silent=has_media and seen[0] is not None, reply_to=reply_to
    )


def _twin(address: str, message_id: int) -> int | None:
    """Where the message that is replied to lies in this chat: a copy of ours, or the person's own."""
    own = conversations.by_id(message_id)
    if own is not None and own.source_address == address:
        return own.source_message_id
    copies = conversations.copies_in(address, message_id)
    return copies[0][0] if copies else None


def is_paused(address: str, now: int) -> bool:
    """Telegram asked this chat to wait."""
    return sql.row("SELECT 1 FROM chats WHERE address = ? AND paused_until > ?", (address, now)) is not None
