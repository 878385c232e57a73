"""The cable between the bot and Telegram's server: it can be pulled, and it can be slow.

Faults of the server answer something; a pulled cable answers nothing, as in a cellar without a signal.
"""

import asyncio
import contextlib
from urllib.parse import urlsplit

CHUNK = 16 * 1024


class Cable:
    """Carries TCP from `url` to a server; an async context manager."""

    def __init__(self, server_url: str) -> None:
        there = urlsplit(server_url)
        self._there = there.hostname or "127.0.0.1", there.port or 80
        self._port = 0
        self._listener: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()
        self.delay_s = 0.0

    @property
    def url(self) -> str:
        """What the bot takes for Telegram."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def is_whole(self) -> bool:
        return self._listener is not None

    async def mend(self) -> None:
        """Plug in, always at the same address."""
        if self._listener is None:
            self._listener = await asyncio.start_server(self._carry, "127.0.0.1", self._port)
            self._port = self._listener.sockets[0].getsockname()[1]

    async def pull(self) -> None:
        """From now on nobody answers; what was under way is cut."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for end in tuple(self._ends):
            end.transport.abort()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there_reader, there_writer = await asyncio.open_connection(*self._there)
        except OSError:
            writer.transport.abort()
            return
        self._ends |= {writer, there_writer}
        await asyncio.gather(self._pour(reader, there_writer), self._pour(there_reader, writer))
        self._ends -= {writer, there_writer}

    async def _pour(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await source.read(CHUNK):
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                sink.write(piece)
                await sink.drain()
        sink.close()

    async def __aenter__(self) -> "Cable":
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.pull()
