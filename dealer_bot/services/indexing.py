"""The index of the store: looks at the folders, writes what they say, tells what has changed."""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TypeVar

from database import known_orders, order_words, orders
from database.connection import Database
from dealer_bot.domain.comparing import Newcomer, Remembered, Row, Work
from dealer_bot.domain.numbers import may_be_number, number_key
from dealer_bot.domain.orders import OrderChange, WorkOrder
from dealer_bot.domain.reconciling import Census
from dealer_bot.domain.traces import SETTLED_MS, Span, Trace
from dealer_bot.services.cards import CardRead, Cards
from dealer_bot.services.index_writing import FIRST_CHUNK, IndexWriter, OnChange, chunks
from dealer_bot.store.errors import StoreUnavailable
from dealer_bot.store.looking import Folders, is_folder, list_folders, look_into
from dealer_bot.store.reading import is_as_was
from dealer_bot.store.threads import StoreThreads

T = TypeVar("T")

WORDS_CHUNK = 2000
"""Orders whose words are written in one transaction."""

AHEAD = 2
"""Chunks read and not yet written: reading never waits for a write, and never runs far ahead."""

LOOK_CHUNK = 4000
"""Folders looked into before what was found is written: a first start is of use long before its end."""

LOOK_S = 2.0
LOCAL_LOOK_S = 0.5
SHARE_OF_TIME = 20
"""All cards are looked at every LOOK_S, which takes LOCAL_LOOK_S at most on a local disk (0.3 s for 25,000). Where it
takes longer: every SHARE_OF_TIME times as long as it took, or every `rescan_s`. The shorter of the last two counts: one
look that lists every folder, or meets thousands of new ones, puts no other off."""

