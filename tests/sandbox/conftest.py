"""A server, somebody to talk to, and a bot that is nothing but HTTP requests."""

import io
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from dealer_bot.sandbox import PersonClient, Sandbox, SandboxClient

Json = dict[str, Any]


@dataclass
class Answer:
    status: int
    body: Json
    headers: dict[str, str]

    @property
    def told(self) -> tuple[int, str]:
        """HTTP status and description; the envelope must agree with the status."""
        assert self.body["ok"] is False and self.body["error_code"] == self.status
        return self.status, self.body["description"]

    @property
    def result(self) -> Any:
        assert self.body.get("ok") is True, self.body
        return self.body["result"]


class RawBot:
    """Requests as any HTTP client makes them: no aiogram between the test and the wire."""

    def __init__(self, server: Sandbox, session: aiohttp.ClientSession) -> None:
        self.base = f"{server.url}/bot{server.token}"
        self.files = f"{server.url}/file/bot{server.token}"
        self.session = session

    async def asks(self, method: str, **params: Any) -> Answer:
        """As a form: every value a string, nested ones as JSON."""
        form = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
        async with self.session.post(f"{self.base}/{method}", data=form) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def uploads(self, method: str, parts: dict[str, tuple[str, bytes]], **params: Any) -> Answer:
        """As multipart: files by part name."""
        form = aiohttp.FormData()
        for key, value in params.items():
            form.add_field(key, value if isinstance(value, str) else json.dumps(value))
        for key, (name, data) in parts.items():
            form.add_field(key, io.BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self.session.post(f"{self.base}/{method}", data=form) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def fetches(self, path: str) -> bytes:
        async with self.session.get(f"{self.files}/{path}") as response:
            assert response.status == 200
            return await response.read()

    async def updates(self, **params: Any) -> list[Json]:
        result: list[Json] = (await self.asks("getUpdates", **params)).result
        return result


@pytest.fixture
async def server(tmp_path) -> AsyncIterator[Sandbox]:
    async with Sandbox(files=tmp_path) as running:
        yield running


@pytest.fixture
async def tg(server: Sandbox) -> SandboxClient:
    return server.client()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def bot_of(http: aiohttp.ClientSession) -> Callable[[Sandbox], RawBot]:
    return lambda server: RawBot(server, http)


@pytest.fixture
def bot(server: Sandbox, bot_of: Callable[[Sandbox], RawBot]) -> RawBot:
    return bot_of(server)


@pytest.fixture
async def anna(tg: SandboxClient) -> PersonClient:
    """Has started the bot."""
    person = await tg.person("Анна Белова", phone="+375291112233", user_id=1001)
    await person.starts()
    return person
