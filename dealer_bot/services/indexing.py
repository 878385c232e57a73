"""The index of the store: looks at the folders, writes what they say, tells what has changed."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TypeVar

from database import orders
from database.connection import Database
from dealer_bot.domain.comparing import Job, Remembered, Row, Work
from dealer_bot.domain.numbers import may_be_number, number_key
from dealer_bot.domain.orders import OrderChange, Sighting, State, WorkOrder
from dealer_bot.domain.reconciling import Census
from dealer_bot.domain.traces import Rest, Trace
from dealer_bot.services.cards import CardRead, Cards
from dealer_bot.store.errors import StoreUnavailable
from dealer_bot.store.looking import Folders, is_folder, list_folders, look_into
from dealer_bot.store.reading import is_as_was

T = TypeVar("T")
OnChange = Callable[[list[OrderChange], int], None]

CHUNK = 500
"""Orders of one transaction: the writer is free for others in between."""

FIRST_CHUNK = 2000
"""New orders of one transaction: only a first start has so many, and the index likes few large ones."""

LOOK_CHUNK = 4000
"""Folders looked into before what was found is written: a first start is of use long before its end."""

LOOK_S = 2.0
SHARE_OF_TIME = 20
"""All cards are looked at every LOOK_S, or every SHARE_OF_TIME times as long as it took, or every `rescan_s`."""

ONE_FOLDER_S = 2.0
"""How long one folder may keep a person waiting when the store is slow."""


@dataclass(frozen=True, slots=True)
class StoreState:
    """What the last look found. `reason` says why the store can't be used; None: it can."""

    reason: str | None = "not_looked"
    folders: int = 0
    without_card: int = 0
    others: int = 0
    refused: tuple[str, ...] = ()
    looked_at: int | None = None


