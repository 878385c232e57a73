"""Fetches what was handed in to the local disk, then puts it into the order's folder. Every step can be done twice."""

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from database import leftovers, media, moving, orders, outbox, screens
from database.connection import Database, DatabaseAway
from database.media import Shelf, Wanted
from database.moving import Spot
from dealer_bot.domain.filenames import renumbered
from dealer_bot.domain.parcels import DISK, Fetched, Gone, Later, TooBig
from dealer_bot.kill_points import reach
from dealer_bot.services import fetches, troubles
from dealer_bot.services.journals import Journals
from dealer_bot.services.messenger import Messenger
from dealer_bot.store import shelving, spooling
from dealer_bot.store.errors import FolderClosed, FolderGone, NameTaken, SpoolDamaged, StoreUnavailable
from dealer_bot.store.moving import clear, find
from dealer_bot.store.threads import SILENT_S, StoreThreads

log = logging.getLogger(__name__)

SMALL_BYTES = 5 * 1024 * 1024
SMALL_AT_ONCE, LARGE_AT_ONCE, AUTHOR_AT_ONCE = 24, 4, 6
STORE_THREADS, SHELVING_AT_ONCE = 8, 24
"""More files than threads: a file that waits for its commit must not keep a thread idle."""
WINDOW = 200
SLOWEST_BYTES_A_S = 1_000_000
"""A store that takes a file more slowly than this is told of as silent."""
TIDY_AGAIN_S = 10.0
FETCH_AGAIN_MS = 5_000
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
        self._shelving: dict[int, tuple[Shelf, asyncio.Task[None]]] = {}
        self._needless: list[Path] = []
        self._tidying: asyncio.Task[None] | None = None
        self._disk = StoreThreads(STORE_THREADS, "store")
        self._journals = Journals(database, root, closed_mark, self._disk)
        self._work = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        self._work.set()

    async def recover(self) -> None:
        """Clear away what a dead process left half done, here and in the folders it worked in."""
        needed = await self._db.read(leftovers.in_spool)
        await asyncio.to_thread(spooling.sweep, self._spool, needed)
        self._tidying = asyncio.create_task(self._tidy())  # a dead share must not delay the start
        self._tidying.add_done_callback(self._report)

    async def tidy(self, _: int) -> None:
        """What its author has deleted leaves the spool, too. Rows are read after the names, so that none is missed."""
        found = await asyncio.to_thread(spooling.whole, self._spool)
        needless = await self._db.read(leftovers.needless, found)
        self._needless += [self._spool / str(media_id) for media_id in needless]

    async def _tidy(self) -> None:
        left = await self._db.read(leftovers.shelved_since, self._clock() - RECENT_MS)
        while left:
            left = [order for order in left if not await self._is_tidied(*order)]
            if left:
                await asyncio.sleep(TIDY_AGAIN_S)

    async def _is_tidied(self, order_id: int, folder: str) -> bool:
        try:
            await self._disk.run(shelving.sweep, self._root / folder, self._is_in_work)
        except StoreUnavailable:
            return False
        self._journals.write_soon(order_id, folder)
        return True

    def _is_in_work(self, unfinished: str) -> bool:
        """Files that are not whole yet go by the id of their row."""
        return unfinished.isdigit() and int(unfinished) in self._shelving

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
        if self._disk.is_silent and await self._db.read(media.unmarked, "fetched"):
            await self._db.write(troubles.store_is_silent, now)
        await self._start_shelving(now)

    async def stop(self, within_s: float) -> None:
        """Fetches are dropped and begun anew next time; what is being shelved may end."""
        self._stopping = True
        self._work.set()
        for _, task in self._fetching.values():
            task.cancel()
        if self._tidying is not None:
            self._tidying.cancel()
        if self._shelving:
            await asyncio.wait([task for _, task in self._shelving.values()], timeout=within_s)
        await self._journals.stop()
        await self._clear_spool()
        self._disk.close()

    async def _clear_spool(self) -> None:
        """What has been put on record as kept is not needed here any more."""
        if self._needless:
            needless, self._needless = self._needless, []
            self._needless += await asyncio.to_thread(spooling.unremoved, needless)

    async def _start_fetching(self, now: int) -> None:
        authors = Counter(wanted.author_id for wanted, _ in self._fetching.values())
        large = sum(_is_large(wanted) for wanted, _ in self._fetching.values())
        small = len(self._fetching) - large
        if small >= SMALL_AT_ONCE and large >= LARGE_AT_ONCE:
            return
        full = tuple(author for author, count in authors.items() if count >= AUTHOR_AT_ONCE)
        waiting = await self._db.read(media.wanted, now, WINDOW, tuple(self._fetching), full, _sizes(small, large))
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

    async def _start_shelving(self, now: int) -> None:
        """Films leave half of the threads to photos, however slowly the store takes them."""
        large = sum(_is_large(shelf) for shelf, _ in self._shelving.values())
        room = SHELVING_AT_ONCE - len(self._shelving)
        if room <= 0:
            return
        for shelf in await self._db.read(media.to_shelve, now, room, tuple(self._shelving), _sizes(0, large)):
            if _is_large(shelf) and large >= LARGE_AT_ONCE:
                continue
            large += _is_large(shelf)
            task = asyncio.create_task(self._shelve(shelf), name=f"shelve {shelf.id}")
            self._shelving[shelf.id] = (shelf, task)
            task.add_done_callback(partial(self._shelved, shelf.id))

    async def _has_room(self, now: int) -> bool:
        free = await asyncio.to_thread(spooling.free_bytes, self._spool)
        if free is not None and free >= spooling.KEEP_FREE_BYTES:
            return True
        await self._db.write(troubles.nothing_is_fetched, "alert-disk-fails" if free is None else "alert-disk", now)
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
        elif isinstance(outcome, Later) and outcome.reason == DISK:
            await self._db.write(troubles.fetch_fails, wanted, now)
        elif isinstance(outcome, Later):
            wait_ms = min(300_000, int(outcome.after_s * 1000) * 2 ** min(wanted.tries, 8))
            await self._db.write(fetches.record_later, wanted.id, now, wait_ms, outcome.reason)
        self._wake_courier()

    async def _shelve(self, shelf: Shelf) -> None:
        spots = await self._db.read(moving.spots, shelf) if shelf.moved_from else []
        await self._put(shelf, spots)
        self._wake_courier()

    async def _put(self, shelf: Shelf, spots: list[Spot]) -> None:
        source = self._spool / str(shelf.id)
        try:
            left = await self._disk.run_for(
                SILENT_S + shelf.size / SLOWEST_BYTES_A_S, self._into_place, source, shelf, spots
            )
        except (FolderClosed, FolderGone):
            await self._db.write(_record_hold, shelf, self._clock())
        except NameTaken:
            await self._db.write(_record_next_name, shelf)
        except SpoolDamaged:
            await self._db.write(media.fetch_again, shelf.id, self._clock() + FETCH_AGAIN_MS)
        except StoreUnavailable as error:
            log.warning("the store can't be written: %s", error)
            await self._db.write(troubles.shelving_fails, shelf, error.kind, self._clock())
        else:
            reach("before_kept")
            if await self._db.write(_record_kept, shelf, left, self._clock()):
                self._needless.append(source)
            self._journals.write_soon(shelf.order_id, shelf.folder)
            for spot in spots:
                self._journals.write_soon(spot.order_id, spot.folder)

    def _into_place(self, source: Path, shelf: Shelf, spots: list[Spot]) -> list[Spot]:
        """Into its folder, and away from where it lay before; the places where people changed it are returned."""
        places = {self._root / each.folder / each.stage / each.name: each for each in spots}
        if places and not source.exists():
            source = find(list(places), shelf.sha256) or source
        folder = self._root / shelf.folder
        where = (folder, shelf.stage, shelf.name)
        shelving.shelve(source, *where, shelf.sha256, unfinished=str(shelf.id), closed_mark=self._closed_mark)
        if any(each.is_living and not (self._root / each.folder).is_dir() for each in spots):
            raise FolderGone  # renamed a moment ago: the look at the store will say where it is now
        return [places[each] for each in clear(list(places), shelf.sha256)]


