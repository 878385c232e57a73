"""What was shot into the wrong order goes to the right one, and what a client should not have seen is taken back."""

from dataclasses import dataclass

from database import conversations, holds, media, moving, orders, people, places, recalls, screens, settling
from database.connection import Database
from database.conversations import Message
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.filenames import renumbered
from dealer_bot.domain.messages import parts_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.domain.views import Spot
from dealer_bot.services.desk import crew_member, require_confirmed
from dealer_bot.services.intake import deliver, want_status
from dealer_bot.services.questions import recent_spots, spot
from dealer_bot.services.waiting import Placed, is_in, placeable, throw_away

RECALL_MS = 48 * 3600 * 1000
"""Telegram lets a bot delete its messages for this long (Bot API, deleteMessages)."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Where a burst may go by one tap, and how many messages it has."""

    count: int
    spots: tuple[Spot, ...]


class Moving:
    def __init__(self, database: Database, stages: Stages) -> None:
        self._db, self._stages = database, stages

    async def choices(self, person_id: int, burst_id: int) -> Choices:
        """Other stages of its order, and the orders he was in lately. Raises DealerError."""
        return await self._db.read(self._choices, person_id, burst_id)

    async def is_elsewhere(self, burst_id: int, order_id: int, folder: str) -> bool:
        """Whether something of this burst lies in another order or stage."""
        messages = await self._db.read(conversations.of_burst, burst_id)
        return any((each.order_id, each.stage) != (order_id, folder) for each in messages)

    async def move(self, person_id: int, burst_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        """T1 of "Не туда": the burst gets another order and stage. Raises DealerError, CardChanged."""
        return await self._db.write(self._move, person_id, burst_id, asked, inbox_id, now)

    async def recall(self, person_id: int, burst_id: int, inbox_id: int, now: int) -> int:
        """T1 of "Отозвать": the client's copies of a burst are taken back; how many messages. Raises DealerError."""
        return await self._db.write(_recall_burst, person_id, burst_id, inbox_id, now)

    async def recall_one(self, person_id: int, source: tuple[str, int], inbox_id: int, now: int) -> int:
        """T1 of a reply with /undo: how many messages are taken back, 0 if it had not gone yet and is deleted.

        `source`: chat and message that was replied to. Raises DealerError.
        """
        return await self._db.write(_recall_one, person_id, source, inbox_id, now)

    def _choices(self, person_id: int, burst_id: int) -> Choices:
        messages = own_burst(crew_member(person_id), burst_id)
        order_id, folder = messages[0].order_id, messages[0].stage
        stages = [spot(order_id, each.folder, self._stages) for each in self._stages.all if each.folder != folder]
        others = [each for each in recent_spots(person_id, self._stages) if each.order_id != order_id]
        found = [*others, *(each for each in stages if each is not None)]
        return Choices(len(messages), tuple(each for each in found if self._may_go(folder, each.stage_code)))

    def _may_go(self, folder: str | None, stage_code: str) -> bool:
        """What was shot for the service's own needs is offered only to its stage."""
        stage = self._stages.by_code(stage_code)
        return stage is not None and (not self._stages.is_hidden(folder) or self._stages.is_hidden(stage.folder))

    def _move(self, person_id: int, burst_id: int, asked: tuple[int, str], inbox_id: int, now: int) -> Placed:
        person = crew_member(person_id)
        messages = own_burst(person, burst_id)
        order, stage = orders.order_by_id(asked[0]), self._stages.by_code(asked[1])
        if order is None or stage is None:
            raise DealerError("stage-gone")
        if people.is_recorded("moved", inbox_id):
            return Placed(len(messages), order, stage, is_in(person, order.id, stage.folder))
        self._check(messages, order, stage)
        was_there = is_in(person, messages[0].order_id, messages[0].stage)
        _record(person, "moved", messages[0], f"{order.number}/{stage.folder}", inbox_id, now)
        for message in messages:
            self._move_one(message, order, stage, inbox_id, now)
        if was_there:
            assert person.address is not None
            places.enter(person.id, order.id, stage.folder, now)
            screens.want(person.address, "pin", "", now)
        want_status(messages[0].source_address, burst_id, now)
        return Placed(len(messages), order, stage, was_there)

    def _check(self, messages: list[Message], order: WorkOrder, stage: Stage) -> None:
        if all((each.order_id, each.stage) == (order.id, stage.folder) for each in messages):
            raise DealerError("move-there", order=order.number, stage=stage.label)
        placeable(order)
        if not self._stages.is_hidden(stage.folder) and any(self._is_hidden(each) for each in messages):
            raise DealerError("hold-hidden")
        require_confirmed(order)

    def _is_hidden(self, message: Message) -> bool:
        """Also what was hidden under a name that the stage had before."""
        file = moving.of_message(message.id)
        return message.kind != "text" and (self._stages.is_hidden(message.stage) or (file is not None and file[2]))

    def _move_one(self, message: Message, order: WorkOrder, stage: Stage, inbox_id: int, now: int) -> None:
        is_for_client = message.order_id != order.id or not conversations.is_taken_back(message.id)
        _take_back(message, inbox_id, now)
        conversations.place(message.id, order.id, stage.folder)
        if is_for_client:  # what he was not to see of his own order he is not to see in another stage either
            conversations.take_back(message.id, None)
        hidden = self._stages.is_hidden(stage.folder) and message.kind != "text"
        file = moving.of_message(message.id)
        if file is not None and hidden and not file[2] and recalls.is_sending(message.id):
            _wait_for_send(message, order, stage, file[0], inbox_id, now)
            return
        if file is not None:
            _move_file(file, order.id, stage.folder, hidden)
        if not hidden and is_for_client:
            deliver(message.id, file[0] if file else None, order, parts_of(message.kind, message.text), inbox_id, now)


def apply_waiting(outbox_ids: tuple[int, ...], now: int) -> None:
    """Sends have ended: what moved into the hidden stage meanwhile is hidden now. In the settling transaction."""
    for message_id in recalls.waiting_messages(outbox_ids):
        message, file = conversations.by_id(message_id), moving.of_message(message_id)
        if message is None or message.hold_id is None or file is None or recalls.is_sending(message_id):
            continue
        assert message.order_id is not None and message.stage is not None
        _move_file(file, message.order_id, message.stage, hidden=True)
        holds.close(message.hold_id, now)
        screens.touch_burst_of(message_id, now)


def _move_file(file: tuple[int, str, bool], order_id: int, folder: str, hidden: bool) -> None:
    seq = media.next_seq(order_id, folder)
    moving.move(file[0], order_id, folder, hidden, seq, renumbered(file[1], seq))


def _wait_for_send(message: Message, order: WorkOrder, stage: Stage, media_id: int, inbox_id: int, now: int) -> None:
    """A photo on its way to a client can't become hidden: the settling of its send will do it."""
    hold_id = holds.wait_to_move(message.author_id, order.id, stage.folder, inbox_id, now)
    holds.join(message.id, hold_id)
    moving.stop_shelving(media_id)


def own_burst(person: Person, burst_id: int) -> list[Message]:
    """His own, or anybody's for an admin. Raises DealerError."""
    messages = conversations.of_burst(burst_id)
    if not messages or (messages[0].author_id != person.id and person.role is not Role.ADMIN):
        raise DealerError("button-old")
    return messages


def _take_back(message: Message, inbox_id: int, now: int) -> None:
    settling.ask_people(recalls.take_back(message.id, inbox_id, now), now)


def _record(person: Person, what: str, first: Message, after: str | None, inbox_id: int, now: int) -> None:
    assert person.address is not None
    people.record(person.address, what, str(first.order_id), first.stage, after, now, inbox_id)


def _recall_burst(person_id: int, burst_id: int, inbox_id: int, now: int) -> int:
    person = crew_member(person_id)
    return _recall(person, own_burst(person, burst_id), inbox_id, now)


def _recall_one(person_id: int, source: tuple[str, int], inbox_id: int, now: int) -> int:
    person, message = crew_member(person_id), conversations.by_source(*source)
    if message is None or message.side != "staff" or message.author_id != person.id:
        raise DealerError("undo-how")
    if message.order_id is None:
        _drop(message, inbox_id, now)
        return 0
    return _recall(person, [message], inbox_id, now)


def _drop(message: Message, inbox_id: int, now: int) -> None:
    """It still waited for its author's word."""
    waiting = holds.waiting_in(message.hold_id) if message.hold_id else []
    held = [each for each in waiting if each.message_id == message.id]
    if held:
        throw_away(held, inbox_id, now)
    elif not holds.settled_by(inbox_id):
        raise DealerError("recall-nothing")


def _recall(person: Person, messages: list[Message], inbox_id: int, now: int) -> int:
    if people.is_recorded("recalled", inbox_id):
        return len(messages)
    owed = [each for each in messages if recalls.is_owed(each.id)]
    if not owed:
        raise DealerError("recall-nothing")
    fresh = [each for each in owed if (recalls.oldest_sent_at(each.id) or now) > now - RECALL_MS]
    if not fresh:
        raise DealerError("recall-late")
    _record(person, "recalled", messages[0], None, inbox_id, now)
    for message in fresh:
        _take_back(message, inbox_id, now)
        conversations.take_back(message.id, now)
    want_status(messages[0].source_address, conversations.burst_of(messages[0].id), now)
    return len(fresh)
