"""One update of a lane at a time, lanes side by side: the order of a chat is kept, and nobody waits for another."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable

from aiogram import Bot, Dispatcher
from aiogram.methods import SendMessage
from aiogram.types import Update

from database.connection import DatabaseAway
from dealer_bot.bot.texts import texts_for
from dealer_bot.bot.turn import Turn, body_of, current_turn
from dealer_bot.domain.visits import Said, Visit
from dealer_bot.kill_points import reach
from dealer_bot.services.turns import Turns

log = logging.getLogger(__name__)

TRIES_AFTER_MS = (1_500, 4_500)
LOOK_AGAIN_S = 1.0
"""When an update is due may be written anew while it waits: the clock may have been set back."""


class Undecodable(Exception):
    """Not an update that this version of the Bot API library knows."""


HOPELESS = (Undecodable, UnicodeEncodeError)
"""What a second try can't mend: half a character stays half a character."""


class Lanes:
    """`repeat_each`: each turn's result is dropped once and its update fed again: a replay must change nothing."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        turns: Turns,
        clock: Callable[[], int],
        wake_others: Callable[[], None],
        language: str,
        repeat_each: bool = False,
    ) -> None:
        self._bot, self._dispatcher, self._turns, self._clock = bot, dispatcher, turns, clock
        self._wake_others, self._language, self._repeat_each = wake_others, language, repeat_each
        self._repeated: set[int] = set()
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._stopping = False

    async def recover(self) -> None:
        """Go on where a dead process stopped."""
        for lane in await self._turns.waiting_lanes():
            self.wake(lane)

    def wake(self, lane: str) -> None:
        """Something new in this lane."""
        if self._stopping:
            return
        if lane in self._busy:
            self._again.add(lane)
            return
        task = asyncio.create_task(self._run(lane), name=f"lane {lane}")
        self._busy[lane] = task
        task.add_done_callback(lambda done: self._ended(lane, done))

    async def stop(self, within_s: float) -> None:
        """Let the open turns end; what is left stays in the inbox."""
        self._stopping = True
        if self._busy:
            await asyncio.wait(list(self._busy.values()), timeout=within_s)

    def _ended(self, lane: str, done: asyncio.Task[None]) -> None:
        self._busy.pop(lane, None)
        if not done.cancelled() and done.exception() is not None:
            log.error("a lane failed", exc_info=done.exception())
            asyncio.get_running_loop().call_later(1.0, self.wake, lane)
        elif lane in self._again:
            self._again.discard(lane)
            self.wake(lane)

    async def _run(self, lane: str) -> None:
        visit = await self._patiently(lambda: self._turns.next(lane))
        while visit is not None and not self._stopping:
            if (wait_ms := visit.due_at - self._clock()) > 0:
                await asyncio.sleep(min(wait_ms / 1000, LOOK_AGAIN_S))
                visit = await self._patiently(lambda: self._turns.next(lane))
                continue
            visit = await self._handle(visit)
            self._wake_others()

    async def _handle(self, visit: Visit) -> Visit | None:
        turn = Turn(visit, self._clock())
        token = current_turn.set(turn)
        try:
            await self._dispatcher.feed_update(self._bot, self._decoded(visit), turn=turn)
        except DatabaseAway:
            await asyncio.sleep(1)
            return visit
        except Exception as error:
            return await self._failed(visit, error)
        finally:
            current_turn.reset(token)
        if self._repeat_each and visit.inbox_id not in self._repeated:
            self._repeated.add(visit.inbox_id)
            return await self._turns.next(visit.lane)
        said = turn.leaves()
        reach("before_turn_end")
        return await self._patiently(lambda: self._turns.finish(visit, said, self._clock()))

    def _decoded(self, visit: Visit) -> Update:
        try:
            update = Update.model_validate(json.loads(visit.payload), context={"bot": self._bot})
            _ = update.event_type  # raises for a kind that nobody knows
            return update
        except Exception as error:
            raise Undecodable(type(error).__name__) from error

    async def _failed(self, visit: Visit, error: Exception) -> Visit | None:
        """Three tries in six seconds, then it is set aside: the lane goes on."""
        name, now = type(error).__name__, self._clock()
        log.error("update %s failed", visit.inbox_id, exc_info=error)
        if visit.tries < len(TRIES_AFTER_MS) and not isinstance(error, HOPELESS):
            due_at = now + TRIES_AFTER_MS[visit.tries]
            return await self._patiently(lambda: self._turns.put_off(visit, due_at, name))
        return await self._patiently(lambda: self._turns.bury(visit, name, self._apology(visit), self._clock()))

    def _apology(self, visit: Visit) -> Said:
        is_private = visit.lane.removeprefix("tg:").isdigit()
        if not is_private or visit.person is None or not visit.person.active:
            return Said()
        text = texts_for(visit.person.language, self._language)("failed-kept")
        body = body_of(SendMessage(chat_id=int(visit.lane[3:]), text=text))
        return Said(prompts=((visit.lane, body),))

    async def _patiently(self, ask: Callable[[], Awaitable[Visit | None]]) -> Visit | None:
        """A database that is full or locked is waited for: nothing is lost by waiting."""
        while True:
            try:
                return await ask()
            except DatabaseAway:
                await asyncio.sleep(0.5)
