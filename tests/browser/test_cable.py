"""The cable between bot and server: pulled, nobody answers; mended, the same address does."""

import asyncio

import aiohttp
import pytest

from dealer_bot.demo.browser.cable import Cable
from dealer_bot.sandbox import Sandbox


async def test_a_pulled_cable_refuses_and_a_mended_one_answers_at_the_same_address(tmp_path) -> None:
    async with Sandbox(files=tmp_path) as server, Cable(server.url) as cable, aiohttp.ClientSession() as http:
        address = f"{cable.url}/bot{server.token}/getMe"
        async with http.get(address) as answer:
            assert answer.status == 200
        await cable.pull()
        with pytest.raises(aiohttp.ClientConnectionError):
            await http.get(address)
        await cable.mend()
        async with http.get(address) as answer:
            assert answer.status == 200


async def test_what_is_under_way_is_cut(tmp_path) -> None:
    async with Sandbox(files=tmp_path) as server, Cable(server.url) as cable, aiohttp.ClientSession() as http:
        tg = server.client()
        address = f"{cable.url}/bot{server.token}/getUpdates"
        waiting = asyncio.ensure_future(http.request("GET", address, params={"timeout": "30"}))
        while not await tg.journal("getUpdates"):
            await asyncio.sleep(0.01)
        await cable.pull()
        with pytest.raises(aiohttp.ClientError):
            await waiting
