"""Requests to the control API."""

import hashlib
import io
from types import TracebackType
from typing import Any, Self

import aiohttp

from dealer_bot.sandbox.control_paths import PREFIX

Json = dict[str, Any]


class SandboxError(AssertionError):
    """The server says that this can't be done: no such button, no such message."""


class ControlRequests:
    """One HTTP session with the control API of a server; an async context manager."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/") + PREFIX
        self._session: aiohttp.ClientSession | None = None
        self._blobs: set[str] = set()

    async def keep_blob(self, data: bytes) -> str:
        """Make bytes known to the server once; their sha256."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._blobs:
            async with self._http().put(f"{self._url}/blobs", data=io.BytesIO(data)) as response:
                await _answer(response)
            self._blobs.add(sha256)
        return sha256

    async def post(self, path: str, body: Json | None = None) -> Any:
        """An act; raises SandboxError if it is impossible."""
        async with self._http().post(f"{self._url}/{path}", json=body or {}) as response:
            return await _answer(response)

    async def get(self, path: str, **query: Any) -> Any:
        """A look; raises SandboxError if there is nothing to look at."""
        async with self._http().get(f"{self._url}/{path}", params={k: str(v) for k, v in query.items()}) as response:
            return await _answer(response)

    async def get_bytes(self, path: str, **query: Any) -> bytes:
        """A file; raises SandboxError if there is none."""
        async with self._http().get(f"{self._url}/{path}", params={k: str(v) for k, v in query.items()}) as response:
            if response.status != 200:
                await _answer(response)
            return await response.read()

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    def _http(self) -> aiohttp.ClientSession:
        if self._session is None:
            timeout = aiohttp.ClientTimeout(total=None, sock_connect=5)
            self._session = aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0))
        return self._session


async def _answer(response: aiohttp.ClientResponse) -> Any:
    answer = await response.json()
    if response.status != 200:
        raise SandboxError(answer.get("error", answer.get("description")))
    return answer
