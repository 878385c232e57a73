"""A client stops receiving and begins again; what came meanwhile waits for his word."""

from database import orders, outbox, people, screens
from database.connection import Database


class Receiving:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def pause(self, person_id: int, now: int) -> None:
        await self._db.write(_pause, person_id, now)

    async def resume(self, person_id: int, now: int) -> int:
        """How many messages wait for him."""
        return await self._db.write(_resume, person_id, now)

    async def take_waiting(self, person_id: int, wanted: bool, now: int) -> None:
        """What came while he did not want it: now, or never."""
        await self._db.write(_take_waiting, person_id, wanted, now)


def _pause(person_id: int, now: int) -> None:
    people.update(person_id, paused_at=now)
    _touch(person_id, now)


def _resume(person_id: int, now: int) -> int:
    people.update(person_id, paused_at=None)
    _touch(person_id, now)
    person = people.by_id(person_id)
    return outbox.held_count(person.address, "stopped") if person and person.address else 0


def _take_waiting(person_id: int, wanted: bool, now: int) -> None:
    person = people.by_id(person_id)
    if person is not None and person.address is not None:
        outbox.release_stopped(person.address, wanted, now)
        _touch(person_id, now)


def _touch(person_id: int, now: int) -> None:
    person = people.by_id(person_id)
    for order in orders.living_of_phone(person.phone) if person and person.phone else []:
        screens.touch_order(order.id, now)
