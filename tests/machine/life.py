"""One life of the real bot, its loops driven by hand: time is an argument, and nothing is waited for but its tasks."""

import asyncio
import contextlib
import sqlite3
import weakref
from collections.abc import Coroutine, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from dealer_bot.app import App
from dealer_bot.sandbox import Sandbox
from dealer_bot.settings import Settings

MOST_ROUNDS = 400
LONGEST_TASK_S = 20
LOOK_EVERY_MS = 1_100
"""The looks of one change: it is seen, it has settled, and once more what the settling began."""
SHORTLY_MS = 5_000
PATIENCE_MS = 250
"""What is due and can't go yet (an album that may still grow, a card that moves) is asked about again so soon."""

DUE = """
    SELECT min(at) FROM (
        SELECT min(due_at) AS at FROM inbox WHERE state = 'new'
        UNION ALL SELECT min(due_at) FROM media WHERE state = 'wanted'
        UNION ALL SELECT min(due_at) FROM media WHERE state = 'fetched' AND hold IS NULL
        UNION ALL SELECT min(max(o.due_at, coalesce(c.paused_until, 0))) FROM outbox o
            LEFT JOIN chats c ON c.address = o.address WHERE o.state IN ('queued', 'sending') AND o.address IS NOT NULL
        UNION ALL SELECT min(max(s.dirty_at, coalesce(s.shown_at, 0) + 2000, coalesce(c.paused_until, 0)))
            FROM screens s LEFT JOIN chats c ON c.address = s.address WHERE s.dirty_at IS NOT NULL
    )
"""
_of_the_bot: ContextVar[bool] = ContextVar("of_the_bot", default=False)


@contextlib.contextmanager
def as_the_bot() -> Iterator[None]:
    """What is begun here is the bot's."""
    token = _of_the_bot.set(True)
    try:
        yield
    finally:
        _of_the_bot.reset(token)


class Restless(AssertionError):
    """The bot goes on for ever, or waits for what never comes."""


@dataclass(slots=True)
class Clock:
    """UTC epoch milliseconds, moved by hand."""

    now: int

    def __call__(self) -> int:
        return self.now


class Tasks:
    """The tasks of one bot, told from those of the server that lives on the same loop."""

    def __init__(self) -> None:
        self._all: weakref.WeakSet[asyncio.Task[Any]] = weakref.WeakSet()

    def make(self, loop: asyncio.AbstractEventLoop, work: Coroutine[Any, Any, Any], **how: Any) -> asyncio.Task[Any]:
        task = asyncio.Task(work, loop=loop, **how)
        if _of_the_bot.get():
            self._all.add(task)
        return task

    def open(self) -> list[asyncio.Task[Any]]:
        return [task for task in self._all if not task.done() and task is not asyncio.current_task()]

    async def end(self) -> None:
        while left := self.open():
            await asyncio.wait(left, timeout=LONGEST_TASK_S)
            if any(not task.done() for task in left):
                raise Restless(f"still at work after {LONGEST_TASK_S} s: {[task.get_name() for task in left]}")

    async def die(self) -> None:
        while left := self.open():
            for task in left:
                task.cancel()
            await asyncio.wait(left, timeout=LONGEST_TASK_S)


@dataclass(slots=True)
class Life:
    server: Sandbox
    settings: Settings
    clock: Clock
    tasks: Tasks = field(default_factory=Tasks)
    app: App = field(init=False)
    rows: sqlite3.Connection = field(init=False)
    is_store_touched: bool = True

    async def begins(self) -> None:
        """As App.start does, but for the loops."""
        asyncio.get_running_loop().set_task_factory(self.tasks.make)
        with as_the_bot():
            await self._begins()

    async def _begins(self) -> None:
        self.app = app = App(self.settings, clock=self.clock)
        self.settings.spool_dir.mkdir(parents=True, exist_ok=True)
        app.database.open()
        self.rows = sqlite3.connect(f"file:{self.settings.database_path}?mode=ro", uri=True, isolation_level=None)
        await app.courier.recover()
        await app.keeper.recover()
        await app.lanes.recover()
        if len(self.server.world.updates):
            await app.receiver.step(0)

    async def rests(self, within_ms: int = SHORTLY_MS) -> None:
        """Until there is nothing to do for so long; the clock goes from one thing to the next."""
        with as_the_bot():
            await self._rests(within_ms)

    async def _rests(self, within_ms: int) -> None:
        until = self.clock.now + within_ms
        for _ in range(MOST_ROUNDS):
            await self._goes_round()
            due_at = self._due_at()
            if due_at is None or due_at > until:
                return
            self.clock.now = max(self.clock.now + PATIENCE_MS, due_at)
        raise Restless(f"no rest in {MOST_ROUNDS} rounds: {self.under_way()}")

    async def _goes_round(self) -> None:
        while self.server.world.updates.fresh:
            await self.app.receiver.step(0)
        await self.tasks.end()
        await self.app.keeper.step()
        await self.app.courier.step()
        await self.tasks.end()
        if self.is_store_touched:
            for _ in range(3):
                await self.app.upkeep.look(self.clock.now)
                self.clock.now += LOOK_EVERY_MS
            self.is_store_touched = False

    async def works_until(self, moment: int) -> None:
        """Not to the end: as far as it gets in so many glances at the network and the disk."""
        with as_the_bot():
            work = asyncio.create_task(self._goes_round())
        for _ in range(moment):
            await asyncio.sleep(0.0005)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)

    def _due_at(self) -> int | None:
        found: int | None = self.rows.execute(DUE).fetchone()[0]
        return found

    def under_way(self) -> list[tuple[Any, ...]]:
        return self.rows.execute(
            "SELECT 'outbox', id, kind, op, state, reason FROM outbox WHERE state IN ('queued', 'sending') UNION ALL"
            " SELECT 'media', id, name, state, hold, error FROM media WHERE state IN ('wanted', 'fetched') UNION ALL"
            " SELECT 'screen', 0, address, slot, dirty_at, shown_at FROM screens WHERE dirty_at IS NOT NULL"
        ).fetchall()

    async def stops(self) -> None:
        """Cleanly, as App.stop does."""
        await self.app.lanes.stop(5)
        await asyncio.gather(self.app.keeper.stop(5), self.app.courier.stop(5))
        await self._leaves()

    async def dies(self) -> None:
        """In the middle of whatever it does: nothing more is begun, answered or written."""
        await self.tasks.die()
        await self.app.keeper.stop(5)
        await self._leaves()

    async def _leaves(self) -> None:
        await self.tasks.die()
        self.rows.close()
        self.app.indexer.close()
        await self.app.bot.session.close()
        await asyncio.to_thread(self.app.database.close)
