"""A client looks at his orders, and has their media sent once more."""

from dataclasses import dataclass

from database import orders, outbox, shown
from database.connection import Database
from database.shown import Shown
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person
from dealer_bot.services.talk import connected_person

LATELY_MS = 60 * 24 * 3600 * 1000
"""How long a closed order stays in the list."""


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """`shots`: how many files can come once more."""

    order: WorkOrder
    shots: int


class OwnOrders:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def all(self, person_id: int, now: int) -> list[WorkOrder]:
        """His open orders, then those closed lately. Raises DealerError."""
        return await self._db.read(_all, person_id, now)

    async def one(self, person_id: int, order_id: int) -> OwnOrder:
        """Raises DealerError where it is not, or no longer, his."""
        return await self._db.read(_one, person_id, order_id)

    async def send_again(self, person_id: int, order_id: int, inbox_id: int, now: int) -> int:
        """T1: what reached his chat comes once more; whether it may is looked at when it is sent. How many files.

        Raises DealerError.
        """
        return await self._db.write(_send_again, person_id, order_id, inbox_id, now)


def _all(person_id: int, now: int) -> list[WorkOrder]:
    person = connected_person(person_id)
    assert person.phone is not None
    return [*orders.living_of_phone(person.phone), *orders.former_of_phone(person.phone, now - LATELY_MS)]


def _one(person_id: int, order_id: int) -> OwnOrder:
    person, order = _his(person_id, order_id)
    return OwnOrder(order, len(_shots(person, order)))


def _send_again(person_id: int, order_id: int, inbox_id: int, now: int) -> int:
    person, order = _his(person_id, order_id)
    found = _shots(person, order)
    if not found or outbox.has(_key(found[0], order, person, 0, inbox_id)):
        return len(found)
    assert person.address is not None
    if shown.is_on_its_way(order.id, person.address):
        raise DealerError("again-on-its-way")
    for each in found:
        _queue(each, order, person, inbox_id, now)
    return len(found)


def _queue(each: Shown, order: WorkOrder, person: Person, inbox_id: int, now: int) -> None:
    """`at` stays that of the shot: what was handed in before the closing may be looked at after it."""
    for part in parts_of(each.kind, each.text):
        outbox.add_delivery(
            key=_key(each, order, person, part, inbox_id),
            kind="notice",
            message_id=each.message_id,
            order_id=order.id,
            at=each.at,
            due_at=now,
            address=person.address,
            to_phone=person.phone,
            to_client=True,
            media_id=each.media_id if part == 0 else None,
            hidden=False if part == 0 else None,
            args={"part": part} if part else None,
        )


def _key(each: Shown, order: WorkOrder, person: Person, part: int, inbox_id: int) -> str:
    return f"g{each.message_id}:{order.id}:{person.id}:{part}:{inbox_id}"


def _shots(person: Person, order: WorkOrder) -> list[Shown]:
    assert person.phone is not None and person.address is not None
    return shown.media_of(order.id, person.phone, person.address)


def _his(person_id: int, order_id: int) -> tuple[Person, WorkOrder]:
    person, order = connected_person(person_id), orders.order_by_id(order_id)
    if order is None or order.phone is None or order.phone != person.phone:
        raise DealerError("my-order-gone")
    return person, order
