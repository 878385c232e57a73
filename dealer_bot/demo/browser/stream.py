"""What a page sees, live: server-sent events. Nothing is kept here: each page looks at the server by itself."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, web

from dealer_bot.demo.browser.board import Board
from dealer_bot.sandbox import SandboxClient, SandboxError

Json = dict[str, Any]
Tell = Callable[[str, Any], Awaitable[None]]

LOOK_S = 25.0
RECONNECT_MS = 700


class Stream:
    """One open page: the board's topics, and the chats of the people on it."""

    def __init__(self, board: Board, sandbox: Callable[[], SandboxClient | None]) -> None:
        self._board, self._sandbox = board, sandbox
        self._run: int | None = None
        self._looks: dict[int, asyncio.Task[None]] = {}

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Until the page goes."""
        headers = {"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"}
        response = web.StreamResponse(headers=headers)
        await response.prepare(request)
        await response.write(f"retry: {RECONNECT_MS}\n\n".encode())

        async def tell(topic: str, value: Any) -> None:
            line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            await response.write(f"event: {topic}\ndata: {line}\n\n".encode("utf-8", "surrogatepass"))

        try:
            with contextlib.suppress(ConnectionError):
                await self._follow(tell)
        finally:
            self._stop_looking()
        return response

    async def _follow(self, tell: Tell) -> None:
        with self._board.followed() as notes:
            while True:
                try:
                    topic, value = await asyncio.wait_for(notes.get(), LOOK_S)
                except TimeoutError:
                    topic, value = "beat", None  # a page that is gone is noticed by writing to it
                await tell(topic, value)
                if topic == "people":
                    self._look_at(value, tell)

    def _look_at(self, people: Json, tell: Tell) -> None:
        if people["run"] != self._run:
            self._stop_looking()
            self._run = people["run"]
        tg = self._sandbox()
        if tg is None:
            return
        for member in people["list"]:
            if member["id"] not in self._looks:
                look = _look(tg, member["id"], people["run"], tell)
                self._looks[member["id"]] = asyncio.create_task(look)

    def _stop_looking(self) -> None:
        for look in self._looks.values():
            look.cancel()
        self._looks.clear()


async def _look(tg: SandboxClient, chat: int, run: int, tell: Tell) -> None:
    """A chat from its beginning, then whatever changes in it, as long as server and page are there."""
    since = signs = -1
    with contextlib.suppress(ClientError, ConnectionError, SandboxError, RuntimeError):
        while True:
            view = await tg.get("view", chat=chat, since=max(since, 0), signs=signs, wait_s=LOOK_S)
            if (view["revision"], view["signs"]) != (since, signs):
                since, signs = view["revision"], view["signs"]
                await tell("chat", {"run": run, "person": chat, **view})
