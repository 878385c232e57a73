"""Fetches what was handed in to the local disk, then puts it into the order's folder. Every step can be done twice."""

import asyncio
import contextlib
import logging
import shutil
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from database import media, orders, outbox, screens
from database.connection import Database, DatabaseAway
from database.media import Shelf, Wanted
from dealer_bot.domain.filenames import renumbered
from dealer_bot.domain.parcels import Fetched, Gone, Later, TooBig
from dealer_bot.kill_points import reach
from dealer_bot.services import fetches
from dealer_bot.services.journals import Journals
from dealer_bot.services.messenger import Messenger
from dealer_bot.store import shelving
from dealer_bot.store.errors import FolderClosed, FolderGone, NameTaken, SpoolDamaged, StoreUnavailable

log = logging.getLogger(__name__)

SMALL_BYTES = 5 * 1024 * 1024
SMALL_AT_ONCE, LARGE_AT_ONCE, AUTHOR_AT_ONCE = 24, 4, 6
STORE_THREADS, SHELVING_AT_ONCE = 8, 24
"""More files than threads: a file that waits for its commit must not keep a thread idle."""
KEEP_FREE_BYTES = 1024**3
WINDOW = 200
FOLDER_AWAY_MS = 2_000
GATHER_S = 0.02
"""One look for all that was handed in meanwhile."""
RECENT_MS = 24 * 3600 * 1000


class Keeper:
    def __init__(
        self,
        database: Database,
        messenger: Messenger,
        root: Path,
        spool: Path,
        closed_mark: str,
        clock: Callable[[], int],
        wake_courier: Callable[[], None],
    ) -> None:
        self._db, self._messenger, self._root, self._spool = database, messenger, root, spool
        self._closed_mark, self._clock, self._wake_courier = closed_mark, clock, wake_courier
        self._fetching: dict[int, tuple[Wanted, asyncio.Task[None]]] = {}
        self._shelving: dict[int, asyncio.Task[None]] = {}
        self._names: set[str] = set()
        self._needless: list[Path] = []
        self._tidying: asyncio.Task[None] | None = None
        # A thread stuck in a dead share can't be joined: the store has threads of its own.
        self._disk = ThreadPoolExecutor(STORE_THREADS, "store")
        self._journals = Journals(database, root, closed_mark, self._disk)
        self._work = asyncio.Event()
        self._stopping = False
        self.store_away = False

    def wake(self) -> None:
        self._work.set()

    async def recover(self) -> None:
        """Clear away what a dead process left half done, here and in the folders it worked in."""
        needed = await self._db.read(media.in_spool)
        await asyncio.to_thread(_sweep_spool, self._spool, needed)
        self._tidying = asyncio.create_task(self._tidy())  # a dead share must not delay the start

    async def _tidy(self) -> None:
        for order_id, folder in await self._db.read(media.shelved_since, self._clock() - RECENT_MS):
            with contextlib.suppress(StoreUnavailable):
                await asyncio.get_running_loop().run_in_executor(
                    self._disk, shelving.sweep, self._root / folder, self._is_in_work
                )
            self._journals.write_soon(order_id, folder)

    def _is_in_work(self, name: str) -> bool:
        return name in self._names

    async def run(self) -> None:
        while not self._stopping:
            try:
                await self.step()
            except DatabaseAway:
                await asyncio.sleep(1)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._work.wait(), 1.0)
                await asyncio.sleep(GATHER_S)

    async def step(self) -> None:
        """Start what is due, within the limits."""
        self._work.clear()
        now = self._clock()
        await self._start_fetching(now)
        await self._clear_spool()
        room = SHELVING_AT_ONCE - len(self._shelving)
        if room > 0:
            for shelf in await self._db.read(media.to_shelve, now, room, tuple(self._shelving)):
                task = asyncio.create_task(self._shelve(shelf), name=f"shelve {shelf.id}")
                self._shelving[shelf.id] = task
                task.add_done_callback(partial(self._shelved, shelf.id))

    async def stop(self, within_s: float) -> None:
        """Fetches are dropped and begun anew next time; what is being shelved may end."""
        self._stopping = True
        self._work.set()
        for _, task in self._fetching.values():
            task.cancel()
        if self._tidying is not None:
            self._tidying.cancel()
        if self._shelving:
            await asyncio.wait(list(self._shelving.values()), timeout=within_s)
        await self._journals.stop()
        await self._clear_spool()
        self._disk.shutdown(wait=False)

    async def _clear_spool(self) -> None:
        """What has been put on record as kept is not needed here any more."""
        if self._needless:
            needless, self._needless = self._needless, []
            await asyncio.to_thread(_remove, needless)

    async def _start_fetching(self, now: int) -> None:
        authors = Counter(wanted.author_id for wanted, _ in self._fetching.values())
        large = sum(_is_large(wanted) for wanted, _ in self._fetching.values())
        small = len(self._fetching) - large
        if small >= SMALL_AT_ONCE and large >= LARGE_AT_ONCE:
            return
        full = tuple(author for author, count in authors.items() if count >= AUTHOR_AT_ONCE)
        waiting = await self._db.read(media.wanted, now, WINDOW, tuple(self._fetching), full)
        if not waiting or not await self._has_room(now):
            return
        for wanted in waiting:
            is_full = large >= LARGE_AT_ONCE if _is_large(wanted) else small >= SMALL_AT_ONCE
            if is_full or authors[wanted.author_id] >= AUTHOR_AT_ONCE:
                continue
            authors[wanted.author_id] += 1
            large, small = large + _is_large(wanted), small + (not _is_large(wanted))
            task = asyncio.create_task(self._fetch(wanted), name=f"fetch {wanted.id}")
            self._fetching[wanted.id] = (wanted, task)
            task.add_done_callback(partial(self._fetched, wanted.id))

    async def _has_room(self, now: int) -> bool:
        """The database lives on this disk: the last gigabyte is not for media."""
        if (await asyncio.to_thread(shutil.disk_usage, self._spool)).free >= KEEP_FREE_BYTES:
            return True
        await self._db.write(outbox.alert_admins, f"disk{now // 3_600_000}", "alert-disk", {}, now)
        return False

    def _fetched(self, media_id: int, done: asyncio.Task[None]) -> None:
        self._fetching.pop(media_id, None)
        self._report(done)

    def _shelved(self, media_id: int, done: asyncio.Task[None]) -> None:
        self._shelving.pop(media_id, None)
        self._report(done)

    def _report(self, done: asyncio.Task[None]) -> None:
        if not done.cancelled() and done.exception() is not None:
            log.error("keeping a file failed", exc_info=done.exception())
            asyncio.get_running_loop().call_later(1.0, self.wake)
        else:
            self.wake()

    async def _fetch(self, wanted: Wanted) -> None:
        outcome = await self._messenger.fetch(wanted.file_id, wanted.size, self._spool / str(wanted.id))
        now = self._clock()
        if isinstance(outcome, Fetched):
            reach("before_fetched")
            await self._db.write(fetches.record_fetched, wanted.id, outcome, now)
        elif isinstance(outcome, TooBig):
            await self._db.write(fetches.record_too_big, wanted.id, now)
        elif isinstance(outcome, Gone):
            await self._db.write(fetches.record_lost, wanted.id, outcome.reason, now)
        elif isinstance(outcome, Later):
            wait_ms = min(300_000, int(outcome.after_s * 1000) * 2 ** min(wanted.tries, 8))
            await self._db.write(fetches.record_later, wanted.id, now, wait_ms, outcome.reason)
        self._wake_courier()

    async def _shelve(self, shelf: Shelf) -> None:
        source = self._spool / str(shelf.id)
        loop = asyncio.get_running_loop()
        folder = self._root / shelf.folder
        self._names.add(shelf.name)
        try:
            await loop.run_in_executor(
                self._disk,
                lambda: shelving.shelve(
                    source, folder, shelf.stage, shelf.name, shelf.sha256, closed_mark=self._closed_mark
                ),
            )
        except (FolderClosed, FolderGone):
            await self._db.write(_record_hold, shelf, self._clock())
        except NameTaken:
            await self._db.write(_record_next_name, shelf)
        except SpoolDamaged:
            await self._db.write(media.fetch_again, shelf.id)
        except StoreUnavailable as error:
            await self._store_is_away(shelf, error)
        else:
            self.store_away = False
            reach("before_kept")
            await self._db.write(_record_kept, shelf, self._clock())
            self._needless.append(source)
            self._journals.write_soon(shelf.order_id, shelf.folder)
        self._names.discard(shelf.name)
        self._wake_courier()

    async def _store_is_away(self, shelf: Shelf, error: StoreUnavailable) -> None:
        self.store_away = True
        log.warning("the store can't be written: %s", error)
        now = self._clock()
        due_at = now + min(30_000, 1_000 * 2 ** min(shelf.tries, 5))
        await self._db.write(_record_shelf_later, shelf, due_at, type(error).__name__, now)


