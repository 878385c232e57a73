"""`media.jsonl` in each order's folder: a projection of rows, so that the folder explains itself without the bot."""

import asyncio
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from database import media
from database.connection import Database
from database.media import JournalLine
from dealer_bot.store import shelving
from dealer_bot.store.errors import FolderClosed, FolderGone, StoreUnavailable

DELAY_S = 1.0
"""A burst is written down once, not for each of its files."""


class Journals:
    def __init__(self, database: Database, root: Path, closed_mark: str, disk: ThreadPoolExecutor) -> None:
        self._db, self._root, self._closed_mark, self._disk = database, root, closed_mark, disk
        self._waiting: dict[int, tuple[str, asyncio.TimerHandle]] = {}
        self._writing: set[asyncio.Task[None]] = set()
        self._stopping = False

    def write_soon(self, order_id: int, folder: str) -> None:
        """Something of this order was kept."""
        if order_id not in self._waiting and not self._stopping:
            timer = asyncio.get_running_loop().call_later(DELAY_S, self._begin, order_id, folder)
            self._waiting[order_id] = (folder, timer)

    async def stop(self) -> None:
        """Write what waits; a store that does not answer is left for the next start."""
        self._stopping = True
        for order_id, (folder, timer) in list(self._waiting.items()):
            timer.cancel()
            self._begin(order_id, folder)
        if self._writing:
            await asyncio.wait(self._writing, timeout=2)

    def _begin(self, order_id: int, folder: str) -> None:
        self._waiting.pop(order_id, None)
        task = asyncio.create_task(self._write(order_id, folder))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _write(self, order_id: int, folder: str) -> None:
        lines = [_line(each) for each in await self._db.read(media.journal, order_id)]
        with contextlib.suppress(FolderClosed, FolderGone, StoreUnavailable):
            await asyncio.get_running_loop().run_in_executor(
                self._disk, shelving.write_journal, self._root / folder, lines, self._closed_mark
            )


def _line(kept: JournalLine) -> str:
    told = {
        "file": kept.file,
        "who": kept.who,
        "when": datetime.fromtimestamp(kept.at / 1000, UTC).isoformat(timespec="seconds"),
        "caption": kept.caption,
        "sha256": kept.sha256,
    }
    return json.dumps(told, ensure_ascii=False)
