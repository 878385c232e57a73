"""Takes what an employee hands in: one transaction puts the message, its file and its delivery on record."""

from dataclasses import dataclass
from datetime import tzinfo

from database import confirmations, conversations, media, orders, outbox, places, screens
from database.connection import Database
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.filenames import media_name
from dealer_bot.domain.messages import Handed, parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person
from dealer_bot.domain.stages import Stages
from dealer_bot.services.desk import crew_member
from dealer_bot.services.screens import client_of

STATUS_DELAY_MS = 600
STATUS_REPEAT_MS = 10_000


@dataclass(frozen=True, slots=True)
class Taken:
    """Where it went; `hold` says why it does not go on by itself."""

    message_id: int
    order: WorkOrder | None
    stage: str | None
    hold: str | None = None
    is_first: bool = True

    @property
    def is_first_held(self) -> bool:
        """Said once a burst, not for each of ten."""
        return self.hold is not None and self.is_first


@dataclass(frozen=True, slots=True)
class _Target:
    order: WorkOrder | None
    stage: str | None
    hold: str | None
    about: WorkOrder | None = None


class Intake:
    def __init__(self, database: Database, stages: Stages, timezone: tzinfo) -> None:
        self._db, self._stages, self._timezone = database, stages, timezone

    async def accept(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Taken:
        """T1 of a photo, video, file, voice or text from an employee. Raises DealerError."""
        return await self._db.write(self._accept, person_id, handed, inbox_id, now)

    def _accept(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Taken:
        person = crew_member(person_id)
        known = conversations.by_source(handed.address, handed.message_id)
        if known is not None:
            order = orders.order_by_id(known.order_id) if known.order_id else self._target(person, handed).about
            return Taken(known.id, order, known.stage, media.hold_of(known.id), known.burst_id == known.id)
        target = self._target(person, handed)
        _guard_reply(handed, target)
        if handed.kind == "text" and (target.order is None or target.hold is not None):
            raise DealerError("text-without-order" if target.about is None else "text-closed", order=_number(target))
        return self._take(person, handed, target, inbox_id, now)

    def _target(self, person: Person, handed: Handed) -> _Target:
        """A sibling of an album goes where the first one went, wherever its author is by now."""
        if handed.album_key is not None:
            first = conversations.first_of_album(handed.address, handed.album_key)
            if first is not None:
                return self._checked(first.order_id, first.stage)
        place = places.of(person.id)
        return self._checked(place.order_id, place.stage) if place else _Target(None, None, "no_order")

    def _checked(self, order_id: int | None, stage: str | None) -> _Target:
        order = orders.order_by_id(order_id) if order_id else None
        if order is None or stage is None:
            return _Target(None, None, "no_order")
        if order.is_living or order.state == "ambiguous":
            return _Target(order, stage, None, order)
        return _Target(None, stage, "closed", order)  # a closed order takes nothing: it waits for another one

    def _take(self, person: Person, handed: Handed, target: _Target, inbox_id: int, now: int) -> Taken:
        order, stage = target.order, target.stage
        message_id = conversations.add(
            source_address=handed.address,
            source_message_id=handed.message_id,
            author_id=person.id,
            side="staff",
            kind=handed.kind,
            at=now,
            order_id=order.id if order else None,
            text=handed.text,
            entities=handed.entities,
            reply_to_id=_replied(handed),
            stage=stage,
            album_key=handed.album_key,
        )
        media_id, hidden = None, handed.kind != "text" and self._stages.is_hidden(stage)
        if handed.file_id is not None:
            media_id = put_on_record(
                message_id, person.name, handed, order, stage, hidden, target.hold, self._timezone, now
            )
        if order is not None and not hidden:
            deliver(message_id, media_id, order, parts_of(handed.kind, handed.text), target.hold, inbox_id, now)
        places.touch(person.id, now)
        burst = conversations.burst_of(message_id)
        screens.want(handed.address, "status", str(burst), now + STATUS_DELAY_MS, now + STATUS_REPEAT_MS)
        return Taken(message_id, target.about, stage, target.hold, burst == message_id)


def deliver(
    message_id: int, media_id: int | None, order: WorkOrder, parts: range, hold: str | None, inbox_id: int, now: int
) -> None:
    """The way to the client: by his account if he is connected, else by his phone until he is."""
    client = client_of(order)
    address = client.address if client and client.connected else None
    recipient = client.id if client else 0
    for part in parts:
        is_media = part == 0 and media_id is not None
        state, reason = _first_state(order, address, is_media and media.is_wanted(media_id), hold)
        outbox.add_delivery(
            key=f"m{message_id}:{order.id}:{recipient}:{part}:{inbox_id}",
            message_id=message_id,
            order_id=order.id,
            at=now,
            address=address,
            to_phone=order.phone,
            to_client=True,
            media_id=media_id if is_media else None,
            hidden=False if is_media else None,
            state=state,
            reason=reason,
            args={"part": part} if part else None,
        )


def put_on_record(
    message_id: int,
    author: str | None,
    handed: Handed,
    order: WorkOrder | None,
    stage: str | None,
    hidden: bool,
    hold: str | None,
    timezone: tzinfo,
    now: int,
) -> int:
    """The row of a file that is to be fetched, with its final name in the order's folder."""
    assert handed.file_id is not None
    seq = media.next_seq(order.id, stage) if order and stage else None
    name = media_name(now, timezone, author, seq or 0, handed.extension)
    return media.add(
        message_id=message_id,
        order_id=order.id if order else None,
        stage=stage,
        hidden=hidden,
        seq=seq,
        name=name,
        kind=handed.kind,
        file_id=handed.file_id,
        size=handed.size,
        hold=hold,
    )


def _first_state(order: WorkOrder, address: str | None, has_file: bool, hold: str | None) -> tuple[str, str | None]:
    if hold is not None:
        return "held", "closed"
    if order.phone is None or order.state in ("unreadable", "ambiguous"):
        return "held", "unreadable"
    if not confirmations.is_confirmed(order.id, order.phone):
        return "held", "phone_changed"
    if has_file:
        return "held", "media"
    return ("queued", None) if address else ("held", "not_connected")


def _guard_reply(handed: Handed, target: _Target) -> None:
    """A reply to a message about one order must not reach the client of another."""
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to) if handed.reply_to else None
    if (
        replied is not None
        and replied.order_id is not None
        and (not target.order or target.order.id != replied.order_id)
    ):
        about = orders.order_by_id(replied.order_id)
        raise DealerError("reply-elsewhere", order=about.number if about else "")
    if replied is not None and replied.side == "client" and target.order is not None:
        client = client_of(target.order)
        if client is None or client.id != replied.client_id:
            raise DealerError("reply-elsewhere", order=target.order.number)


def _replied(handed: Handed) -> int | None:
    if handed.reply_to is None:
        return None
    found = conversations.by_copy_or_source(handed.address, handed.reply_to)
    return found.id if found else None


def _number(target: _Target) -> str:
    return target.about.number if target.about else ""