def _is_large(wanted: Wanted) -> bool:
    return (wanted.size or 0) > SMALL_BYTES


def _remove(files: list[Path]) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def _sweep_spool(spool: Path, needed: set[int]) -> None:
    spool.mkdir(parents=True, exist_ok=True)
    for left in spool.iterdir():
        if not left.name.isdigit() or int(left.name) not in needed:
            left.unlink(missing_ok=True)


def _record_hold(shelf: Shelf, now: int) -> None:
    order = orders.order_by_id(shelf.order_id)
    if order is not None and order.state not in ("closed", "gone"):
        media.put_off(shelf.id, now + FOLDER_AWAY_MS, "folder")  # the look at the store decides whether it is closed
        screens.touch_burst_of(shelf.message_id, now)
        return
    media.hold(shelf.id, "closed")
    number = media.order_number(shelf.id) or ""
    outbox.alert_admins(f"c{shelf.order_id}", "alert-closed-early", {"number": number}, now)
    screens.touch_burst_of(shelf.message_id, now)


def _record_next_name(shelf: Shelf) -> None:
    seq = media.next_seq(shelf.order_id, shelf.stage)
    media.rename(shelf.id, seq, renumbered(shelf.name, seq))


def _record_kept(shelf: Shelf, now: int) -> None:
    media.kept(shelf.id)
    screens.touch_burst_of(shelf.message_id, now)


def _record_shelf_later(shelf: Shelf, due_at: int, error: str, now: int) -> None:
    media.put_off(shelf.id, due_at, error)
    screens.touch_burst_of(shelf.message_id, now)
