"""`media.jsonl` in each order's folder: a projection of rows, so that the folder explains itself without the bot."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from database import media, orders
from database.connection import Database, DatabaseAway
from database.media import JournalLine
from dealer_bot.store import shelving
from dealer_bot.store.errors import FolderClosed, FolderGone, StoreUnavailable
from dealer_bot.store.threads import StoreThreads

DELAY_S = 1.0
"""A burst is written down once, not for each of its files."""

LONGEST_DELAY_S = 30.0
"""A store that can't be written is tried again, later each time up to this."""

TRIES_WHILE_CLOSED = 20
"""A closed folder gets nothing; one that was closed by mistake is open again within minutes."""


class Journals:
    def __init__(self, database: Database, root: Path, closed_mark: str, disk: StoreThreads) -> None:
        self._db, self._root, self._closed_mark, self._disk = database, root, closed_mark, disk
        self._waiting: dict[int, tuple[str, asyncio.TimerHandle]] = {}
        self._writing: dict[int, asyncio.Task[None]] = {}
        self._again: dict[int, str] = {}
        self._failures: dict[int, int] = {}
        self._stopping = False

    def write_soon(self, order_id: int, folder: str) -> None:
        """Something of this order was kept. One at a time writes a journal: two would spoil each other's file."""
        if order_id in self._writing:
            self._again[order_id] = folder
        elif order_id not in self._waiting and not self._stopping:
            delay_s = min(DELAY_S * 2 ** min(self._failures.get(order_id, 0), 10), LONGEST_DELAY_S)
            timer = asyncio.get_running_loop().call_later(delay_s, self._begin, order_id, folder)
            self._waiting[order_id] = (folder, timer)

    async def stop(self) -> None:
        """Write what waits; a store that does not answer is left for the next start."""
        self._stopping = True
        for order_id, (folder, timer) in list(self._waiting.items()):
            timer.cancel()
            self._begin(order_id, folder)
        if self._writing:
            await asyncio.wait(list(self._writing.values()), timeout=2)

    def _begin(self, order_id: int, folder: str) -> None:
        self._waiting.pop(order_id, None)
        task = asyncio.create_task(self._write(order_id, folder), name=f"journal {order_id}")
        self._writing[order_id] = task
        task.add_done_callback(lambda _: self._written(order_id))

    def _written(self, order_id: int) -> None:
        self._writing.pop(order_id, None)
        if (folder := self._again.pop(order_id, None)) is not None:
            if self._stopping:
                self._begin(order_id, folder)
            else:
                self.write_soon(order_id, folder)

    async def _write(self, order_id: int, folder: str) -> None:
        try:
            if await self._db.read(orders.has_lost_its_folder, order_id):
                return
            lines = [_line(each) for each in await self._db.read(media.journal, order_id)]
            await self._disk.run(shelving.write_journal, self._root / folder, lines, self._closed_mark)
        except (StoreUnavailable, DatabaseAway):
            self._put_off(order_id, folder)
        except (FolderClosed, FolderGone):
            if self._failures.get(order_id, 0) < TRIES_WHILE_CLOSED:
                self._put_off(order_id, folder)
            else:
                self._failures.pop(order_id)
        else:
            self._failures.pop(order_id, None)

    def _put_off(self, order_id: int, folder: str) -> None:
        self._failures[order_id] = self._failures.get(order_id, 0) + 1
        if not self._stopping:
            self._again[order_id] = folder


def _line(kept: JournalLine) -> str:
    told = {
        "file": kept.file,
        "who": kept.who,
        "when": datetime.fromtimestamp(kept.at / 1000, UTC).isoformat(timespec="seconds"),
        "caption": kept.caption,
        "sha256": kept.sha256,
    }
    return json.dumps(told, ensure_ascii=False)
