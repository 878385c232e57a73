"""What was shot with no order chosen: kept, sent to nobody, and offered to the order chosen next."""

from dataclasses import dataclass

from database import conversations, media, orders, outbox, places, screens
from database.connection import Database
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.filenames import renumbered
from dealer_bot.domain.messages import parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.services.desk import crew_member
from dealer_bot.services.intake import deliver


@dataclass(frozen=True, slots=True)
class Placed:
    count: int
    order: WorkOrder
    stage: Stage


class Waiting:
    def __init__(self, database: Database, stages: Stages) -> None:
        self._db, self._stages = database, stages

    async def count(self, person_id: int, stage: str) -> int:
        """How many of them may go into this stage: what was shot for the service's own needs stays so."""
        return len(await self._db.read(media.waiting_of, person_id, self._stages.is_hidden(stage)))

    async def place(self, person_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        """T1: what waits goes into the order and stage he was asked about, if he is still there. Raises DealerError."""
        return await self._db.write(self._place, person_id, asked, inbox_id, now)

    async def drop(self, person_id: int, now: int) -> None:
        await self._db.write(_drop, person_id, now)

    def _place(self, person_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        crew_member(person_id)
        place = places.of(person_id)
        order = orders.order_by_id(place.order_id) if place and place.order_id else None
        stage = next((each for each in self._stages.all if place and each.folder == place.stage), None)
        if order is None or stage is None:
            raise DealerError("text-without-order")
        if (order.id, stage.code) != asked:
            raise DealerError("waiting-elsewhere")
        if not order.is_living:
            raise DealerError("order-closed", order=order.number)
        cause = f"i{inbox_id}"
        for media_id, message_id in media.waiting_of(person_id, self._stages.is_hidden(stage.folder)):
            self._put(media_id, message_id, order, stage, cause, inbox_id, now)
        return Placed(media.placed_by(cause, person_id), order, stage)

    def _put(
        self,
        media_id: int,
        message_id: int,
        order: WorkOrder,
        stage: Stage,
        cause: str,
        inbox_id: int,
        now: int,
    ) -> None:
        hidden, message = self._stages.is_hidden(stage.folder), conversations.by_id(message_id)
        assert message is not None
        outbox.withdraw(message_id, now)
        seq = media.next_seq(order.id, stage.folder)
        name = renumbered(media.name_of(media_id), seq)
        media.place(media_id, order.id, stage.folder, hidden, seq, name, cause)
        conversations.place(message_id, order.id, stage.folder)
        if not hidden:
            deliver(message_id, media_id, order, parts_of(message.kind, message.text), None, inbox_id, now)
        screens.touch_burst_of(message_id, now)


def _drop(person_id: int, now: int) -> None:
    for media_id, message_id in media.waiting_of(person_id, to_hidden=True):
        outbox.withdraw(message_id, now)
        media.drop(media_id)
        screens.touch_burst_of(message_id, now)
