"""What clients write, and what is written anew: each word finds the person it was meant for."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from database import conversations, media, orders, outbox, people, screens
from database.connection import Database
from database.outbox import Recipient
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import Handed, parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.intake import put_on_record

CLOSED = ("closed", "gone")


@dataclass(frozen=True, slots=True)
class Passed:
    """Who got it: an employee's name, or nobody but care and the administrators."""

    order: WorkOrder | None
    to: str | None
    is_first: bool = True
    is_heard: bool = True


@dataclass(frozen=True, slots=True)
class Answered:
    """Whose message was answered."""

    client: str | None


@dataclass(frozen=True, slots=True)
class _Route:
    order: WorkOrder | None
    readers: list[Person]
    is_served: bool


class Talk:
    def __init__(self, database: Database, client_folder: str, timezone: tzinfo) -> None:
        self._db, self._folder, self._timezone = database, client_folder, timezone

    async def from_client(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Passed:
        """T1 of anything a client sends. Raises DealerError."""
        return await self._db.write(self._from_client, person_id, handed, inbox_id, now)

    async def to_client(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Answered:
        """T1 of a Telegram reply to what a client wrote to care or outside orders. Raises DealerError."""
        return await self._db.write(_to_client, person_id, handed, inbox_id, now)

    async def is_outside(self, handed: Handed) -> bool:
        """Whether this replies to a client's message that belongs to no order."""
        return await self._db.read(_is_outside, handed)

    async def revise(self, handed: Handed, inbox_id: int, now: int) -> None:
        """T1 of an edited message: both versions are kept, every copy that has gone is edited."""
        await self._db.write(_revise, handed, inbox_id, now)

    def _from_client(self, person_id: int, handed: Handed, inbox_id: int, now: int) -> Passed:
        known = conversations.by_source(handed.address, handed.message_id)
        person = people.by_id(person_id)
        if person is None or not person.active or not person.connected:
            raise DealerError("no-access")
        route = _route(person, handed)
        name = route.readers[0].name if route.is_served else None
        is_first = handed.album_key is None or not conversations.has_elder(
            handed.address, handed.album_key, handed.message_id
        )
        if known is not None:
            return Passed(route.order, name, is_first, bool(route.readers))
        message_id = _store(person, handed, route.order, now)
        media_id = self._keep_file(message_id, person, handed, route.order, now) if handed.file_id else None
        for reader in route.readers:
            _pass_on(message_id, media_id, handed, route.order, reader, inbox_id, now)
        return Passed(route.order, name, is_first, bool(route.readers))

    def _keep_file(self, message_id: int, person: Person, handed: Handed, order: WorkOrder | None, now: int) -> int:
        """Passed on by file id at once; on an open order it is kept in the folder for what clients send, too."""
        is_open = order is not None and order.is_living
        folder = self._folder if is_open else None
        media_id = put_on_record(
            message_id,
            person.name or (order.client_name if order else None) or "клиент",
            handed,
            order if is_open else None,
            folder,
            False,
            None,
            self._timezone,
            now,
        )
        if not is_open:
            media.drop(media_id)
        return media_id


def _route(person: Person, handed: Handed) -> _Route:
    """A reply goes where the message it answers came from; else to who served him last; else to care and admins."""
    order_id, author_id = _addressed(person, handed)
    order = orders.order_by_id(order_id) if order_id else None
    if order is not None and order.phone is not None and order.phone != person.phone:
        order = None  # not his any more: what he says goes to the same people, outside orders
    staff = [author_id] if author_id else []
    staff += [each for each in (conversations.authors_of(order_id) if order_id else []) if each not in staff]
    for person_id in staff:
        reader = people.by_id(person_id)
        if reader is not None and reader.is_crew and reader.address is not None and reader.id != person.id:
            is_closed = order is not None and order.state in CLOSED
            return _Route(order, [reader, *(people.active_with_role(Role.CARE) if is_closed else [])], True)
    return _Route(order, people.active_with_role(Role.CARE, Role.ADMIN), False)


def _addressed(person: Person, handed: Handed) -> tuple[int | None, int | None]:
    assert person.address is not None
    if handed.reply_to is not None:
        replied = conversations.by_copy_or_source(handed.address, handed.reply_to)
        if replied is not None and replied.order_id is not None:
            return replied.order_id, replied.author_id if replied.side == "staff" else None
    served = conversations.last_served(person.address)
    if served is not None:
        return served
    own = orders.living_of_phone(person.phone) if person.phone else []
    return (own[0].id, None) if len(own) == 1 else (None, None)


def _store(person: Person, handed: Handed, order: WorkOrder | None, now: int) -> int:
    """What belongs to no open order goes to the protocol outside orders."""
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to) if handed.reply_to else None
    return conversations.add(
        source_address=handed.address,
        source_message_id=handed.message_id,
        author_id=person.id,
        client_id=person.id,
        side="client",
        kind=handed.kind,
        at=now,
        order_id=order.id if order and order.state not in CLOSED else None,
        text=handed.text,
        entities=handed.entities,
        reply_to_id=replied.id if replied else None,
        album_key=handed.album_key,
    )


def _pass_on(
    message_id: int,
    media_id: int | None,
    handed: Handed,
    order: WorkOrder | None,
    reader: Person,
    inbox_id: int,
    now: int,
) -> None:
    for part in parts_of(handed.kind, handed.text):
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


def _revise(handed: Handed, inbox_id: int, now: int) -> None:
    message = conversations.by_source(handed.address, handed.message_id)
    author = people.by_address(handed.address)
    if message is None or author is None or not author.active or not _may_mend(author, message.side):
        return
    version = conversations.revise(message.id, handed.text, handed.entities, now)
    if version is None:
        return
    before, after = set(parts_of(message.kind, message.text)), set(parts_of(message.kind, handed.text))
    for recipient in outbox.recipients(message.id):
        for part in sorted(before | after):
            op = "edit" if part in before & after else "send" if part in after else "delete"
            _carry_edit(message.id, version, recipient, part, op, inbox_id, now)
    screens.touch_burst_of(message.id, now)


def _may_mend(author: Person, side: str) -> bool:
    """The role is looked at again: who has left can't change what he told a client."""
    return side == "client" or (author.is_crew if side == "staff" else author.role.is_staff)


def _carry_edit(
    message_id: int, version: int, recipient: Recipient, part: int, op: str, inbox_id: int, now: int
) -> None:
    """What has not gone yet is rendered from the newest version anyway; only a part it did not have is added."""
    if op != "send" and recipient.address is None:
        return
    outbox.add_delivery(
        key=f"e{message_id}:{version}:{recipient.address or recipient.to_phone}:{part}:{inbox_id}",
        message_id=message_id,
        order_id=recipient.order_id,
        at=now,
        address=recipient.address,
        to_phone=recipient.to_phone,
        to_client=recipient.to_client,
        op=op,
        state="queued" if recipient.reason is None else "held",
        reason=recipient.reason,
        args={"part": part} if part else None,
    )


def _is_outside(handed: Handed) -> bool:
    replied = conversations.by_copy(handed.address, handed.reply_to) if handed.reply_to else None
    return replied is not None and replied.side == "client" and replied.order_id is None


def _to_client(person_id: int, handed: Handed, inbox_id: int, now: int) -> Answered:
    person = people.by_id(person_id)
    if person is None or not person.active or not person.role.is_staff:
        raise DealerError("no-access")
    replied = conversations.by_copy(handed.address, handed.reply_to) if handed.reply_to else None
    client = people.by_id(replied.client_id) if replied and replied.client_id else None
    if replied is None or client is None:
        raise DealerError("care-reply-first")
    if conversations.by_source(handed.address, handed.message_id) is not None:
        return Answered(client.name)
    if not client.connected or not client.active:
        raise DealerError("care-client-away")
    message_id = conversations.add(
        source_address=handed.address,
        source_message_id=handed.message_id,
        author_id=person.id,
        client_id=client.id,
        side="care",
        kind=handed.kind,
        at=now,
        text=handed.text,
        entities=handed.entities,
        reply_to_id=replied.id,
        album_key=handed.album_key,
    )
    media_id = None
    if handed.file_id:
        media_id = put_on_record(message_id, person.name, handed, None, None, False, None, UTC, now)
        media.drop(media_id)
    for part in parts_of(handed.kind, handed.text):
        is_media = part == 0 and media_id is not None
        outbox.add_delivery(
            key=f"m{message_id}:0:{client.id}:{part}:{inbox_id}",
            message_id=message_id,
            order_id=None,
            at=now,
            address=client.address,
            to_phone=client.phone,
            to_client=True,
            media_id=media_id if is_media else None,
            hidden=False if is_media else None,
            args={"part": part} if part else None,
        )
    return Answered(client.name)