SETTLING_S = SETTLED_MS / 1000 + 0.02
"""Until the look that finds a card at rest: a clock that ticks every 16 ms, or is being set, costs no further look."""

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
        clock: Callable[[], int],
        on_change: OnChange = lambda _changes, _now: None,
    ) -> None:
        self._database, self._root = database, str(root.absolute())
        self._cards = Cards(self._root, region, timezone)
        self._rescan_ms, self._clock = int(rescan_s * 1000), clock
        self._memory = Remembered(closed_mark)
        self._state = StoreState()
        self._closed_mark, self._loaded, self._looked_once, self._moved = closed_mark, False, False, False
        self._has_words_to_write = False
        self._due_at, self._thorough_at, self._took_s = 0, 0, (0.0, 0.0)
        self._writer = IndexWriter(database, self._cards, clock, on_change)
        self._lock = asyncio.Lock()
        self._threads = ThreadPoolExecutor(1, "store-look")
        self._one_folder_threads = StoreThreads(1, "store-folder", ONE_FOLDER_S)

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
        return SETTLING_S if self._memory.waiting else LOOK_S

    async def step(self, now: int, busy: Collection[int] = ()) -> list[OrderChange]:
        """One look, and the writing of what it found; `busy`: ids of orders looked into at every step.

        Never raises for the store: `state` says what is wrong, and then nothing was written.
        """
        await self._load()
        changes = await self._look(busy, now)
        await self._write_words()
        return changes

    async def _look(self, busy: Collection[int], now: int) -> list[OrderChange]:
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
        if may_be_number(text) and self.available and not self._one_folder_threads.is_silent:
            try:
                async with asyncio.timeout(ONE_FOLDER_S):
                    await self._look_at(text, key, now)
            except orders.Outdated:
                self._forget()
            except TimeoutError:
                pass  # whoever comes next does not wait for the stuck thread; the looks go on
        return await self._database.read(orders.living_of_key, key)

    def close(self) -> None:
        """Let go of the threads without waiting for a dead share."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._one_folder_threads.shutdown(wait=False, cancel_futures=True)

    def _schedule(self, now: int, took_s: float) -> None:
        is_local = took_s <= LOCAL_LOOK_S
        pause_s = LOOK_S if is_local else max(LOOK_S, min(SHARE_OF_TIME * took_s, self._rescan_ms / 1000))
        self._due_at = now + int(pause_s * 1000) - 100  # a step a moment early is still the step that was meant
        if now >= self._thorough_at or self._thorough_at > now + self._rescan_ms:
            self._thorough_at = now + self._rescan_ms

    async def _load(self) -> None:
        if self._loaded:
            return
        for known in await self._database.read(known_orders.known):
            if known.state in ("closed", "gone"):
                self._memory.ended.add(known.number_key)
            else:
                marks = (known.mtime_ns, known.size, known.inode)
                self._memory.rows.setdefault(known.folder, Row(known.id, known.number_key, known.state, marks))
        self._has_words_to_write = await self._database.read(order_words.are_put_off)
        self._moved = await self._database.read(known_orders.known_root) not in (None, self._root)
        self._loaded = True

    async def _write_words(self) -> None:
        """What thousands of new orders are found by, once they can all be found without it."""
        while self._has_words_to_write and self._looked_once:
            self._has_words_to_write = await self._database.write(order_words.write_some, WORDS_CHUNK)

    def _forget(self) -> None:
        self._memory, self._loaded = Remembered(self._closed_mark), False

    async def _step(self, full: bool, thorough: bool, busy: set[int], now: int) -> list[OrderChange]:
        began, before, memory = self._clock(), dict(self._memory.rows), self._memory
        seen, census = await self._in_store(self._list)
        if not await self._is_the_store(seen, census, now):
            return []
        if thorough:
            memory.retry_denied()
        wanted, newcomers = await self._in_store(self._wanted, seen.names, census, full, busy)
        took_ms = self._clock() - began
        changes = await self._write(Work(ended=memory.ended_in(census, before)), now, self._threads)
        await self._take_in(newcomers, now)
        for names in chunks(wanted, LOOK_CHUNK):
            began = self._clock()
            traces = await self._in_store(self._look_into, names, census, thorough, busy)
            span = Span(began, self._clock())
            took_ms += span.ended - span.began
            async with self._lock:
                changes += await self._write(memory.compare(census, traces, span), now, self._threads)
        if full:
            await self._has_looked(now, took_ms / 1000)
        return changes

    def _list(self) -> tuple[Folders, Census]:
        folders = list_folders(self._root)
        return folders, self._memory.names.census(folders.names)

    def _wanted(
        self, names: Sequence[str], census: Census, full: bool, busy: Collection[int]
    ) -> tuple[list[str], list[Newcomer]]:
        wanted = self._memory.wanted(names, census, full, busy)
        newcomers = self._memory.newcomers(wanted, census)
        if len(newcomers) == len(wanted):
            return [], newcomers
        taken = {one.name for one in newcomers}
        return [name for name in wanted if name not in taken], newcomers

    def _look_into(
        self, names: Sequence[str], census: Census, thorough: bool, busy: Collection[int]
    ) -> dict[str, Trace]:
        """Traces of those that are not as their rows say, or whose cards have yet to come to rest.

        Where something may be sent this minute, a second card beside the known one is looked for each time.
        """
        memory, traces = self._memory, dict[str, Trace]()
        for name in names:
            folder, closely = f"{self._root}/{name}", thorough or memory.is_one_of(busy, name)
            as_written = None if closely else memory.at_rest(name, census)
            if as_written is not None and is_as_was(folder, as_written):
                continue
            if (trace := look_into(folder, None if closely else memory.trace(name))) is not None:
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

    async def _has_looked(self, now: int, took_s: float) -> None:
        self._took_s = self._took_s[1], took_s
        self._schedule(now, min(self._took_s))
        self._state = replace(self._state, without_card=self._memory.without_card)
        if self._moved or not self._looked_once:
            await self._database.write(known_orders.remember_root, self._root, now)
            self._moved, self._looked_once = False, True

    async def _look_at(self, text: str, key: str, now: int) -> None:
        known = await self._database.read(orders.living_of_key, key)
        names = [known.folder] if known else list(dict.fromkeys((text, text.lower(), text.upper(), key.lower(), key)))
        began = self._clock()
        found = await asyncio.get_running_loop().run_in_executor(self._one_folder_threads, self._folders, names)
        span = Span(began, self._clock())
        if all(self._memory.is_at_rest(name, trace) for name, trace in found.items()):
            return
        async with self._lock:
            work = self._memory.compare(self._memory.census_of(found), found, span)
            await self._write(work, now, self._one_folder_threads)

    def _folders(self, names: Sequence[str]) -> dict[str, Trace]:
        there = (name for name in names if is_folder(f"{self._root}/{name}"))
        traces = {look_into(f"{self._root}/{name}"): name for name in there}
        return {name: trace for trace, name in traces.items() if trace is not None}

    async def _take_in(self, newcomers: Sequence[Newcomer], now: int) -> None:
        """The next folders are read while the last ones are written: a first start has all of them to do."""
        reading: deque[asyncio.Future[list[CardRead]]] = deque()
        for some in chunks(newcomers, FIRST_CHUNK):
            reading.append(self._in_store(self._cards.read_new, some, now))
            if len(reading) > AHEAD:
                await self._insert_new(await reading.popleft(), now)
        while reading:
            await self._insert_new(await reading.popleft(), now)
        self._has_words_to_write |= bool(newcomers)

    async def _insert_new(self, reads: Sequence[CardRead], now: int) -> None:
        """Somebody may have asked for one of them by its number while they were being read."""
        async with self._lock:
            await self._writer.insert(self._memory, [read for read in reads if self._memory.is_new(read.job.name)], now)

    async def _write(self, work: Work, now: int, threads: ThreadPoolExecutor) -> list[OrderChange]:
        return await self._writer.write(self._memory, work, now, threads)

    def _in_store(self, fn: Callable[..., T], *args: object) -> asyncio.Future[T]:
        """Begun at once, one after the other."""
        return asyncio.get_running_loop().run_in_executor(self._threads, fn, *args)
