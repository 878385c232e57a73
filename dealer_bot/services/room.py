"""The room on each disk: below the limit administrators hear of it, in the chat and, where that is set up, by mail."""

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from database import outbox
from database.connection import Database
from dealer_bot.store.threads import StoreThreads

GB = 1024**3
PATIENCE_S = 10.0
AGAIN_MS = 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Space:
    """Free bytes on the disk of `what`: store, database or spool; None where it does not answer."""

    what: str
    free: int | None


class Room:
    """`folders`: whose disks are looked at; `mail_to`: addresses, none where no mail is set up."""

    def __init__(
        self, database: Database, folders: Mapping[str, Path], least_gb: float, mail_to: tuple[str, ...]
    ) -> None:
        self._db, self._folders, self._mail_to = database, folders, mail_to
        self._least = int(least_gb * GB)
        self._threads = {what: StoreThreads(1, f"room-{what}") for what in folders}
        self._looking: dict[str, asyncio.Task[int | None]] = {}
        self.spaces: list[Space] = []

    async def step(self, now: int) -> None:
        """Look at each disk; a share that does not answer keeps one thread, and nothing else."""
        self.spaces = [Space(what, await self._free(what, folder)) for what, folder in self._folders.items()]
        for space in self.spaces:
            if space.free is not None and space.free < self._least:
                await self._db.write(self._tell, space, now)

    def close(self) -> None:
        for threads in self._threads.values():
            threads.close()

    async def _free(self, what: str, folder: Path) -> int | None:
        """Of a disk that has not answered before, nobody waits for the answer again."""
        patience_s = 0.0 if what in self._looking else PATIENCE_S
        if what not in self._looking:
            self._looking[what] = asyncio.create_task(self._threads[what].run(_free_bytes, folder))
        done, _ = await asyncio.wait((self._looking[what],), timeout=patience_s)
        return self._looking.pop(what).result() if done else None

    def _tell(self, space: Space, now: int) -> None:
        args = {"what": space.what, "gb": round((space.free or 0) / GB, 1)}
        key = f"room{space.what}{now // AGAIN_MS}"
        outbox.alert_admins(key, "alert-room", args, now)
        for address in self._mail_to:
            outbox.add_notice(key=f"{key}:{address}", address=f"mail:{address}", notice="alert-room", args=args, at=now)


def _free_bytes(folder: Path) -> int | None:
    """Of the folder, or of the nearest one above it that is there."""
    for each in (folder, *folder.parents):
        try:
            return shutil.disk_usage(each).free
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None
