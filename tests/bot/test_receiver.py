"""What Telegram was told we have is on disk, whatever it was, and nothing unusual stops the next one."""

import asyncio
import contextlib
import sqlite3
from contextlib import closing
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from database import sql
from database.connection import DatabaseAway
from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.receiver import NotTheBotApi, TokenRefused, lane_of
from tests.bot.ear import Ear

CHAT, USER = {"id": 7, "type": "private"}, {"id": 9, "is_bot": False}
KEYS = st.sampled_from(["chat", "from", "id", "message", "x"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner),
    max_leaves=12,
)


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        ({"message": {"chat": CHAT, "from": USER}}, "tg:7"),
        ({"edited_message": {"chat": {"id": -100123}, "from": USER}}, "tg:-100123"),
        ({"callback_query": {"from": USER, "message": {"chat": CHAT}}}, "tg:7"),
        ({"callback_query": {"from": USER, "inline_message_id": "x"}}, "tg:9"),
        ({"my_chat_member": {"chat": CHAT, "from": USER}}, "tg:7"),
        ({"message_reaction": {"chat": CHAT, "user": USER}}, "tg:7"),
        ({"poll_answer": {"user": USER}}, "tg:9"),
        ({"some_day_new": {"from": USER}}, "tg:9"),
        ({"message": {"chat": {"id": "7"}, "from": USER}}, "tg:9"),
        ({"message": {"chat": None, "from": [1]}}, "tg:0"),
        ({"message": "text"}, "tg:0"),
        ({}, "tg:0"),
    ],
)
def test_a_lane_is_the_chat_or_else_the_user(raw: dict[str, Any], lane: str) -> None:
    assert lane_of({"update_id": 1} | raw) == lane


@given(st.dictionaries(st.sampled_from(["update_id", "message", "callback_query", "x"]), JSON))
def test_every_update_has_a_lane(raw: dict[str, Any]) -> None:
    assert lane_of(raw).startswith("tg:")


async def test_what_was_said_is_in_the_inbox_and_its_lane_is_woken(ear: Ear) -> None:
    await ear.anna.starts()
    await ear.anna.says("раз")
    assert await ear.hears() == 2
    assert [each["message"]["text"] for each in await ear.inbox()] == ["/start", "раз"]
    assert ear.woken == [f"tg:{ear.anna.id}"]
    assert await ear.hears() == 0 and await ear.waiting() == 0


async def test_nothing_is_confirmed_while_the_database_is_away(ear: Ear) -> None:
    await ear.anna.says("не потеряйся")
    await ear.database.write(lambda: sql.row("PRAGMA busy_timeout = 20"))
    with closing(sqlite3.connect(ear.database.path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        for _ in range(2):
            with pytest.raises(DatabaseAway):
                await ear.hears()
        stranger.execute("ROLLBACK")
    assert ear.woken == [] and await ear.waiting() == 1
    assert all("offset" not in entry["params"] for entry in await ear.tg.journal("getUpdates"))
    await ear.hears()
    assert [each["message"]["text"] for each in await ear.inbox()] == ["не потеряйся"]


async def test_an_update_that_comes_again_is_there_once(ear: Ear) -> None:
    await ear.anna.says("один раз")
    await ear.tg.fault("getUpdates", cut_after=True)
    with pytest.raises(aiohttp.ClientError):
        await ear.hears()
    await ear.hears()
    (kept,) = await ear.inbox()
    assert await ear.tg.inject(kept) == [kept["update_id"]]
    await ear.hears()
    assert await ear.inbox() == [kept]


async def test_a_call_that_fails_loses_nothing_and_the_next_one_hears_all(ear: Ear) -> None:
    await ear.anna.says("раз")
    await ear.hears()
    await ear.anna.says("два")
    for fault in ({"too_many_requests": 1}, {"cut_before": True}, {"cut_after": True}):
        await ear.tg.fault("getUpdates", **fault)
        with contextlib.suppress(aiohttp.ClientError):
            assert await ear.hears() == 0
    for _ in range(3):  # Telegram answers one that asks in a hurry with one update at a time
        await ear.hears()
    assert [each["message"]["text"] for each in await ear.inbox()] == ["раз", "два"]
    assert await ear.waiting() == 0


async def test_strange_updates_are_kept_and_delay_nobody(ear: Ear) -> None:
    strange: list[dict[str, Any]] = [
        {"message": 5},
        {"message": {"chat": {"id": 2**70}, "text": "x"}},
        {"message": {"chat": CHAT, "text": "до\ud83dпосле"}},
        {"some_day_new": [[[[[["x"]]]]]]},
    ]
    await ear.tg.inject(*strange)
    await ear.anna.says("и обычное")
    await ear.hears()
    found = await ear.inbox()
    assert len(found) == 5 and found[-1]["message"]["text"] == "и обычное"
    for given_update, kept in zip(strange, found, strict=False):
        assert given_update.items() <= kept.items()
    assert await ear.hears() == 0 and await ear.waiting() == 0


@pytest.mark.parametrize("place", [0, 1])
async def test_what_comes_after_an_enormous_id_is_heard(ear: Ear, place: int) -> None:
    await ear.anna.says("раньше")
    await ear.tg.inject({"update_id": 2**70, "message": {"chat": CHAT, "text": "x"}}, position=place)
    await ear.hears()
    await ear.anna.says("позже")
    for _ in range(3):
        await ear.hears()
    texts = [each["message"]["text"] for each in await ear.inbox()]
    assert sorted(texts) == ["x", "позже", "раньше"]


async def test_a_token_that_telegram_does_not_know_is_told_at_once(ear: Ear) -> None:
    await ear.tg.fault("getUpdates", unauthorized=True)
    with pytest.raises(TokenRefused):
        await ear.hears()


@pytest.mark.parametrize("body", ["<html>Welcome to nginx!</html>", "[]", ""])
async def test_a_page_of_somebody_else_is_told_from_telegram_and_its_server_named(
    ear: Ear, caplog: pytest.LogCaptureFixture, body: str
) -> None:
    async def page(_: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", page)
    async with TestServer(app) as somebody:
        ear.bot = make_bot(ear.server.token, str(somebody.make_url("")), False, None)
        ear.is_born()
        with pytest.raises(NotTheBotApi):
            await ear.hears()
        running = asyncio.create_task(ear.receiver.run())
        while not caplog.records:
            await asyncio.sleep(0.01)
        running.cancel()
        await ear.bot.session.close()
        assert caplog.messages[0] == f"no updates from 127.0.0.1:{somebody.port}: NotTheBotApi, again in 0.5 s"
