"""Looking at one chat, as whoever is in it sees it."""

import time
from collections.abc import Callable
from typing import Any

from dealer_bot.sandbox.requests import ControlRequests
from dealer_bot.sandbox.seen import SeenMessage, keyboard_labels, seen_message

Json = dict[str, Any]


class ChatLooks:
    """Keeps a picture of a chat and brings it up to date; waiting is driven by changes, not by polling."""

    def __init__(self, client: ControlRequests, chat_id: int, name: str) -> None:
        self.chat_id = chat_id
        self.name = name
        self._client = client
        self._revision = 0
        self._messages: dict[int, SeenMessage] = {}
        self._keyboard: Json | None = None
        self._actions: list[Json] = []

    async def chat(self) -> list[SeenMessage]:
        """All visible messages, oldest first."""
        await self._look(0)
        return list(self._messages.values())

    async def sees(self, text: str, within_s: float = 60, *, after: int = 0) -> SeenMessage:
        """The newest message of the bot with this text, now or within a time; `after` a message id."""
        return (await self.waits(lambda m: text in m.text and m.id > after, f"{text!r}", within_s))[-1]

    async def sees_button(self, label: str, within_s: float = 60, *, after: int = 0) -> SeenMessage:
        """The newest message of the bot with such an inline button."""
        found = await self.waits(lambda m: m.button(label) is not None and m.id > after, f"button {label!r}", within_s)
        return found[-1]

    async def sees_media(
        self, kind: str, within_s: float = 60, *, count: int = 1, sha256: str | None = None
    ) -> list[SeenMessage]:
        """At least `count` messages of the bot with media of a kind, of these bytes if told."""
        what = f"{count} {kind}" + (f" with sha256 {sha256[:8]}…" if sha256 else "")
        fits = lambda m: m.kind == kind and sha256 in (None, m.sha256)  # noqa: E731
        return await self.waits(fits, what, within_s, count)

    async def sees_photo(self, within_s: float = 60, *, count: int = 1, sha256: str | None = None) -> list[SeenMessage]:
        return await self.sees_media("photo", within_s, count=count, sha256=sha256)

    async def sees_nothing_new(self, for_s: float = 0.5) -> None:
        """Raises AssertionError if the bot writes or edits anything meanwhile."""
        await self._look(0)
        before = {m.id: m for m in self._messages.values() if m.from_bot}
        deadline = time.monotonic() + for_s
        while await self._look(deadline - time.monotonic()):
            now = {m.id: m for m in self._messages.values() if m.from_bot}
            if now != before:
                raise AssertionError(f"{self.name} sees something new\n{self._told()}")

    async def keyboard(self) -> tuple[tuple[str, ...], ...]:
        """Rows of the keyboard below the chat."""
        await self._look(0)
        return keyboard_labels(self._keyboard)

    async def sees_pinned(self, text: str, within_s: float = 60) -> SeenMessage:
        """The newest pinned message of the bot with this text."""
        return (await self.waits(lambda m: m.pinned and text in m.text, f"{text!r} pinned", within_s))[-1]

    async def pinned(self) -> list[SeenMessage]:
        """Pinned messages, oldest first."""
        return [message for message in await self.chat() if message.pinned]

    async def actions(self) -> list[str]:
        """What the bot has shown itself doing, oldest first: typing, upload_photo, …"""
        await self._look(0)
        return [action["action"] for action in self._actions]

    async def sees_reaction(self, message_id: int, emoji: str | None, within_s: float = 60) -> None:
        """The bot's reaction on any message of the chat; None: none any more."""
        deadline = time.monotonic() + within_s
        await self._look(0)
        while self._messages[message_id].reaction != emoji:
            if not await self._look(deadline - time.monotonic()) and time.monotonic() >= deadline:
                raise AssertionError(f"{self.name} does not see {emoji} within {within_s} s\n{self._told()}")

    async def waits(
        self, fits: Callable[[SeenMessage], bool], what: str, within_s: float = 60, count: int = 1
    ) -> list[SeenMessage]:
        """At least `count` visible messages of the bot that fit; raises AssertionError listing what was seen."""
        deadline = time.monotonic() + within_s
        await self._look(0)
        while True:
            found = [m for m in self._messages.values() if m.from_bot and fits(m)]
            if len(found) >= count:
                return found
            if not await self._look(deadline - time.monotonic()) and time.monotonic() >= deadline:
                raise AssertionError(f"{self.name} does not see {what} within {within_s} s\n{self._told()}")

    async def _look(self, wait_s: float) -> bool:
        """Bring the picture of the chat up to date; False if nothing changed."""
        view = await self._client.get("view", chat=self.chat_id, since=self._revision, wait_s=max(wait_s, 0))
        changed: bool = view["revision"] > self._revision
        if view["revision"] < self._revision:
            return True  # another look was quicker and has newer news
        for shown in view["messages"]:
            if shown["deleted"]:
                self._messages.pop(shown["id"], None)
            else:
                self._messages[shown["id"]] = seen_message(shown)
        self._revision, self._keyboard, self._actions = view["revision"], view["keyboard"], view["actions"]
        return changed

    def _told(self) -> str:
        lines = [
            f"  {'bot' if m.from_bot else self.name}: [{m.kind}] {m.text} {m.labels}" for m in self._messages.values()
        ]
        return "\n".join(["the chat:", *lines[-20:]])
