"""Where an employee works: into an order and a stage, and out again."""

from dataclasses import dataclass

from database import confirmations, orders, outbox, people, places, screens
from database.connection import Database
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.numbers import number_key
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.services.screens import client_of, client_state, seen_code


@dataclass(frozen=True, slots=True)
class Entered:
    order: WorkOrder
    stage: Stage
    client_state: str


@dataclass(frozen=True, slots=True)
class ClientPhone:
    """Whom to call; `phone` is E.164."""

    order: WorkOrder
    name: str | None
    phone: str


class CardChanged(Exception):
    """The card that was tapped shows another client than the order has now."""

    def __init__(self, order: WorkOrder) -> None:
        super().__init__("the card shows another client than the order has now")
        self.order = order


class Desk:
    def __init__(self, database: Database, stages: Stages) -> None:
        self._db, self.stages = database, stages

    async def enter(self, person_id: int, order_id: int, stage_code: str, seen: str, now: int) -> Entered:
        """Choose the stage, and with it confirm the client the card shows. Raises DealerError, CardChanged."""
        return await self._db.write(self._enter, person_id, order_id, stage_code, seen, now)

    async def answer(self, person_id: int, order_id: int, now: int) -> Entered:
        """Back into an order and the stage one last worked in there. Raises DealerError, CardChanged."""
        return await self._db.write(self._answer, person_id, order_id, now)

    async def leave(self, person_id: int, now: int) -> None:
        await self._db.write(_leave, person_id, now)

    async def recent(self, person_id: int) -> list[tuple[WorkOrder, Stage]]:
        """The last five orders, with the stage one was in."""
        return await self._db.read(self._recent, person_id)

    async def phone(self, person_id: int, order_id: int, inbox_id: int, now: int) -> ClientPhone:
        """T1: the client's whole phone, for who is in this order, and on record. Raises DealerError."""
        return await self._db.write(_phone, person_id, order_id, inbox_id, now)

    async def is_ambiguous(self, number: str) -> bool:
        """Whether two folders have this number."""
        found = await self._db.read(orders.order_by_key, number_key(number))
        return found is not None and found.state == "ambiguous"

    async def order(self, order_id: int) -> WorkOrder | None:
        return await self._db.read(orders.order_by_id, order_id)

    def _enter(self, person_id: int, order_id: int, stage_code: str, seen: str, now: int) -> Entered:
        person, order = crew_member(person_id), _answerable(order_id)
        stage = self.stages.by_code(stage_code)
        if stage is None:
            raise DealerError("stage-gone")
        if seen != seen_code(order):
            raise CardChanged(order)
        if order.phone is not None and order.state in ("open", "settling"):
            client = client_of(order)
            confirmations.confirm(order.id, order.phone)
            outbox.confirm(order.id, order.phone, client.address if client and client.connected else None, now)
        return self._settle_in(person, order, stage, now)

    def _answer(self, person_id: int, order_id: int, now: int) -> Entered:
        person, order = crew_member(person_id), _answerable(order_id)
        require_confirmed(order)
        last = places.last_stage(person_id, order_id)
        stage = self.stages.by_folder(last) or self.stages.all[0]
        return self._settle_in(person, order, stage, now)

    def _settle_in(self, person: Person, order: WorkOrder, stage: Stage, now: int) -> Entered:
        assert person.address is not None
        places.enter(person.id, order.id, stage.folder, now)
        screens.want(person.address, "pin", "", now)
        return Entered(order, stage, client_state(order, client_of(order)))

    def _recent(self, person_id: int) -> list[tuple[WorkOrder, Stage]]:
        found = []
        for order_id, folder in places.recent(person_id, 5):
            order = orders.order_by_id(order_id)
            stage = self.stages.by_folder(folder) or self.stages.all[0]
            if order is not None:
                found.append((order, stage))
        return found


def crew_member(person_id: int) -> Person:
    """The role is read where the effect happens. Raises DealerError."""
    return require_crew(people.by_id(person_id))


def require_crew(person: Person | None) -> Person:
    """Raises DealerError."""
    if person is None or not person.is_crew:
        raise DealerError("no-access")
    return person


def require_confirmed(order: WorkOrder) -> None:
    """Somebody has looked at the client this order has now. Raises CardChanged."""
    if order.phone is not None and not order.is_confirmed:
        raise CardChanged(order)


def _answerable(order_id: int) -> WorkOrder:
    order = orders.order_by_id(order_id)
    if order is None:
        raise DealerError("button-old")
    if order.state == "ambiguous":
        raise DealerError("order-ambiguous", order=order.number)
    if not order.is_living:
        raise DealerError("order-closed", order=order.number)
    return order


def _leave(person_id: int, now: int) -> None:
    person = people.by_id(person_id)
    if places.leave(person_id, now) and person is not None and person.address is not None:
        screens.want(person.address, "pin", "", now)


def _phone(person_id: int, order_id: int, inbox_id: int, now: int) -> ClientPhone:
    person, order, place = crew_member(person_id), orders.order_by_id(order_id), places.of(person_id)
    if order is None:
        raise DealerError("button-old")
    if person.role is not Role.ADMIN and (place is None or place.order_id != order_id):
        raise DealerError("phone-elsewhere", order=order.number)
    if order.phone is None:
        raise DealerError("phone-none", order=order.number)
    if not people.is_recorded("phone_shown", inbox_id):
        people.record(person.address or "", "phone_shown", str(order.id), None, None, now, inbox_id)
    client = client_of(order)
    return ClientPhone(order, (client.name if client else None) or order.client_name, order.phone)
