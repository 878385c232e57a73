"""A send that nobody knows the fate of is repeated when a person asks for it; by itself it was repeated once."""

from database import people, retries, screens
from database.connection import Database
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.desk import crew_member
from dealer_bot.services.moving import own_burst
from dealer_bot.services.personnel import require_admin


class Retrying:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def burst(self, person_id: int, burst_id: int, inbox_id: int, now: int) -> None:
        """T1: all of one's own burst that may not have reached the client. Raises DealerError."""
        await self._db.write(_burst, person_id, burst_id, inbox_id, now)

    async def one(self, person_id: int, outbox_id: int, inbox_id: int, now: int) -> None:
        """T1: one delivery, for an admin or for the one it is to reach. Raises DealerError."""
        await self._db.write(_one, person_id, outbox_id, inbox_id, now)

    async def count(self, person_id: int) -> int:
        """How much there is to be sent once more. Raises DealerError."""
        return await self._db.read(_count, person_id)

    async def everything(self, person_id: int, inbox_id: int, now: int) -> None:
        """T1: all that failed, for an admin. Raises DealerError."""
        await self._db.write(_everything, person_id, inbox_id, now)


def _burst(person_id: int, burst_id: int, inbox_id: int, now: int) -> None:
    person = crew_member(person_id)
    own_burst(person, burst_id)
    if not people.is_recorded("retried", inbox_id):
        _retry(person, retries.of_burst(burst_id), inbox_id, now)


def _one(person_id: int, outbox_id: int, inbox_id: int, now: int) -> None:
    person, undecided = people.by_id(person_id), retries.one(outbox_id)
    if person is None or not person.active or not person.role.is_staff:
        raise DealerError("no-access")
    if people.is_recorded("retried", inbox_id):
        return
    is_for_him = undecided is not None and not undecided.to_client and undecided.address == person.address
    if undecided is not None and not is_for_him and person.role is not Role.ADMIN:
        raise DealerError("no-access")
    _retry(person, [undecided.id] if undecided else [], inbox_id, now)


def _count(person_id: int) -> int:
    require_admin(person_id)
    return len(retries.everything())


def _everything(person_id: int, inbox_id: int, now: int) -> None:
    admin = require_admin(person_id)
    if not people.is_recorded("retried", inbox_id):
        _retry(admin, retries.everything(), inbox_id, now)


def _retry(person: Person, outbox_ids: list[int], inbox_id: int, now: int) -> None:
    if not outbox_ids:
        raise DealerError("retry-nothing")
    assert person.address is not None
    order_id = retries.order_of(outbox_ids)
    people.record(
        person.address, "retried", str(order_id) if order_id else None, None, str(len(outbox_ids)), now, inbox_id
    )
    retries.send_again(outbox_ids, now)
    screens.touch_bursts(tuple(outbox_ids), now)
