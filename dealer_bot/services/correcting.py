"""A client says that what he wrote was about another of his orders: it moves there, and both readers know."""

from database import cases, conversations, media, moving, orders, outbox
from database.connection import Database
from database.conversations import Message
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.filenames import renumbered
from dealer_bot.domain.messages import UNKEPT, WITHOUT_CAPTION
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person
from dealer_bot.services.routing import Route, as_taken, to_order
from dealer_bot.services.talk import Passed, connected_person, pass_on, passed


class Correcting:
    def __init__(self, database: Database, client_folder: str) -> None:
        self._db, self._folder = database, client_folder

    async def others(self, person_id: int, message_id: int) -> list[WorkOrder]:
        """His orders that the message may be about instead. Raises DealerError."""
        return await self._db.read(_others, person_id, message_id)

    async def move(self, person_id: int, message_id: int, order_id: int, inbox_id: int, now: int) -> Passed:
        """T1: the message, with its album, belongs to this order now. Raises DealerError."""
        return await self._db.write(self._move, person_id, message_id, order_id, inbox_id, now)

    def _move(self, person_id: int, message_id: int, order_id: int, inbox_id: int, now: int) -> Passed:
        person, message = _own(person_id, message_id)
        order = orders.order_by_id(order_id)
        if order is None or order.phone != person.phone or not order.is_living:
            raise DealerError("about-closed", order=order.number if order else "")
        if message.order_id == order_id:
            return passed(person, message.id, as_taken(message))
        way = to_order(person, order_id, None)
        case_id = cases.opened(person.id, now) if way.is_talk else None
        album = conversations.album_of(message)
        for each in album:
            leads = len(album) > 1 and each is album[0]
            self._move_one(each, way, order, case_id, leads, inbox_id, now)
        return passed(person, message.id, way)

    def _move_one(
        self, message: Message, way: Route, order: WorkOrder, case_id: int | None, leads: bool, inbox_id: int, now: int
    ) -> None:
        for former in outbox.recipients(message.id):
            if former.address is not None:
                _tell_former(message, former.address, former.order_id, order, inbox_id, now)
        outbox.withdraw(message.id, now)
        conversations.move(message.id, order.id, way.served_by.id if way.served_by else None, case_id)
        media_id = media.of_message(message.id)
        if media_id is not None and message.kind not in UNKEPT:
            self._move_file(media_id, order)
        for reader in way.readers:
            pass_on(message.id, media_id, message.kind, message.text, order, reader, inbox_id, now, leads=leads)

    def _move_file(self, media_id: int, order: WorkOrder) -> None:
        """Into the other folder, wherever it lies or is on its way to; out of none if the order had been closed."""
        media.want(media_id)
        seq = media.next_seq(order.id, self._folder)
        moving.move(media_id, order.id, self._folder, False, seq, renumbered(media.name_of(media_id), seq))


def _own(person_id: int, message_id: int) -> tuple[Person, Message]:
    person, message = connected_person(person_id), conversations.by_id(message_id)
    if message is None or message.side != "client" or message.author_id != person.id:
        raise DealerError("button-strange")
    return person, message


def _others(person_id: int, message_id: int) -> list[WorkOrder]:
    person, message = _own(person_id, message_id)
    current = message.order_id or message.about_id
    found = [each for each in orders.living_of_phone(person.phone or "") if each.id != current]
    if not found:
        raise DealerError("about-none")
    return found


def _tell_former(
    message: Message, address: str, former_order_id: int | None, order: WorkOrder, inbox_id: int, now: int
) -> None:
    """His copy says so; it waits its turn behind a send in flight."""
    part = 1 if message.kind in WITHOUT_CAPTION else 0
    outbox.add_delivery(
        key=f"x{message.id}:{former_order_id}:{address}:{part}:{inbox_id}",
        message_id=message.id,
        order_id=former_order_id,
        at=now,
        address=address,
        op="edit",
        args={"part": part, "moved_to": order.number},
    )
