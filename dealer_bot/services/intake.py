"""Takes what an employee hands in: one transaction puts the message, its file and its delivery on record."""

from dataclasses import dataclass, replace
from datetime import tzinfo

from database import conversations, holds, media, orders, outbox, places, screens, standing
from database.connection import Database
from database.conversations import Message
from database.standing import Standing
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.filenames import media_name
from dealer_bot.domain.holds import HoldKind, is_after_switch, is_idle
from dealer_bot.domain.messages import Handed, parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Place
from dealer_bot.domain.stages import Stages
from dealer_bot.services.desk import require_crew
from dealer_bot.services.screens import client_of

STATUS_DELAY_MS = 600
STATUS_REPEAT_MS = 10_000
QUESTION_DELAY_MS = 300
"""An album comes as several messages: the question counts them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What it became; `hold` is the question it waits for, None if it goes on by itself."""

    message_id: int
    hold_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Target:
    """Where it goes; with `hold` it waits, and `about` is the order that its question is about."""

    order: WorkOrder | None
    stage: str | None
    hold: HoldKind | None = None
    about: WorkOrder | None = None
    left: tuple[int | None, str | None] = (None, None)
    joins: int | None = None
    is_recalled: bool = False


class Intake:
    def __init__(self, database: Database, stages: Stages, timezone: tzinfo, idle_s: float) -> None:
        self._db, self._stages, self._timezone, self._idle_ms = database, stages, timezone, int(idle_s * 1000)

    async def accept(
        self, person_id: int, handed: Handed, inbox_id: int, now: int, *, is_looking: bool = False
    ) -> Taken:
        """T1 of a photo, video, file, voice or text from an employee. Raises DealerError.

        `is_looking`: he looks for another order, so what he sends need not be about the one he is in.
        """
        return await self._db.write(self._accept, person_id, handed, inbox_id, now, is_looking)

    def _accept(self, person_id: int, handed: Handed, inbox_id: int, now: int, is_looking: bool) -> Taken:
        found = standing.of(person_id, handed.address, handed.message_id, inbox_id)
        person = require_crew(found.person if found else None)
        assert found is not None
        if found.known is not None:
            return Taken(*found.known)
        if handed.kind == "sticker":
            raise DealerError("sticker-not-carried")
        target = self._target(found, handed, now, is_looking)
        if not handed.is_kept and target.order is None and target.hold != "idle":
            raise DealerError("text-without-order" if target.about is None else "text-closed", order=_number(target))
        return self._take(person, handed, target, inbox_id, now)

    def _target(self, found: Standing, handed: Handed, now: int, is_looking: bool) -> _Target:
        """A sibling of an album goes where the first one went, wherever its author is by now."""
        if handed.album_key is not None:
            first = conversations.first_of_album(handed.address, handed.album_key)
            if first is not None:
                return _beside(first)
        place = found.place
        if place is not None and not self._stages.has(place.stage):
            place = None  # the dealership has named its stages anew
        if place is None or is_looking:
            target = _Target(None, place.stage if place else None, "no_order")
        else:
            target = self._doubted(_checked(found.order, place.stage), place, handed, now)
        return self._answering(found.person, handed, target)

    def _doubted(self, target: _Target, place: Place, handed: Handed, now: int) -> _Target:
        """The wrong order is the worst mistake: after a pause, and just after a switch, he is asked.

        What lay on its way to us may have been begun before the switch, however long ago that is by now.
        """
        if target.order is None:
            return target
        if is_idle(place, now, self._idle_ms) and not _is_sure(handed, place):
            return _Target(None, target.stage, "idle", target.about)
        if is_after_switch(place, handed.kind, handed.handed_in_at(now)):
            return _Target(None, target.stage, "switch", target.about, (place.left_order_id, place.left_stage))
        return target

    def _answering(self, person: Person, handed: Handed, target: _Target) -> _Target:
        """A reply to a message about one order must not reach the client of another: words are refused, media wait."""
        if handed.reply_to is None:
            return target
        replied = conversations.by_copy_or_source(handed.address, handed.reply_to)
        order_id = replied.order_id if replied else screens.order_in(handed.address, handed.reply_to)
        if order_id is not None and (target.about is None or target.about.id != order_id):
            if not handed.is_kept:
                raise elsewhere(order_id)
            return self._between(person, target, order_id)
        if replied is not None and replied.side == "client" and target.about is not None:
            client = client_of(target.about)
            if client is None or client.id != replied.client_id:
                raise elsewhere(target.about.id)
        return target

    def _between(self, person: Person, target: _Target, order_id: int) -> _Target:
        """Either the order he is in or the one he replies about, with the stage he was last in there."""
        if target.hold not in (None, "idle", "switch"):
            return target
        stage = places.last_stage(person.id, order_id) or self._stages.all[0].folder
        return _Target(None, target.stage, "switch", target.about, (order_id, stage))

    def _take(self, person: Person, handed: Handed, target: _Target, inbox_id: int, now: int) -> Taken:
        order, stage = target.order, target.stage
        message_id, burst_id = conversations.add(
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
            payload=handed.payload,
        )
        media_id, hidden = None, handed.kind != "text" and self._is_hidden(target)
        if handed.file_id is not None:
            media_id = put_on_record(
                message_id, person.name, handed, order, stage, hidden, target.hold, self._timezone, now
            )
        if target.hold is not None:
            return _ask(person, message_id, message_id == burst_id, target, now)
        if target.is_recalled:
            conversations.take_back(message_id, now)
        elif order is not None and not hidden:
            parts = parts_of(handed.kind, handed.text)
            deliver(message_id, media_id, order, parts, inbox_id, now, is_wanted=media_id is not None)
        places.touch(person.id, handed.handed_in_at(now))
        want_status(handed.address, burst_id, now)
        return Taken(message_id)

    def _is_hidden(self, target: _Target) -> bool:
        """What may have been shot for the service's own needs counts as such until somebody says otherwise."""
        return self._stages.is_hidden(target.stage) or self._stages.is_hidden(target.left[1])


