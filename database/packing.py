"""A run of claimed rows as a parcel: facts for the messenger."""

import json
from dataclasses import replace
from typing import Any

from database import blobs, cases, conversations, people, recalls, sql
from database.candidates import Candidate
from dealer_bot.domain.messages import ANSWER_PART
from dealer_bot.domain.parcels import Item, Parcel


def _item(c: Candidate) -> Item:
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
        c.payload,
    )


def parcel_of(address: str, run: list[Candidate]) -> Parcel:
    """What the messenger needs to know of a run of rows."""
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
        case_id=_answerable_case(c),
        reaction=c.reaction,
        body=c.body,
        blob=blobs.by_id(c.blob_id) if c.blob_id else None,
    )
    return _with_copies(parcel, c) if c.message_id is not None else parcel


def _answerable_case(c: Candidate) -> int | None:
    """For care and admins; care may be shown a message that was for an employee at first."""
    if c.to_client or c.reader_role not in (1, 4) or c.kind == "alert":
        return None
    if c.case_id is None and c.reader_role == 4 and c.side == "client" and c.message_client is not None:
        open_one = cases.open_of(c.message_client)
        return open_one.id if open_one else None
    return c.case_id


def _whole_phone(c: Candidate) -> str | None:
    """For care and admins alone."""
    if c.to_client or c.side != "client" or c.reader_role not in (1, 4) or c.message_client is None:
        return None
    client = people.by_id(c.message_client)
    return client.phone if client else None


def _with_copies(parcel: Parcel, c: Candidate) -> Parcel:
    """Headings, ring and replies are decided by what lies in the chat already."""
    assert c.message_id is not None
    if c.reaction is not None:
        return replace(parcel, copies=_where(parcel.address, c.message_id))
    if "copy" in parcel.args:
        return replace(parcel, copies=(int(parcel.args["copy"]),))
    if "of" in parcel.args:
        return replace(parcel, copies=recalls.copies_of(int(parcel.args["of"])))
    if c.op != "send":
        part = parcel.items[0].part
        own = [row for row in conversations.copies_in(parcel.address, c.message_id) if row[1] == part]
        own = own[-1:] if c.op == "edit" else own  # what came last is what he looks at
        return replace(parcel, copies=tuple(row[0] for row in own), had_heading=any(row[2] for row in own))
    seen = sql.rows(
        "SELECT max(k.heading), max(CASE WHEN x.album_key = ? THEN k.telegram_message_id END) FROM messages x"
        " JOIN copies k ON k.message_id = x.id AND k.address = ? AND k.gone_at IS NULL WHERE x.burst_id = ?",
        (c.album_key, parcel.address, c.burst_id),
    )[0]
    reply_to = seen[1] if c.kind == "delivery" else None  # what is shown once more stands by itself
    if c.reply_to_id is not None:
        reply_to = _twin(parcel.address, c.reply_to_id) or reply_to
    has_media = c.media_id is not None
    is_quiet = (has_media and seen[0] is not None) or parcel.items[0].part == ANSWER_PART or _is_anothers(parcel)
    return replace(parcel, heading=has_media and not seen[0], silent=is_quiet, reply_to=reply_to)


def _is_anothers(parcel: Parcel) -> bool:
    """A taken talk rings for its owner alone."""
    return parcel.case_id is not None and cases.is_anothers(parcel.case_id, parcel.address)


def _where(address: str, message_id: int) -> tuple[int, ...]:
    twin = _twin(address, message_id)
    return () if twin is None else (twin,)


def _twin(address: str, message_id: int) -> int | None:
    """Where the message that is replied to lies in this chat: a copy of ours, or the person's own."""
    own = conversations.by_id(message_id)
    if own is not None and own.source_address == address:
        return own.source_message_id
    copies = conversations.copies_in(address, message_id)
    return copies[0][0] if copies else None
