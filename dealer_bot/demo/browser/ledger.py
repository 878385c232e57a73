"""What was handed in and what became of it, counted where it lies: in the chats and in the folders."""

import asyncio
import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dealer_bot.demo.browser.company import STAFF, Company
from dealer_bot.demo.browser.folders import all_files

Json = dict[str, Any]
Digests = Counter[str]


@dataclass(frozen=True, slots=True)
class Count:
    """Of media: handed in by people, lying in the folders, shown to clients, shown to one chat more often than sent."""

    handed: int = 0
    kept: int = 0
    shown: int = 0
    repeated: int = 0

    def since(self, before: "Count") -> "Count":
        return Count(
            self.handed - before.handed,
            self.kept - before.kept,
            self.shown - before.shown,
            self.repeated - before.repeated,
        )


class Ledger:
    """Reads each file once; it is known by path, size and time from then on.

    `blocked`: whose chats refuse the bot, as the last count saw them.
    """

    def __init__(self, made: Company) -> None:
        self._made = made
        self.blocked: frozenset[int] = frozenset()
        self._known: dict[tuple[Path, int, int], str] = {}
        self._counting = asyncio.Lock()

    async def count(self) -> Count:
        """Never less than the count that was asked for before it."""
        async with self._counting:
            return await self._count()

    async def _count(self) -> Count:
        handed, chats, blocked = Digests(), [], set()
        for member in tuple(self._made.members):
            view = await self._made.tg.get("view", chat=member.id)
            blocked |= {member.id} if view["blocked"] else set()
            carrying = [m for m in view["messages"] if m["sha256"] and not m["deleted"]]
            handed.update(m["sha256"] for m in carrying if not m["by_bot"])
            chats.append((member.role, Digests(m["sha256"] for m in carrying if m["by_bot"])))
        self.blocked = frozenset(blocked)
        kept = await asyncio.to_thread(self._kept)
        return Count(
            handed.total(),
            (kept & handed).total(),
            sum(seen.total() for role, seen in chats if role not in STAFF),
            sum(
                (Digests({digest: n for digest, n in seen.items() if digest in handed}) - handed).total()
                for _, seen in chats
            ),
        )

    def _kept(self) -> Digests:
        found = Digests()
        for path in all_files(self._made.house.store):
            try:
                seen = path.stat()
                key = path, seen.st_size, seen.st_mtime_ns
                if key not in self._known:
                    self._known[key] = hashlib.sha256(path.read_bytes()).hexdigest()
            except OSError:
                continue  # renamed under our eyes
            found[self._known[key]] += 1
        return found
