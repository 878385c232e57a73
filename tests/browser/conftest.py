"""The page on a real server, with a bot that is nothing but requests; and a Chromium to look at it."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from dealer_bot.demo.browser.cable import Cable
from dealer_bot.demo.browser.company import Company
from dealer_bot.demo.browser.show import Show
from dealer_bot.demo.house import House
from dealer_bot.demo.words import Tongue
from dealer_bot.sandbox import PersonClient, Sandbox
from tests.browser import chromium
from tests.browser.chromium import Browser, Page

Json = dict[str, Any]

CARD = '{"order": "a00018001", "phone": "+375290000009", "plate_number": "7711 КХ-7", "client_name": "Игорь"}'


@dataclass
class Stand:
    """One phone on the page, one order in the store; the bot says what the test says."""

    show: Show
    made: Company
    server: Sandbox
    peter: PersonClient
    http: aiohttp.ClientSession

    @property
    def store(self) -> Path:
        return self.made.house.store

    async def bot(self, method: str, **params: Any) -> Any:
        """One request of the bot; it must be taken."""
        async with self.http.post(f"{self.server.url}/bot{self.server.token}/{method}", json=params) as answer:
            told = await answer.json()
        assert told["ok"], told
        return told["result"]

    async def says(self, text: str, **more: Any) -> Json:
        told: Json = await self.bot("sendMessage", chat_id=self.peter.id, text=text, **more)
        return told


@pytest.fixture
async def stand(tmp_path: Path) -> AsyncIterator[Stand]:
    house = House(tmp_path, Tongue("ru"))
    (house.store / "a00018001").mkdir(parents=True)
    (house.store / "a00018001" / "content.txt").write_text(CARD, encoding="utf-8")
    async with (
        Sandbox(files=tmp_path / "telegram") as server,
        aiohttp.ClientSession() as http,
        Cable(server.url) as cable,
    ):
        show = Show(Tongue("ru"), "127.0.0.1", 0)
        made = Company(house, server.client(), cable, show.board, 1)
        show.board.put("bot", {"state": "running"})
        async with show.serving(), show.showing(made):
            peter = await made.person("Пётр", "+37888888808")
            yield Stand(show, made, server, peter, http)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for all pages."""
    if chromium.path() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with chromium.browser(tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture
async def page(stand: Stand, browser: Browser) -> AsyncIterator[Page]:
    """The page of the stand, opened; whatever it complains of fails the test."""
    async with browser.page() as opened:
        await opened.opens(stand.show.address)
        await opened.sees("document.querySelector('.phone')")
        yield opened
        assert opened.complaints == []
