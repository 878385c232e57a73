"""The looks at the store, and what has to be done once an hour."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

from database import blobs, order_work
from database.connection import Database, DatabaseAway
from dealer_bot.services.indexing import Indexer
from dealer_bot.services.timekeeping import Timekeeper
from dealer_bot.services.turns import FORGET_AFTER_MS, Turns

log = logging.getLogger(__name__)

HOUR_MS = 3_600_000
LOOK_AGAIN_S = 60.0


class Upkeep:
    def __init__(
        self,
        database: Database,
        indexer: Indexer,
        turns: Turns,
        clock: Callable[[], int],
        wake_others: Callable[[], None],
        steps: Sequence[Callable[[int], Awaitable[None]]] = (),
    ) -> None:
        self._db, self._indexer, self._turns, self._clock = database, indexer, turns, clock
        self._wake_others, self._steps = wake_others, steps
        self._work = asyncio.Event()
        self._tidied_at = 0
        self._timekeeper = Timekeeper(database)
        self._stopping = False
        self._told: str | None = None

    def wake(self) -> None:
        """Something has moved in the store."""
        self._work.set()

    def stop(self) -> None:
        self._stopping = True
        self._work.set()

    async def run(self) -> None:
        while not self._stopping:
            self._work.clear()  # what moves during the look is seen in the next one, at once
            try:
                await self.look(self._clock())
            except DatabaseAway:
                log.warning("the database is away, the store is looked at later")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._work.wait(), self._indexer.pause_s)

    async def tidy_forever(self) -> None:
        """Apart from the looks: a store that does not answer keeps nothing else from being done."""
        while True:
            for step in (self.tidy, *self._steps):
                with contextlib.suppress(DatabaseAway):
                    await step(self._clock())
            await asyncio.sleep(LOOK_AGAIN_S)

    async def look(self, now: int) -> None:
        """One look at the store."""
        busy = await self._db.read(order_work.under_way)
        if await self._indexer.step(now, busy):
            self._wake_others()
        self._tell(self._indexer.state.reason)

    def _tell(self, reason: str | None) -> None:
        """Once, when the store goes, and once when it is back."""
        if reason == self._told:
            return
        self._told = reason
        if reason is None:
            log.info("the store is back")
        else:
            log.warning("the store can't be used (%s): `python -m dealer_bot check` says more", reason)

    async def tidy(self, now: int) -> None:
        """A clock that was set back is minded; old payloads are forgotten once an hour."""
        await self._timekeeper.step(now)
        if self._tidied_at + HOUR_MS <= now:
            self._tidied_at = now
            await self._turns.forget_old(now)
            await self._db.write(blobs.forget, now - FORGET_AFTER_MS)