def _is_large(file: Wanted | Shelf) -> bool:
    return (file.size or 0) > SMALL_BYTES


def _sizes(small: int, large: int) -> tuple[int, int]:
    """Whose turn it may be: what waits behind two hundred films is not looked for among them."""
    least, most = media.ANY_SIZE
    return (SMALL_BYTES + 1 if small >= SMALL_AT_ONCE else least, SMALL_BYTES if large >= LARGE_AT_ONCE else most)


def _record_hold(shelf: Shelf, now: int) -> None:
    order = orders.order_by_id(shelf.order_id)
    if order is not None and order.state not in ("closed", "gone"):
        media.put_off(shelf.id, now + FOLDER_AWAY_MS, "folder")  # the look at the store decides whether it is closed
        screens.touch_burst_of(shelf.message_id, now)
        return
    if not media.hold(shelf, "closed"):
        return
    number = media.order_number(shelf.id) or ""
    outbox.alert_admins(f"c{shelf.order_id}", "alert-closed-early", {"number": number}, now)
    screens.touch_burst_of(shelf.message_id, now)


def _record_next_name(shelf: Shelf) -> None:
    seq = media.next_seq(shelf.order_id, shelf.stage)
    media.rename(shelf, seq, renumbered(shelf.name, seq))


def _record_kept(shelf: Shelf, left: list[Spot], now: int) -> bool:
    is_kept = media.kept(shelf)
    for each in left if is_kept else []:
        outbox.alert_admins(
            f"mv{shelf.id}:{each.order_id}", "alert-left", {"order": each.number, "name": each.name}, now
        )
    screens.touch_burst_of(shelf.message_id, now)
    return is_kept
