"""Whom a client's words are for. Runs inside the transaction that takes them."""

from dataclasses import dataclass

from database import cases, chats, conversations, orders, outbox, people, places
from database.conversations import Message
from dealer_bot.domain.messages import Handed
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Role

CLOSED = ("closed", "gone")


@dataclass(frozen=True, slots=True)
class Route:
    """`served_by`: the employee it is for, None where it is for care or nobody served him yet.

    `is_inside`: it belongs to the order's own protocol. `is_talk`: it belongs to a case of care's.
    """

    order: WorkOrder | None
    readers: list[Person]
    served_by: Person | None = None
    is_inside: bool = False
    is_talk: bool = False


def route(person: Person, handed: Handed) -> Route:
    """A reply goes where the message it answers came from; else to care, if he talks with care; else to his server."""
    first = conversations.first_of_album(handed.address, handed.album_key) if handed.album_key else None
    beside = as_taken(first) if first is not None else None
    if beside is not None and beside.readers:
        return beside
    replied = conversations.by_copy_or_source(handed.address, handed.reply_to) if handed.reply_to else None
    if replied is not None:
        return _back(person, replied)
    if is_with_care(person.id):
        return to_care(person)
    served = conversations.last_served(handed.address)
    if served is not None:
        return to_order(person, *served)
    own = orders.living_of_phone(person.phone) if person.phone else []
    return to_order(person, own[0].id if len(own) == 1 else None, None)


def as_taken(message: Message) -> Route:
    """Where this message went: for its album's later items, and for whoever asks a second time."""
    order_id = message.order_id or message.about_id
    readers = [people.by_address(each.address) for each in outbox.recipients(message.id) if each.address]
    return Route(
        orders.order_by_id(order_id) if order_id else None,
        [each for each in dict.fromkeys(readers) if each is not None and each.active and each.role.is_staff],
        people.by_id(message.reader_id) if message.reader_id else None,
        message.order_id is not None,
        message.case_id is not None,
    )


def is_with_care(person_id: int) -> bool:
    """Until he ends it, or the case is closed."""
    place = places.of(person_id)
    if place is None or not place.is_with_care:
        return False
    case = cases.by_id(place.case_id) if place.case_id else None
    return case is None or case.closed_at is None


def _back(person: Person, replied: Message) -> Route:
    author = people.by_id(replied.author_id)
    order_id = replied.order_id or replied.about_id
    if replied.side == "staff":
        return to_order(person, order_id, replied.author_id)
    if replied.side == "client" and replied.case_id is None:
        return to_order(person, order_id, replied.reader_id)
    return to_care(person, author if replied.side == "care" else None)


def to_care(person: Person, author: Person | None = None) -> Route:
    """Care, and whoever else answered him in care's stead; without any, the administrators."""
    readers = [author] if author is not None and author.active and author.role.is_staff and author.address else []
    readers += [each for each in people.active_with_role(Role.CARE) if each not in readers]
    readers = readers or people.active_with_role(Role.ADMIN)
    return Route(likely_order(person), _but(person, readers), is_talk=True)


def likely_order(person: Person) -> WorkOrder | None:
    """The order a talk with care is probably about: the one he was served in last, else his only one."""
    served = conversations.last_served(person.address) if person.address else None
    order = orders.order_by_id(served[0]) if served else None
    if order is not None and order.phone == person.phone:
        return order
    own = orders.living_of_phone(person.phone) if person.phone else []
    return own[0] if len(own) == 1 else None


def to_order(person: Person, order_id: int | None, author_id: int | None) -> Route:
    """The author, else another who worked in the order, else care; where nobody has worked yet, the admins too."""
    order = orders.order_by_id(order_id) if order_id else None
    if order is not None and order.phone is not None and order.phone != person.phone:
        order = None  # not his any more: what he says goes to the same people, outside orders
    crew = dict.fromkeys([author_id] if author_id else [])
    crew |= dict.fromkeys(conversations.authors_of(order_id) if order_id else [])
    is_closed = order is not None and order.state in CLOSED
    is_inside = order is not None and not is_closed
    for reader in filter(None, map(people.by_id, crew)):
        if reader.is_crew and reader.id != person.id and _can_be_reached(reader):
            beside = [each for each in people.active_with_role(Role.CARE) if is_closed and each.id != reader.id]
            return Route(order, _but(person, [reader, *beside]), reader, is_inside, is_closed)
    care, admins = people.active_with_role(Role.CARE), people.active_with_role(Role.ADMIN)
    readers = care or admins if crew else care + admins
    return Route(order, _but(person, readers), None, is_inside, True)


def _can_be_reached(reader: Person) -> bool:
    """Who has blocked the bot is passed over, as who is inactive."""
    return reader.address is not None and not chats.is_blocked(reader.address)


def _but(person: Person, readers: list[Person]) -> list[Person]:
    """Nobody reads himself."""
    return [each for each in readers if each.id != person.id]