class Indexer:
    """Keeps the orders table in step with the folders. One at a time writes; any number may ask."""

    def __init__(
        self,
        database: Database,
        root: Path,
        closed_mark: str,
        region: str,
        timezone: tzinfo,
        rescan_s: float,
        on_change: OnChange = lambda _changes, _now: None,
    ) -> None:
        self._database, self._root = database, str(root.absolute())
        self._cards = Cards(self._root, region, timezone)
        self._rescan_ms, self._on_change = int(rescan_s * 1000), on_change
        self._memory = Remembered(closed_mark)
        self._state = StoreState()
        self._closed_mark, self._loaded, self._looked_once, self._moved = closed_mark, False, False, False
        self._due_at, self._thorough_at, self._took_s = 0, 0, 0.0
        self._lock = asyncio.Lock()
        self._threads = ThreadPoolExecutor(1, "store-look")
        self._one_folder_threads = ThreadPoolExecutor(1, "store-folder")

    @property
    def available(self) -> bool:
        """Whether the last look found the store."""
        return self._state.reason is None

    @property
    def state(self) -> StoreState:
        return self._state

    @property
    def is_complete(self) -> bool:
        """Whether every folder has been looked into since the start."""
        return self._looked_once

    @property
    def pause_s(self) -> float:
        """How long the next step may wait: not long while a card is coming to rest."""
        return 1.0 if self._memory.waiting else LOOK_S

    async def step(self, now: int, busy: Collection[int] = ()) -> list[OrderChange]:
        """One look, and the writing of what it found; `busy`: ids of orders looked into at every step.

        Never raises for the store: `state` says what is wrong, and then nothing was written.
        """
        await self._load()
        full = not self._looked_once or not now < self._due_at <= now + self._rescan_ms
        try:
            return await self._step(full, full and now >= self._thorough_at, set(busy), now)
        except StoreUnavailable as error:
            self._state = StoreState(reason=error.kind, looked_at=now)
        except orders.Outdated:
            self._forget()
        return []

    async def look_at(self, number_text: str, now: int) -> WorkOrder | None:
        """Look at one order's folder at once; the living order of this exact number, if there is one."""
        text, key = number_text.strip(), number_key(number_text)
        if may_be_number(text) and self.available:
            try:
                async with asyncio.timeout(ONE_FOLDER_S):
                    await self._look_at(text, key, now)
            except orders.Outdated:
                self._forget()
            except TimeoutError:
                self._one_folder_threads = ThreadPoolExecutor(1, "store-folder")  # the stuck thread can't be joined
        return await self._database.read(orders.living_of_key, key)

    def close(self) -> None:
        """Let go of the threads without waiting for a dead share."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._one_folder_threads.shutdown(wait=False, cancel_futures=True)

    def _schedule(self, now: int, took_s: float) -> None:
        pause_s = min(max(LOOK_S, SHARE_OF_TIME * took_s), max(self._rescan_ms / 1000, LOOK_S))
        self._due_at = now + int(pause_s * 1000) - 100  # a step a moment early is still the step that was meant
        if now >= self._thorough_at or self._thorough_at > now + self._rescan_ms:
            self._thorough_at = now + self._rescan_ms

    async def _load(self) -> None:
        if self._loaded:
            return
        for known in await self._database.read(orders.known):
            if known.state in ("closed", "gone"):
                self._memory.ended.add(known.number_key)
            else:
                marks = (known.mtime_ns, known.size, known.inode)
                self._memory.rows.setdefault(known.folder, Row(known.id, known.number_key, known.state, marks))
        self._moved = await self._database.read(orders.known_root) not in (None, self._root)
        self._loaded = True

    def _forget(self) -> None:
        self._memory, self._loaded = Remembered(self._closed_mark), False

    async def _step(self, full: bool, thorough: bool, busy: set[int], now: int) -> list[OrderChange]:
        started, before, memory = time.monotonic(), dict(self._memory.rows), self._memory
        seen, census = await self._in_store(self._list)
        if not await self._is_the_store(seen, census, now):
            return []
        if thorough:
            memory.retry_denied()
        wanted = await self._in_store(memory.wanted, seen.names, census, full, busy)
        took_s = time.monotonic() - started
        changes = await self._write(Work(ended=memory.ended_in(census, before)), now)
        for names in _chunks(wanted, LOOK_CHUNK):
            started = time.monotonic()
            traces = await self._in_store(self._look_into, names, census, thorough)
            took_s += time.monotonic() - started
            async with self._lock:
                changes += await self._write(memory.compare(census, traces, now), now)
        if full:
            await self._has_looked(now, took_s, thorough)
        return changes

    def _list(self) -> tuple[Folders, Census]:
        folders = list_folders(self._root)
        return folders, self._memory.names.census(folders.names)

    def _look_into(self, names: Sequence[str], census: Census, thorough: bool) -> dict[str, Trace]:
        """Traces of those that are not as their rows say, or whose cards have yet to come to rest."""
        memory, traces = self._memory, dict[str, Trace]()
        for name in names:
            folder = f"{self._root}/{name}"
            as_written = None if thorough else memory.at_rest(name, census)
            if as_written is not None and is_as_was(folder, as_written):
                continue
            if (trace := look_into(folder, None if thorough else memory.trace(name))) is not None:
                traces[name] = trace
        return traces

    async def _is_the_store(self, seen: Folders, census: Census, now: int) -> bool:
        """From here on it is available: single orders are looked at while all the others are still being read."""
        async with self._lock:
            reason = self._memory.doubt(census)
            if reason and not (self._moved and census.open):
                self._state = replace(self._state, reason=reason, looked_at=now)
                return False
            self._memory.forget_missing(seen.names)
        bare, refused = self._state.without_card, tuple(sorted(seen.refused))
        self._state = StoreState(None, len(census.open), bare, census.others, refused, now)
        return True

    async def _has_looked(self, now: int, took_s: float, thorough: bool) -> None:
        self._took_s = self._took_s if thorough and self._looked_once else took_s
        self._schedule(now, self._took_s)
        self._state = replace(self._state, without_card=self._memory.without_card)
        if self._moved or not self._looked_once:
            await self._database.write(orders.remember_root, self._root, now)
            self._moved, self._looked_once = False, True

    async def _look_at(self, text: str, key: str, now: int) -> None:
        known = await self._database.read(orders.living_of_key, key)
        names = [known.folder] if known else list(dict.fromkeys((text, text.lower(), text.upper(), key.lower(), key)))
        found = await asyncio.get_running_loop().run_in_executor(self._one_folder_threads, self._folders, names)
        if all(self._memory.is_at_rest(name, trace) for name, trace in found.items()):
            return
        async with self._lock:
            await self._write(self._memory.compare(self._memory.census_of(found), found, now), now)

    def _folders(self, names: Sequence[str]) -> dict[str, Trace]:
        there = (name for name in names if is_folder(f"{self._root}/{name}"))
        traces = {look_into(f"{self._root}/{name}"): name for name in there}
        return {name: trace for trace, name in traces.items() if trace is not None}

    async def _write(self, work: Work, now: int) -> list[OrderChange]:
        changes: list[OrderChange] = []
        for ended in _chunks(work.ended):
            changes += await self._database.write(self._end, ended, now)
            self._memory.drop({row_id for row_id, _, _ in ended})
        for unsettled in _chunks(work.unsettled):
            await self._database.write(orders.unsettle, unsettled)
        for closed in (False, True):  # what may be worked on comes first
            await self._insert_all([job for job in work.fresh if (job.state == "closed") is closed], now)
        for settled_ids in _chunks(work.settled_ids):
            changes += await self._settle(settled_ids, now)
        for settled in _chunks(work.settled):
            changes += await self._record(settled, now)
        return changes

    async def _insert_all(self, jobs: Sequence[Job], now: int) -> None:
        """The next folders are read while the last ones are written: a first start has all of them to do."""
        writing: asyncio.Task[None] | None = None
        for some in _chunks(jobs, FIRST_CHUNK):
            reads = await self._in_store(self._cards.read, some, now, now if some[0].state == "closed" else None)
            if writing is not None:
                await writing
            writing = asyncio.create_task(self._insert(reads, now))
        if writing is not None:
            await writing

    async def _insert(self, reads: Sequence[CardRead], now: int) -> None:
        ids = await self._database.write(orders.insert_new, [read.seen for read in reads])
        for row_id, read in zip(ids, reads, strict=True):
            if read.seen.state == "closed":
                self._memory.ended.add(read.job.key)
            else:
                row = Row(row_id, read.job.key, read.seen.state, trace=read.trace)
                self._memory.insert(read.job.name, row, read.trace, read.read_ns, now)

    async def _settle(self, settled: Sequence[tuple[int, str]], now: int) -> list[OrderChange]:
        changes = await self._database.write(self._settle_rows, [row_id for row_id, _ in settled], now)
        states = {change.order_id: change.after.state for change in changes}
        for row_id, name in settled:
            if (row := self._memory.rows.get(name)) is not None:
                self._memory.keep(name, replace(row, state=states.get(row_id, row.state)))
        return changes

    async def _record(self, jobs: Sequence[Job], now: int) -> list[OrderChange]:
        reads = await self._in_store(self._cards.read, jobs, now, now)
        still = [read for read in reads if read.trace.marks == read.job.trace.marks]
        for read in reads:
            if read.trace.marks != read.job.trace.marks and read.job.name in self._memory.waiting:
                self._memory.waiting[read.job.name].rest = Rest(read.trace, now)
        written = await self._database.write(self._record_rows, [read.seen for read in still], now)
        for (row_id, _), read in zip(written, still, strict=True):
            self._memory.keep(read.job.name, Row(row_id, read.job.key, read.seen.state, trace=read.trace))
        return [change for _, change in written if change is not None]

    def _end(self, ended: Sequence[tuple[int, State, str | None]], now: int) -> list[OrderChange]:
        changes = [orders.end(row_id, state, folder, now) for row_id, state, folder in ended]
        return self._told([change for change in changes if change is not None], now)

    def _settle_rows(self, row_ids: Sequence[int], now: int) -> list[OrderChange]:
        return self._told(orders.settle(row_ids, now), now)

    def _record_rows(self, seen: Sequence[Sighting], now: int) -> list[tuple[int, OrderChange | None]]:
        written = [orders.record(one, now) for one in seen]
        self._told([change for _, change in written if change is not None], now)
        return written

    def _told(self, changes: list[OrderChange], now: int) -> list[OrderChange]:
        if changes:
            self._on_change(changes, now)
        return changes

    async def _in_store(self, fn: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, fn, *args)


def _chunks(items: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
