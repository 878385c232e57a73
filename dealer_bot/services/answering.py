"""What care, or whoever answers in its stead, says to a client outside orders."""

from dataclasses import dataclass
from datetime import UTC

from database import cases, chats, conversations, inbox, media, outbox, people, places, screens
from database.conversations import Message
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import Handed, parts_of
from dealer_bot.domain.people import Person, Role
from dealer_bot.services import owning
from dealer_bot.services.intake import elsewhere, put_on_record
from dealer_bot.services.naming import called_in_full, name_of
from dealer_bot.services.routing import likely_order


@dataclass(frozen=True, slots=True)
class Answered:
    """Whose message was answered; `waits`: why it does not reach him now, "stopped" or "blocked", if so."""

    client: str | None
    waits: str | None = None
    is_first: bool = True


def is_for_care(handed: Handed) -> bool:
    """Whether this replies to a client's message of no order or of a talk with care, or to what was answered there."""
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to) if handed.reply_to else None
    if replied is None or replied.side == "staff":
        return False
    return replied.side == "care" or replied.order_id is None or replied.case_id is not None


def answer_client(person_id: int, handed: Handed, inbox_id: int, now: int) -> Answered:
    """Raises DealerError."""
    person = people.by_id(person_id)
    if person is None or not person.active or not person.role.is_staff:
        raise DealerError("no-access")
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to) if handed.reply_to else None
    known = conversations.by_source(handed.address, handed.message_id)
    client = (
        people.by_id(known.client_id) if known and known.client_id else _addressed(person, handed, replied, inbox_id)
    )
    if client is None:
        raise DealerError("care-reply-first")
    if known is None:
        if not client.connected or not client.active:
            raise DealerError("care-client-away")
        _answer(person, client, handed, replied, inbox_id, now)
    is_first = handed.album_key is None or not conversations.has_elder(
        handed.address, handed.album_key, handed.message_id
    )
    return Answered(_named(client, person), _waits(client), is_first)


def answer_directly(person: Person, client: Person, handed: Handed, inbox_id: int, now: int) -> Answered:
    """To this client, whatever the mode. Raises DealerError."""
    if conversations.by_source(handed.address, handed.message_id) is None:
        if not client.connected or not client.active:
            raise DealerError("care-client-away")
        _answer(person, client, handed, None, inbox_id, now)
    return Answered(_named(client, person), _waits(client))


def _addressed(person: Person, handed: Handed, replied: Message | None, inbox_id: int) -> Person | None:
    """Whose message is replied to, whatever the mode; else where the album began; else whom the mode is about.

    Raises DealerError for a reply to what was said in an order.
    """
    first = conversations.first_of_album(handed.address, handed.album_key) if handed.album_key else None
    for message in (first, replied):
        if message is not None and message.client_id is not None and message.side in ("client", "care"):
            return people.by_id(message.client_id)
    if replied is not None and replied.side == "staff":  # it is about an order: the mode is about somebody else
        raise elsewhere(replied.order_id)
    if replied is None and handed.reply_to and (order_id := screens.order_in(handed.address, handed.reply_to)):
        raise elsewhere(order_id)
    place = None if inbox.is_again(inbox_id) else places.of(person.id)
    case = cases.by_id(place.case_id) if place and place.case_id else None
    return people.by_id(case.client_id) if case else None


def _waits(client: Person) -> str | None:
    if client.address is not None and chats.is_blocked(client.address):
        return "blocked"
    return "stopped" if client.paused_at is not None else None


def _named(client: Person, to: Person) -> str | None:
    """The whole phone of who has no name is for administrators and care alone."""
    return called_in_full(client) if to.role in (Role.ADMIN, Role.CARE) else name_of(client)


def _answer(person: Person, client: Person, handed: Handed, replied: Message | None, inbox_id: int, now: int) -> None:
    case, order = cases.open_of(client.id), likely_order(client)
    if case is not None and case.owner_id is None:
        owning.take(case.id, person, inbox_id, now)
    about_id = (replied.order_id or replied.about_id) if replied else None
    message_id, _ = conversations.add(
        source_address=handed.address,
        source_message_id=handed.message_id,
        author_id=person.id,
        client_id=client.id,
        side="care",
        kind=handed.kind,
        at=now,
        text=handed.text,
        entities=handed.entities,
        reply_to_id=replied.id if replied else None,
        album_key=handed.album_key,
        case_id=case.id if case else None,
        about_id=about_id or (order.id if order else None),
        payload=handed.payload,
    )
    media_id = None
    if handed.file_id:
        media_id = put_on_record(message_id, person.name, handed, None, None, False, None, UTC, now)
        media.drop(media_id)
    _deliver(message_id, media_id, handed, client, inbox_id, now)


def _deliver(message_id: int, media_id: int | None, handed: Handed, client: Person, inbox_id: int, now: int) -> None:
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
