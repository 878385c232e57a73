"""Brings pictures here and has them read, a few at once; what was read is said where it was asked."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from database import orders, readings
from database.connection import Database, DatabaseAway
from database.readings import Picture
from dealer_bot.domain.parcels import Fetched, Later, TooBig
from dealer_bot.kill_points import reach
from dealer_bot.services import likely, pictures
from dealer_bot.services.messenger import Messenger
from dealer_bot.services.pictures import Dialogue
from dealer_bot.services.recognising import Recogniser
from dealer_bot.store import spooling

log = logging.getLogger(__name__)

AT_ONCE, OF_ONE_AT_ONCE = 6, 2
WINDOW = 50
PATIENCE_MS = 60_000
"""Who waits for longer has found his order otherwise."""
TRIES = 4
NOT_READ, TOO_BIG = "not_read", "too_big"


class Reader:
    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        recogniser: Recogniser,
        spool: Path,
        dialogue: Dialogue,
        clock: Callable[[], int],
        wake_courier: Callable[[], None],
    ) -> None:
        self._db, self._messenger, self._recogniser, self._spool = database, messenger, recogniser, spool
        self._dialogue, self._clock, self._wake_courier = dialogue, clock, wake_courier
        self._reading: dict[int, tuple[Picture, asyncio.Task[None]]] = {}
        self._looking: set[int] = set()
        self._work = asyncio.Event()
        self._is_expecting = True
        self._stopping = False

    def expect(self) -> None:
        """A picture was asked about: it may be read when its turn is on record."""
        self._is_expecting = True
        self._work.set()

    def wake(self) -> None:
        """A turn has ended; nothing to do if no picture waits."""
        if self._is_expecting:
            self._work.set()

    async def run(self) -> None:
        while not self._stopping:
            try:
                await self.step()
            except DatabaseAway:
                await asyncio.sleep(1)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._work.wait(), 1.0 if self._is_expecting else None)

    async def step(self) -> None:
        """End what nobody waits for any more; begin what may begin, the oldest first."""
        self._work.clear()
        await self._let_go()
        self._is_expecting = await self._db.read(readings.is_any_wanted)
        if not self._is_expecting:
            return
        authors = Counter(picture.address for picture, _ in self._reading.values())
        for picture, due_at in await self._db.read(readings.wanted, WINDOW, tuple(self._reading)):
            if len(self._reading) >= AT_ONCE:
                return
            if due_at > self._clock() or authors[picture.address] >= OF_ONE_AT_ONCE:
                continue
            authors[picture.address] += 1
            task = asyncio.create_task(self._read(picture), name=f"reading {picture.id}")
            self._reading[picture.id] = (picture, task)
            task.add_done_callback(partial(self._ended, picture.id))

    async def _let_go(self) -> None:
        """Whoever found his order otherwise needs no answer: the work ends, the row is settled when its turn comes."""
        at_work = [picture for picture, _ in self._reading.values() if picture.id in self._looking]
        for reading_id in await self._db.read(pictures.unwanted, self._dialogue, at_work) if at_work else ():
            if reading_id in self._looking:
                self._reading[reading_id][1].cancel()

    async def stop(self) -> None:
        """What is being read is read again after the next start, if somebody still waits for it."""
        self._stopping = True
        self._work.set()
        tasks = [task for _, task in self._reading.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, reading_id: int, done: asyncio.Task[None]) -> None:
        self._reading.pop(reading_id, None)
        if not done.cancelled() and done.exception() is not None:
            log.error("reading a picture failed", exc_info=done.exception())
            asyncio.get_running_loop().call_later(1.0, self.expect)
        else:
            self.expect()

    async def _read(self, picture: Picture) -> None:
        is_late = picture.tries >= TRIES or picture.at + PATIENCE_MS < self._clock()
        if is_late or not await self._db.read(pictures.is_wanted, self._dialogue, picture):
            await self._give_up(picture, NOT_READ)
            return
        await self._db.write(readings.count_try, picture.id)
        target = self._spool / f"reading-{picture.id}"
        self._looking.add(picture.id)
        try:
            if await self._is_brought(picture, target):
                await self._read_file(picture, target)
        finally:
            self._looking.discard(picture.id)
            await asyncio.to_thread(spooling.unremoved, [target, target.with_suffix(".part")])

    async def _is_brought(self, picture: Picture, target: Path) -> bool:
        free = await asyncio.to_thread(spooling.free_bytes, self._spool)
        if free is None or free < spooling.KEEP_FREE_BYTES:
            await self._give_up(picture, NOT_READ)
            return False
        outcome = await self._messenger.fetch(picture.file_id, picture.size, target)
        if isinstance(outcome, Fetched):
            return True
        if isinstance(outcome, Later):
            wait_ms = int(outcome.after_s * 1000) * 2**picture.tries
            await self._db.write(readings.put_off, picture.id, self._clock() + wait_ms)
            return False
        await self._give_up(picture, TOO_BIG if isinstance(outcome, TooBig) else NOT_READ)
        return False

    async def _read_file(self, picture: Picture, file: Path) -> None:
        reach("before_reading")
        known = await self._db.read(orders.living_barcodes)
        reading = await self._recogniser.read(file, known)
        found = await self._db.read(likely.of_reading, reading)
        await self._db.write(pictures.settle_read, self._dialogue, picture, reading, found, self._clock())
        self._wake_courier()

    async def _give_up(self, picture: Picture, cause: str) -> None:
        await self._db.write(pictures.settle_unread, self._dialogue, picture, cause, self._clock())
        self._wake_courier()
