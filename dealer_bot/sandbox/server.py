"""The server put together: one bot, one port."""

import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from aiohttp import web

from dealer_bot.sandbox.client import SandboxClient
from dealer_bot.sandbox.control import Control
from dealer_bot.sandbox.faults import Faults
from dealer_bot.sandbox.files import Files
from dealer_bot.sandbox.flood import Flood
from dealer_bot.sandbox.journal import Journal
from dealer_bot.sandbox.people import People
from dealer_bot.sandbox.signal import Signal
from dealer_bot.sandbox.wire import Wire, not_found
from dealer_bot.sandbox.world import World

# Above the largest file that a local server takes.
_LARGEST_REQUEST = 2**31 + 2**20


class Sandbox:
    """A strict Telegram Bot API server on this machine; an async context manager.

    `url` is what a bot takes for api.telegram.org; port 0 means any free port.
    """

    def __init__(
        self,
        token: str = "42:TEST",  # noqa: S107  # of nobody's bot
        files: Path | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        local: bool = False,
        flood: bool = False,
        seed: int = 0,
        name: str = "Сервис",
    ) -> None:
        self.token = token
        self.host, self.port = host, port
        folder = files or Path(tempfile.gettempdir()) / "dealer_bot_sandbox"
        self.world = World(_bot(token, name), Files(folder / token if local else folder, local))
        self.journal = Journal()
        self.faults = Faults(seed)
        self.people = People(self.world)
        self._wire = Wire(self.world, token, self.journal, self.faults, Flood(flood), local)
        self._runner: web.AppRunner | None = None
        self._clients: list[SandboxClient] = []

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def client(self) -> SandboxClient:
        """A client that is closed together with the server."""
        client = SandboxClient(self.url)
        self._clients.append(client)
        return client

    async def start(self) -> None:
        signal = Signal()
        self.world.changed = self.journal.changed = signal.ring
        control = Control(self.world, self.people, self.journal, self.faults, signal)
        app = web.Application(client_max_size=_LARGEST_REQUEST)
        app.add_routes([*control.routes(), *self._wire.routes(), web.route("*", "/{anything:.*}", not_found)])
        # A client that goes away must not leave its long poll waiting here.
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        for client in self._clients:
            await client.close()
        self.faults.release()
        if self._runner:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()


def _bot(token: str, name: str) -> dict[str, object]:
    number = int(token.partition(":")[0])
    return {"id": number, "is_bot": True, "first_name": name, "username": f"sandbox_{number}_bot"}
