"""What a look found, written down: one transaction a chunk, told to those whom it concerns within it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from database import orders
from database.connection import Database
from dealer_bot.domain.comparing import Job, Remembered, Row, Work
from dealer_bot.domain.orders import OrderChange, Sighting, State
from dealer_bot.domain.traces import Rest
from dealer_bot.services.cards import CardRead, Cards

T = TypeVar("T")
OnChange = Callable[[list[OrderChange], int], None]

CHUNK = 500
"""Orders of one transaction: the writer is free for others in between."""

FIRST_CHUNK = 1000
"""New orders of one transaction: only a first start has so many, and nothing waits for them."""


def chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))


class IndexWriter:
    """Brings the orders table and what is remembered of it in step, the table first. Raises orders.Outdated."""

    def __init__(self, database: Database, cards: Cards, clock: Callable[[], int], on_change: OnChange) -> None:
        self._database, self._cards, self._clock, self._on_change = database, cards, clock, on_change

    async def write(self, memory: Remembered, work: Work, now: int, threads: ThreadPoolExecutor) -> list[OrderChange]:
        """All that one comparison asks for; cards are read in `threads`."""
        changes: list[OrderChange] = []
        for ended in chunks(work.ended):
            changes += await self._database.write(self._end, ended, now)
            memory.drop({row_id for row_id, _, _ in ended})
        for unsettled in chunks(work.unsettled):
            await self._database.write(orders.unsettle, unsettled)
        for closed in (False, True):  # what may be worked on comes first
            for jobs in chunks([job for job in work.fresh if (job.state == "closed") is closed], FIRST_CHUNK):
                await self.insert(memory, await self._read(jobs, now, now if closed else None, threads), now)
        for settled_ids in chunks(work.settled_ids):
            changes += await self._settle(memory, settled_ids, now)
        for settled in chunks(work.settled):
            changes += await self._record(memory, await self._read(settled, now, now, threads), now)
        return changes

    async def insert(self, memory: Remembered, reads: Sequence[CardRead], now: int) -> None:
        """Rows of folders never seen before."""
        ids = await self._database.write(orders.insert_new, [read.seen for read in reads])
        for row_id, read in zip(ids, reads, strict=True):
            if read.seen.state == "closed":
                memory.ended.add(read.job.key)
            else:
                row = Row(row_id, read.job.key, read.seen.state, trace=read.trace)
                memory.insert(read.job.name, row, read.trace, read.read_ns, self._clock())

    async def _read(
        self, jobs: Sequence[Job], now: int, looked_at: int | None, threads: ThreadPoolExecutor
    ) -> list[CardRead]:
        return await asyncio.get_running_loop().run_in_executor(threads, self._cards.read, jobs, now, looked_at)

    async def _settle(self, memory: Remembered, settled: Sequence[tuple[int, str]], now: int) -> list[OrderChange]:
        changes = await self._database.write(self._settle_rows, [row_id for row_id, _ in settled], now)
        states = {change.order_id: change.after.state for change in changes}
        for row_id, name in settled:
            if (row := memory.rows.get(name)) is not None:
                memory.keep(name, replace(row, state=states.get(row_id, row.state)))
        return changes

    async def _record(self, memory: Remembered, reads: Sequence[CardRead], now: int) -> list[OrderChange]:
        still = [read for read in reads if read.trace.marks == read.job.trace.marks]
        for read in reads:
            if read.trace.marks != read.job.trace.marks and read.job.name in memory.waiting:
                memory.waiting[read.job.name].rest = Rest(read.trace, self._clock())
        written = await self._database.write(self._record_rows, [read.seen for read in still], now)
        for (row_id, _), read in zip(written, still, strict=True):
            memory.keep(read.job.name, Row(row_id, read.job.key, read.seen.state, trace=read.trace))
        return [change for _, change in written if change is not None]

    def _end(self, ended: Sequence[tuple[int, State, str | None]], now: int) -> list[OrderChange]:
        changes = [orders.end(row_id, state, folder, now) for row_id, state, folder in ended]
        return self._told([change for change in changes if change is not None], now)

    def _settle_rows(self, row_ids: Sequence[int], now: int) -> list[OrderChange]:
        return self._told(orders.settle(row_ids, now), now)

    def _record_rows(self, seen: Sequence[Sighting], now: int) -> list[tuple[int, OrderChange | None]]:
        ended = [orders.end_former_visit(one, now) for one in seen]
        self._told([change for change in ended if change is not None], now)
        settled = orders.settle_as_read(seen, now)
        written = [
            (change.order_id, change) if (change := settled.get(one.folder)) else orders.record(one, now)
            for one in seen
        ]
        self._told([change for _, change in written if change is not None], now)
        return written

    def _told(self, changes: list[OrderChange], now: int) -> list[OrderChange]:
        if changes:
            self._on_change(changes, now)
        return changes
