"""What waits for its author's word: kept, sent to nobody, until a button says where it belongs."""

from dataclasses import dataclass

from database import conversations, holds, media, orders, outbox, people, places, screens
from database.connection import Database
from database.holds import Held
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.filenames import renumbered
from dealer_bot.domain.holds import Hold
from dealer_bot.domain.messages import parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.services.desk import crew_member, require_confirmed
from dealer_bot.services.intake import deliver, want_status


@dataclass(frozen=True, slots=True)
class Placed:
    """`enters`: the answer has also taken him into this order."""

    count: int
    order: WorkOrder
    stage: Stage
    enters: bool = False


class Waiting:
    def __init__(self, database: Database, stages: Stages) -> None:
        self._db, self._stages = database, stages

    async def count(self, person_id: int, stage: str) -> int:
        """How much of it may go into this stage: what was shot for the service's own needs stays so."""
        return len(await self._db.read(holds.waiting_of, person_id, self._stages.is_hidden(stage)))

    async def place(self, person_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        """T1: what waits goes into the order and stage he was asked about, if he is still there. Raises DealerError."""
        return await self._db.write(self._place, person_id, asked, inbox_id, now)

    async def drop(self, person_id: int, inbox_id: int, now: int) -> None:
        """T1: all that waits for him is deleted. Raises DealerError."""
        await self._db.write(_drop, person_id, inbox_id, now)

    async def answer(self, person_id: int, hold_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        """T1: what waits for this one answer goes into that order and stage. Raises DealerError, CardChanged."""
        return await self._db.write(self._answer, person_id, hold_id, asked, inbox_id, now)

    async def drop_one(self, person_id: int, hold_id: int, inbox_id: int, now: int) -> None:
        """T1: what waits for this one answer is deleted. Raises DealerError."""
        await self._db.write(_drop_one, person_id, hold_id, inbox_id, now)

    def _place(self, person_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        crew_member(person_id)
        place = places.of(person_id)
        order = orders.order_by_id(place.order_id) if place and place.order_id else None
        stage = self._stages.by_folder(place.stage) if place else None
        if order is None or stage is None:
            raise DealerError("text-without-order")
        if (order.id, stage.code) != asked:
            raise DealerError("waiting-elsewhere")
        placeable(order)
        held = holds.waiting_of(person_id, self._stages.is_hidden(stage.folder))
        _require_any(held, inbox_id)
        self._put(held, order, stage, inbox_id, now)
        return Placed(holds.settled_by(inbox_id), order, stage)

    def _answer(self, person_id: int, hold_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        person, hold = crew_member(person_id), _own(hold_id, person_id)
        order, stage = orders.order_by_id(asked[0]), self._stages.by_code(asked[1])
        if order is None or stage is None:
            raise DealerError("stage-gone")
        if (count := holds.settled_by(inbox_id)) > 0:
            return Placed(count, order, stage, _leads_elsewhere(hold, order, stage))
        held = self._answerable(hold, order, stage)
        require_confirmed(order)
        self._put(held, order, stage, inbox_id, now)
        _follow(person, hold, order, stage, now)
        return Placed(len(held), order, stage, _leads_elsewhere(hold, order, stage))

    def _answerable(self, hold: Hold, order: WorkOrder, stage: Stage) -> list[Held]:
        """Raises DealerError: answered before, the order is closed, or it would show what clients never see."""
        if hold.settled_at is not None:
            raise DealerError("hold-answered")
        placeable(order)
        held = holds.waiting_in(hold.id)
        is_named = hold.kind == "switch" and hold.offers(order.id, stage.folder)
        if any(each.hidden for each in held) and not self._stages.is_hidden(stage.folder) and not is_named:
            raise DealerError("hold-hidden")
        return held

    def _put(self, held: list[Held], order: WorkOrder, stage: Stage, inbox_id: int, now: int) -> None:
        holds.settle(held, inbox_id, (order.id, stage.folder), now)
        for each in held:
            self._put_one(each, order, stage, inbox_id, now)
        _show_answered(held, now)

    def _put_one(self, held: Held, order: WorkOrder, stage: Stage, inbox_id: int, now: int) -> None:
        message = conversations.by_id(held.message_id)
        assert message is not None
        hidden = self._stages.is_hidden(stage.folder) and message.kind != "text"  # words alone leave it
        if held.media_id is not None:
            seq = media.next_seq(order.id, stage.folder)
            name = renumbered(media.name_of(held.media_id), seq)
            media.place(held.media_id, order.id, stage.folder, hidden, seq, name)
        conversations.place(message.id, order.id, stage.folder)
        if not hidden:
            deliver(message.id, held.media_id, order, parts_of(message.kind, message.text), inbox_id, now)
        want_status(message.source_address, conversations.burst_of(message.id), now)


def placeable(order: WorkOrder) -> None:
    """Only a living order takes anything. Raises DealerError."""
    if order.state == "ambiguous":
        raise DealerError("order-ambiguous", order=order.number)
    if not order.is_living:
        raise DealerError("order-closed", order=order.number)


def _own(hold_id: int, person_id: int) -> Hold:
    hold = holds.by_id(hold_id)
    if hold is None or hold.person_id != person_id:
        raise DealerError("hold-answered")
    return hold


def _leads_elsewhere(hold: Hold, order: WorkOrder, stage: Stage) -> bool:
    """Another order than those he was asked about."""
    return hold.kind != "switch" and not hold.offers(order.id, stage.folder)


def is_in(person: Person, order_id: int | None, folder: str | None) -> bool:
    """Whether this is where he is now."""
    place = places.of(person.id)
    return place is not None and (place.order_id, place.stage) == (order_id, folder)


def _follow(person: Person, hold: Hold, order: WorkOrder, stage: Stage, now: int) -> None:
    """The answer is activity; another order than the one asked about is where he is from now on."""
    assert person.address is not None
    if _leads_elsewhere(hold, order, stage) or is_in(person, order.id, stage.folder):
        places.enter(person.id, order.id, stage.folder, now)
        screens.want(person.address, "pin", "", now)


def _show_answered(held: list[Held], now: int) -> None:
    for hold_id in dict.fromkeys(each.hold_id for each in held):
        hold = holds.by_id(hold_id)
        author = people.by_id(hold.person_id) if hold else None
        if author is not None and author.address is not None:
            screens.want(author.address, "hold", str(hold_id), now)


def _drop(person_id: int, inbox_id: int, now: int) -> None:
    crew_member(person_id)
    held = holds.waiting_of(person_id, to_hidden=True)
    _require_any(held, inbox_id)
    throw_away(held, inbox_id, now)


def _require_any(held: list[Held], inbox_id: int) -> None:
    """An old question may have been answered elsewhere. Raises DealerError."""
    if not held and not holds.settled_by(inbox_id):
        raise DealerError("hold-answered")


def _drop_one(person_id: int, hold_id: int, inbox_id: int, now: int) -> None:
    crew_member(person_id)
    if _own(hold_id, person_id).settled_at is not None:
        if holds.settled_by(inbox_id):
            return
        raise DealerError("hold-answered")
    throw_away(holds.waiting_in(hold_id), inbox_id, now)


def throw_away(held: list[Held], inbox_id: int, now: int) -> None:
    """Deleted, unsent; their questions say so."""
    holds.settle(held, inbox_id, None, now)
    for each in held:
        outbox.withdraw(each.message_id, now)
        if each.media_id is not None:
            media.drop(each.media_id)
    _show_answered(held, now)
