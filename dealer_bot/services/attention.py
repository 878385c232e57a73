"""Attention words: the list follows its file, and a message that meets it reaches every administrator once."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

from database import attention, conversations, outbox, people, reports
from database.connection import Database
from dealer_bot.domain.attention import DEFAULT, Raised, Watch
from dealer_bot.domain.attention_list import LIMIT, BrokenList, words_of
from dealer_bot.domain.people import Person, Role

LOOK_EVERY_S = 1.0
ALERT = "attention"
ALERT_PART = -1
"""An alert is no part of the message it shows: what is edited or deleted later is never the alert."""

Look = tuple[int, int, int] | None


class Attention:
    """The list as it was last read without a fault; `file` is edited by people while the bot runs."""

    def __init__(self, database: Database, file: Path, clock: Callable[[], int]) -> None:
        self._db, self._file, self._clock = database, file, clock
        self._watch = Watch(DEFAULT)
        self._glimpsed: Look = None
        self._read: Look | str = ""
        self._is_broken = False

    @property
    def words(self) -> tuple[str, ...]:
        """The entries that count now."""
        return self._watch.entries

    async def start(self) -> None:
        """The list of the last life, then the file's, if it can be read; what is wrong with it the looks will tell."""
        known = await self._db.read(attention.remembered)
        if known is not None:
            self._watch = Watch(known)
        try:
            self._watch = Watch(words_of(await asyncio.to_thread(self._bytes)))
        except (BrokenList, OSError):
            return

    async def run(self) -> None:
        while True:
            await self.step(self._clock())
            await asyncio.sleep(LOOK_EVERY_S)

    async def step(self, now: int) -> None:
        """Read the file if it has changed and two looks agree that nobody is writing it."""
        seen = await asyncio.to_thread(self._look)
        if seen == self._read:
            return
        if seen != self._glimpsed:
            self._glimpsed = seen
            if seen is not None:
                return
        await self._take(seen, now)
        self._read = seen

    async def _take(self, seen: Look, now: int) -> None:
        data = b""
        try:
            data = await asyncio.to_thread(self._bytes)
            words = words_of(data)
        except OSError:
            await self._complain(f"gone:{seen}", BrokenList("gone"), now)
        except BrokenList as broken:
            await self._complain(f"{hashlib.sha256(data).hexdigest()[:16]}:{seen}", broken, now)
        else:
            is_news = self._is_broken or (not words and bool(self._watch.entries))
            await self._db.write(_remember, words, is_news, now)
            self._watch, self._is_broken = Watch(words), False

    async def _complain(self, which: str, broken: BrokenList, now: int) -> None:
        self._is_broken = True
        await self._db.write(_complain, which, broken, now)

    def _look(self) -> Look:
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino

    def _bytes(self) -> bytes:
        with self._file.open("rb") as file:
            return file.read(LIMIT + 1)

    def notice(self, message_id: int, text: str, served_by: str | None, now: int) -> None:
        """Within the transaction that takes or mends a client's message: an alert for every active admin, once."""
        raised = self._watch.look(text) if text else None
        if raised is not None and attention.raise_once(message_id, raised.words, now):
            _alert(message_id, text, raised, served_by, now)


def _alert(message_id: int, text: str, raised: Raised, served_by: str | None, now: int) -> None:
    message = conversations.by_id(message_id)
    assert message is not None
    order_id = message.order_id or message.about_id
    args = {
        "part": ALERT_PART,
        "text": text,
        "marks": [[mark.offset, mark.length] for mark in raised.marks],
        "served": served_by or _last_served(order_id),
        "client": message.author_id,
        "inside": message.order_id is not None,
    }
    for admin in people.active_with_role(Role.ADMIN):
        if admin.id != message.author_id:
            reports.add_alert_about(
                key=f"a{message_id}:{admin.id}",
                address=admin.address or "",
                notice=ALERT,
                args=args,
                at=now,
                order_id=order_id,
                message_id=message_id,
            )


def _last_served(order_id: int | None) -> str | None:
    crew: list[Person | None] = [people.by_id(each) for each in conversations.authors_of(order_id)] if order_id else []
    return next((each.name for each in crew if each is not None and each.name), None)


def _remember(words: tuple[str, ...], is_news: bool, now: int) -> None:
    """Told are a list that counts again after a broken edit, and one that will raise no alert at all."""
    attention.remember(words, now)
    if is_news:
        outbox.alert_admins(f"awr{now}", "alert-attention-read", {"count": len(words)}, now)


def _complain(which: str, broken: BrokenList, now: int) -> None:
    """The last good list stays; the same broken file is complained of once, a restart between or not."""
    args = {"why": broken.why, "line": broken.line}
    outbox.alert_admins(f"aw{which}", "alert-attention", args, now)
