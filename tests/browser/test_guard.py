"""Who may open the page and what it takes: requests as other sites, other names and other machines would make them."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from dealer_bot.demo.browser import phones
from dealer_bot.demo.browser.guard import is_loopback
from dealer_bot.demo.browser.show import Show
from dealer_bot.demo.words import Tongue
from tests.browser.conftest import Stand

ACT = {"person": 0, "act": "says", "args": {"text": "from elsewhere"}}


@asynccontextmanager
async def open_to_others() -> AsyncIterator[tuple[str, str]]:
    """A page on all addresses of this machine: its address here, and what follows the printed one's."""
    show = Show(Tongue("ru"), "0.0.0.0", 0)
    async with show.serving():
        base, _, token = show.address.partition("?token=")
        yield base.replace("0.0.0.0", "127.0.0.1"), token


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example:8080"},
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_can_do_nothing(stand: Stand, headers: dict[str, str]) -> None:
    async with stand.http.post(f"{stand.show.address}api/act", json=ACT, headers=headers) as answer:
        assert answer.status == 403
    assert [act["act"] for act in await stand.made.tg.acts()] == ["joins"]


async def test_another_name_of_this_machine_opens_nothing(stand: Stand) -> None:
    async with stand.http.get(stand.show.address, headers={"Host": "rebound.example"}) as answer:
        assert answer.status == 403
    async with stand.http.get(stand.show.address, headers={"Host": "localhost"}) as answer:
        assert answer.status == 200
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


async def test_a_form_of_another_site_is_not_read(stand: Stand) -> None:
    async with stand.http.post(f"{stand.show.address}api/act", data='{"act": "says"}') as answer:
        assert answer.status == 415


async def test_a_page_that_others_reach_wants_its_token() -> None:
    async with (
        open_to_others() as (base, token),
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http,
    ):
        for path in ("", "live", "page/script/main.js", "?token=wrong", "api/store/card"):
            async with http.get(base + path) as answer:
                assert answer.status == 403, path
        async with http.get(f"{base}?token={token}") as answer:
            assert (answer.status, answer.url.query_string) == (200, "")
        async with http.get(f"{base}page/script/main.js") as answer:
            assert answer.status == 200


def test_only_this_machine_is_loopback() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "::1", "localhost", "127.8.8.8")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.0.5", "dealer.example", "")))


async def test_uploads_are_bounded(stand: Stand) -> None:
    too_much = io.BytesIO(b"x" * (phones.UPLOAD_BYTES + 1))
    async with stand.http.put(f"{stand.show.address}api/blobs", data=too_much) as answer:
        assert answer.status == 413


@pytest.mark.parametrize("name", ["..", "../a00018001", "a00018001/..", "/etc", ""])
async def test_nothing_outside_the_store_is_read_or_renamed(stand: Stand, name: str) -> None:
    async with stand.http.get(f"{stand.show.address}api/store/card", params={"folder": name}) as answer:
        assert answer.status == 409
    async with stand.http.post(f"{stand.show.address}api/store/close", json={"folder": name}) as answer:
        assert answer.status == 409
    asked = {"folder": "a00018001", "stage": "..", "name": "content.txt"}
    async with stand.http.get(f"{stand.show.address}api/store/file", params=asked) as answer:
        assert answer.status == 409
    assert [path.name for path in stand.store.iterdir()] == ["a00018001"]
