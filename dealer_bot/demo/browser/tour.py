"""The guided tour: the demo's story played on the page, stopped and taken over at any moment."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, web

from dealer_bot.demo.browser.answering import Refused, answering
from dealer_bot.demo.browser.board import Board
from dealer_bot.demo.browser.company import Company
from dealer_bot.demo.expecting import NotSeen
from dealer_bot.demo.story import Story
from dealer_bot.sandbox import SandboxError

Json = dict[str, Any]

READING_S = 1.4
STEPS = 8


class Tour:
    """An audience of the story that tells it to the board and holds it back while it is paused.

    `fresh` gives a dealership in which nobody has done anything yet, in a language; "" is that of the last one.
    """

    def __init__(self, fresh: Callable[[str], Awaitable[Company]], board: Board) -> None:
        self._fresh, self._board = fresh, board
        self._gate = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._reading_s = READING_S
        self.forget()

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/api/tour", answering(self._ask))]

    def forget(self) -> None:
        """Back to before the beginning."""
        if self._task is not None:
            self._task.cancel()
        self._task, self._step, self._state = None, 0, "idle"
        self._titles: list[str] = []
        self._facts: list[Json] = []
        self._now: Json | None = None
        self._show()

    def taken_over(self) -> None:
        """A person acts by hand: the tour stands still until it is asked to go on."""
        if self._state == "playing":
            self._gate.clear()
            self._become("paused")

    async def _ask(self, body: Json) -> Json:
        self._reading_s = float(body.get("reading_s", self._reading_s))
        if body["what"] == "pause":
            self.taken_over()
        elif body["what"] == "play" and self._state == "paused":
            self._gate.set()
            self._become("playing")
        elif body["what"] == "play" and self._state not in ("playing", "preparing"):
            await self._begin(str(body.get("language", "")))
        elif body["what"] != "play":
            raise Refused(f"no such wish: {body['what']}")
        return {}

    async def _begin(self, language: str) -> None:
        self.forget()
        self._become("preparing")
        try:
            made = await self._fresh(language)
        except BaseException:
            self._become("idle")
            raise
        self._gate.set()
        self._become("playing")
        self._task = asyncio.create_task(self._play(made))

    async def _play(self, made: Company) -> None:
        story = Story(made.house, made.tg, self, made.person)
        try:
            for number, step in enumerate(story.steps(), 1):
                self._step, self._facts = number, []
                await step()
            self._now = None
            self._become("done")
        except (NotSeen, SandboxError, ClientError) as missing:
            self.fact(str(missing))
            self._now = None
            self._become("failed")

    async def step(self, text: str) -> None:
        self._titles = [*self._titles, text]
        self._show()
        await self._breath()

    async def acts(self, name: str, text: str) -> None:
        await self._gate.wait()
        self._now = {"name": name, "text": text}
        self._show()
        await self._breath()
        await self._gate.wait()

    def bot_shows(self, name: str, text: str, buttons: str = "") -> None:
        """The chats show it by themselves."""

    def command(self, line: str, output: str) -> None:
        self._tells("command", line, output)

    def fact(self, text: str) -> None:
        self._tells("fact", text)

    def lines(self, lines: list[str]) -> None:
        self._tells("lines", "", "\n".join(lines))

    async def _breath(self) -> None:
        await asyncio.sleep(self._reading_s)

    def _tells(self, kind: str, text: str, more: str = "") -> None:
        self._facts = [*self._facts, {"kind": kind, "text": text, "more": more}]
        self._show()

    def _become(self, state: str) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        shown = {"state": self._state, "step": self._step, "steps": STEPS, "now": self._now}
        self._board.put("tour", shown | {"titles": self._titles, "facts": self._facts})