def _checked(order: WorkOrder | None, stage: str | None) -> _Target:
    if order is None or stage is None:
        return _Target(None, None, "no_order")
    if order.is_living or order.state == "ambiguous":
        return _Target(order, stage, None, order)
    return _Target(None, stage, "closed", order)  # a closed order takes nothing: it waits for another one


def _beside(first: Message) -> _Target:
    """Where the first of an album is by now: in its order, or still waiting for the same answer."""
    if first.order_id is not None:
        target = _checked(orders.order_by_id(first.order_id), first.stage)
        return replace(target, is_recalled=conversations.is_taken_back(first.id))
    hold = holds.by_id(first.hold_id) if first.hold_id else None
    if hold is None or hold.settled_at is not None:
        return _Target(None, None, "no_order")
    about = orders.order_by_id(hold.order_id) if hold.order_id else None
    return _Target(None, first.stage, hold.kind, about, (hold.left_order_id, hold.left_stage), hold.id)


def _is_sure(handed: Handed, place: Place) -> bool:
    """Words that reply to a message of this very order can't be about another."""
    if handed.kind != "text" or handed.reply_to is None:
        return False
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to)
    return replied is not None and replied.order_id is not None and replied.order_id == place.order_id


def _ask(person: Person, message_id: int, is_first: bool, target: _Target, now: int) -> Taken:
    """It joins an open question, which is said anew when something comes after a pause."""
    assert target.hold is not None and person.address is not None
    about = target.about.id if target.about else None
    hold_id = target.joins or holds.ask(person.id, target.hold, about, target.stage, target.left, now)
    holds.join(message_id, hold_id)
    want = screens.want_new if is_first else screens.want
    want(person.address, "hold", str(hold_id), now + QUESTION_DELAY_MS)
    return Taken(message_id, hold_id)


def want_status(address: str, burst_id: int, now: int) -> None:
    """The status line of a burst: soon, and once more as the last line when it has been quiet."""
    screens.want(address, "status", str(burst_id), now + STATUS_DELAY_MS, now + STATUS_REPEAT_MS)


def deliver(
    message_id: int,
    media_id: int | None,
    order: WorkOrder,
    parts: range,
    inbox_id: int,
    now: int,
    *,
    is_wanted: bool | None = None,
) -> None:
    """The way to the client: by his account if he is connected, else by his phone until he is.

    `is_wanted`: whether its file has yet to be fetched, where that is known.
    """
    client = client_of(order)
    address = client.address if client and client.connected else None
    recipient = client.id if client else 0
    for part in parts:
        is_media = part == 0 and media_id is not None
        state, reason = _first_state(
            order, address, is_media and (media.is_wanted(media_id) if is_wanted is None else is_wanted)
        )
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
        unique_id=handed.unique_id,
    )


def _first_state(order: WorkOrder, address: str | None, has_file: bool) -> tuple[str, str | None]:
    if order.phone is None or order.state in ("unreadable", "ambiguous"):
        return "held", "unreadable"
    if not order.is_confirmed:
        return "held", "phone_changed"
    if has_file:
        return "held", "media"
    return ("queued", None) if address else ("held", "not_connected")


def elsewhere(order_id: int | None) -> DealerError:
    """What he replied to is about this order, and he is not in it."""
    about = orders.order_by_id(order_id) if order_id else None
    return DealerError("reply-elsewhere", order=about.number if about else "")


def _replied(handed: Handed) -> int | None:
    if handed.reply_to is None:
        return None
    found = conversations.by_copy_or_source(handed.address, handed.reply_to)
    return found.id if found else None


def _number(target: _Target) -> str:
    return target.about.number if target.about else ""
