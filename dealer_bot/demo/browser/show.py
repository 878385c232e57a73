"""The demo in the browser: the page's server, and one dealership after another behind it."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from dealer_bot.demo.browser import page
from dealer_bot.demo.browser.answering import Refused, answering
from dealer_bot.demo.browser.board import Board
from dealer_bot.demo.browser.company import Company, company
from dealer_bot.demo.browser.fate import Fate
from dealer_bot.demo.browser.guard import Guard, harden
from dealer_bot.demo.browser.phones import Phones
from dealer_bot.demo.browser.shelves import Shelves
from dealer_bot.demo.browser.stream import Stream
from dealer_bot.demo.browser.tour import Tour
from dealer_bot.demo.expecting import START_S, NotSeen
from dealer_bot.demo.house import LABELS, House, house
from dealer_bot.demo.words import Tongue
from dealer_bot.sandbox import SandboxClient


class Show:
    """Everything behind one address: `serving` is the page, `run` the dealerships."""

    def __init__(self, say: Tongue, host: str, port: int) -> None:
        self._say, self._host, self._port = say, host, port
        self.board, self._guard = Board(), Guard(host)
        self._made: Company | None = None
        self._runs = 0
        self._anew, self._opened = asyncio.Event(), asyncio.Event()
        self._tour = Tour(self._fresh, self.board)
        self._shelves, self._fate = Shelves(self._current, self.board), Fate(self._current, self.board)
        self.board.put("house", page.about(say))
        self.house: House | None = None

    @property
    def address(self) -> str:
        """What to open; with the token where one is needed."""
        name = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{name}:{self._port}/" + (f"?token={self._guard.token}" if self._guard.token else "")

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """The page can be opened. Raises OSError if the port is taken."""
        runner = web.AppRunner(self._app(), access_log=None, handler_cancellation=True, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._port).start()
            self._port = runner.addresses[0][1]
            yield
        finally:
            await runner.cleanup()

    async def run(self) -> None:
        """One dealership after another, until cancelled. Raises NotSeen, ClientError."""
        while True:
            self.board.put("house", page.about(self._say))
            async with house(self._say) as self.house:
                await self._one(self.house)
            shutil.rmtree(self.house.folder, ignore_errors=True)

    async def _one(self, built: House) -> None:
        self._runs += 1
        self._anew.clear()
        async with company(built, self.board, self._runs) as made, self.showing(made):
            await self._until_the_next(built)

    @asynccontextmanager
    async def showing(self, made: Company) -> AsyncIterator[None]:
        """The page drives this dealership meanwhile."""
        self._made = made
        self._opened.set()
        watches = [asyncio.create_task(part.watch(made)) for part in (self._shelves, self._fate)]
        try:
            yield
        finally:
            self._made = None
            self._opened.clear()
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)

    async def _until_the_next(self, built: House) -> None:
        ends = [asyncio.create_task(self._anew.wait()), asyncio.create_task(built.programs["server"].wait())]
        try:
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        if not self._anew.is_set():
            raise NotSeen(self._say("Сервер Bot API завершился сам.", "The server has ended by itself."))

    async def _fresh(self, language: str) -> Company:
        """A dealership in which nobody has done anything, in this language. Raises Refused."""
        speaks = self._made.house.say.language if self._made is not None else ""
        if self._made is None or (language or speaks) != speaks or await self._made.is_used():
            await self._begin_anew(language)
        return self._current()

    async def _begin_anew(self, language: str) -> None:
        """In the language of the page that asks; none: in that of the last one."""
        if language in LABELS:
            self._say = Tongue(language)
        if self._made is not None:
            self._anew.set()
            self._opened.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._opened.wait(), 2 * START_S)

    def _current(self) -> Company:
        if self._made is None or self._anew.is_set():
            raise Refused(self._say("Автоцентр ещё открывается.", "The dealership is still opening."))
        return self._made

    def _sandbox(self) -> SandboxClient | None:
        return self._made.tg if self._made is not None else None

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._guard.middleware])
        app.on_response_prepare.append(harden)
        phones = Phones(self._current, self._tour.taken_over)
        app.add_routes(page.routes())
        app.add_routes([web.get("/live", self._live), web.post("/api/anew", answering(self._ask_anew))])
        for part in (phones, self._shelves, self._fate, self._tour):
            app.add_routes(part.routes())
        return app

    async def _live(self, request: web.Request) -> web.StreamResponse:
        return await Stream(self.board, self._sandbox).serve(request)

    async def _ask_anew(self, body: dict[str, object]) -> dict[str, object]:
        self._tour.forget()
        await self._begin_anew(str(body.get("language", "")))
        return {}
