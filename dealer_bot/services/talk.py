"""What clients write and what they are answered outside orders: each word finds the person it was meant for."""

from dataclasses import dataclass
from datetime import tzinfo

from database import cases, conversations, media, orders, outbox, people, places
from database.connection import Database
from database.conversations import Message
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import ANSWER_PART, Handed, parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.answering import Answered, answer_client, is_for_care
from dealer_bot.services.attention import Attention
from dealer_bot.services.intake import put_on_record
from dealer_bot.services.mending import Uncarried, revise
from dealer_bot.services.routing import Route, as_taken, is_with_care, route


@dataclass(frozen=True, slots=True)
class Passed:
    """Who got it: an employee's name, or nobody but care and the administrators.

    `has_others`: it may have been about another of his orders. `is_asked`: he talks with care.
    `is_paused`: he has stopped receiving, answers too.
    """

    message_id: int
    order: WorkOrder | None
    to: str | None
    is_first: bool = True
    is_heard: bool = True
    is_asked: bool = False
    has_others: bool = False
    is_paused: bool = False


class Talk:
    def __init__(self, database: Database, client_folder: str, timezone: tzinfo, attention: Attention) -> None:
        self._db, self._folder, self._timezone, self._attention = database, client_folder, timezone, attention

    async def from_client(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Passed:
        """T1 of anything a client sends. Raises DealerError."""
        return await self._db.write(self._from_client, person_id, handed, inbox_id, now)

    async def to_client(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Answered:
        """T1 of what care, or whoever answers in its stead, sends to a client outside orders. Raises DealerError."""
        return await self._db.write(answer_client, person_id, handed, inbox_id, now)

    async def is_outside(self, handed: Handed) -> bool:
        """Whether this replies to what was said outside orders, or in a talk with care."""
        return await self._db.read(is_for_care, handed)

    async def is_as_client(self, person_id: int, handed: Handed) -> bool:
        """Whether this replies to what reached this person as the client of his own car, or continues such an album."""
        return await self._db.read(_is_as_client, person_id, handed)

    async def is_begun_elsewhere(self, handed: Handed) -> bool:
        """Whether its album began in an order: the rest follows, wherever the author is by now."""
        return await self._db.read(_is_begun_elsewhere, handed)

    async def revise(self, handed: Handed, inbox_id: int, now: int) -> Uncarried | None:
        """T1 of an edited message: every copy follows that can."""
        return await self._db.write(self._revise, handed, inbox_id, now)

    def _from_client(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Passed:
        person = connected_person(person_id)
        known = conversations.by_source(handed.address, handed.message_id)
        way = as_taken(known) if known is not None else route(person, handed)
        message_id = known.id if known is not None else self._take(person, handed, way, inbox_id, now)
        is_first = not _has_elder(handed)
        return passed(person, message_id, way, is_first)

    def _revise(self, handed: Handed, inbox_id: int, now: int) -> Uncarried | None:
        uncarried = revise(handed, inbox_id, now)
        message = conversations.by_source(handed.address, handed.message_id)
        if message is not None and message.side == "client" and message.text == handed.text:
            self._attention.notice(message.id, message.text, _name_of(message.reader_id), now)
        return uncarried

    def _take(self, person: Person, handed: Handed, way: Route, inbox_id: int, now: int) -> int:
        case_id = cases.opened(person.id, now) if way.is_talk else None
        if case_id is not None and person.role is Role.CLIENT and is_with_care(person.id) and not way.is_inside:
            places.enter_care(person.id, case_id, now)
        message_id = _store(person, handed, way, case_id, now)
        media_id = self._keep_file(message_id, person, handed, way, now) if handed.file_id else None
        leads = handed.album_key is not None and not _has_elder(handed)
        for reader in way.readers:
            pass_on(message_id, media_id, handed.kind, handed.text, way.order, reader, inbox_id, now, leads=leads)
        if handed.payload is None:  # a place or a card of the phone book is nobody's own words
            self._attention.notice(message_id, handed.text, way.served_by.name if way.served_by else None, now)
        return message_id

    def _keep_file(self, message_id: int, person: Person, handed: Handed, way: Route, now: int) -> int:
        """Passed on by file id at once; on an open order it is kept in the folder for what clients send, too."""
        is_kept = handed.is_kept and way.is_inside and way.order is not None and way.order.is_living
        media_id = put_on_record(
            message_id,
            person.name or (way.order.client_name if way.order else None) or "клиент",
            handed,
            way.order if is_kept else None,
            self._folder if is_kept else None,
            False,
            None,
            self._timezone,
            now,
        )
        if not is_kept:
            media.drop(media_id)
        return media_id


def _name_of(person_id: int | None) -> str | None:
    person = people.by_id(person_id) if person_id else None
    return person.name if person else None


def _has_elder(handed: Handed) -> bool:
    """Whether it belongs to an album of which something was taken before."""
    return handed.album_key is not None and conversations.has_elder(handed.address, handed.album_key, handed.message_id)


def _first_of_album(handed: Handed) -> Message | None:
    return conversations.first_of_album(handed.address, handed.album_key) if handed.album_key else None


def _is_as_client(person_id: int, handed: Handed) -> bool:
    first = _first_of_album(handed)
    if first is not None and first.source_message_id != handed.message_id:
        return first.side == "client"
    return conversations.is_delivered_to(person_id, handed.address, handed.reply_to)


def _is_begun_elsewhere(handed: Handed) -> bool:
    first = _first_of_album(handed)
    return first is not None and first.side == "staff"


def connected_person(person_id: int) -> Person:
    """Somebody with a proved phone, whatever his level. Raises DealerError."""
    person = people.by_id(person_id)
    if person is None or not person.active or not person.connected:
        raise DealerError("no-access")
    return person


def passed(person: Person, message_id: int, way: Route, is_first: bool = True) -> Passed:
    """What the client is told of it."""
    own = orders.living_of_phone(person.phone) if person.phone else []
    is_asked = way.is_talk and way.served_by is None and not way.is_inside
    return Passed(
        message_id,
        way.order,
        way.served_by.name if way.served_by else None,
        is_first,
        bool(way.readers),
        is_asked,
        not is_asked and any(way.order is None or each.id != way.order.id for each in own),
        person.paused_at is not None,
    )


def _store(person: Person, handed: Handed, way: Route, case_id: int | None, now: int) -> int:
    """What belongs to no open order goes to the protocol outside orders, the order named in its line."""
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to) if handed.reply_to else None
    order_id = way.order.id if way.order else None
    return conversations.add(
        source_address=handed.address,
        source_message_id=handed.message_id,
        author_id=person.id,
        client_id=person.id,
        side="client",
        kind=handed.kind,
        at=now,
        order_id=order_id if way.is_inside else None,
        text=handed.text,
        entities=handed.entities,
        reply_to_id=replied.id if replied else None,
        album_key=handed.album_key,
        case_id=case_id,
        about_id=None if way.is_inside else order_id,
        reader_id=way.served_by.id if way.served_by else None,
        payload=handed.payload,
    ).id


def pass_on(
    message_id: int,
    media_id: int | None,
    kind: str,
    text: str,
    order: WorkOrder | None,
    reader: Person,
    inbox_id: int,
    now: int,
    *,
    leads: bool = False,
) -> None:
    """A client's message on its way to one of its readers; `leads`: it is the first of an album."""
    for part in [*parts_of(kind, text), *([ANSWER_PART] if leads else [])]:
        is_media = part == 0 and media_id is not None
        outbox.add_delivery(
            key=f"m{message_id}:{order.id if order else 0}:{reader.id}:{part}:{inbox_id}",
            message_id=message_id,
            order_id=order.id if order else None,
            at=now,
            address=reader.address,
            media_id=media_id if is_media else None,
            hidden=False if is_media else None,
            args={"part": part} if part else None,
        )
