"""One update that failed waits its few seconds by time that has passed, whatever the clock shows meanwhile."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message

from database import clockwork, sql
from database.connection import Database
from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.lanes import Lanes
from dealer_bot.domain.visits import Received
from dealer_bot.services.turns import Turns

NOON, DAY_MS = 1_800_000_000_000, 24 * 3600 * 1000
CHAT = {"id": 7, "type": "private", "first_name": "Анна"}
HELLO = {"message_id": 1, "date": 1, "chat": CHAT, "from": CHAT | {"is_bot": False}, "text": "здравствуйте"}


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    made = make_bot("42:TEST", "http://127.0.0.1:9", False, None)
    yield made
    await made.session.close()


async def _is(database: Database, state: str, tries: int) -> None:
    async with asyncio.timeout(20):
        while await database.read(sql.rows, "SELECT state, tries FROM inbox") != [(state, tries)]:
            await asyncio.sleep(0.01)


async def test_a_clock_set_back_while_an_update_waits_for_its_second_try_delays_nobody(
    database: Database, bot: Bot
) -> None:
    now, seen = NOON, list[str]()
    dispatcher, turns = Dispatcher(), Turns(database, 42)

    @dispatcher.message()
    async def stumble(message: Message) -> None:
        seen.append(message.text or "")
        if len(seen) == 1:
            raise ZeroDivisionError

    lanes = Lanes(bot, dispatcher, turns, lambda: now, lambda: None, "ru")
    await turns.receive([Received(1, "tg:7", json.dumps({"update_id": 1, "message": HELLO}))], now)
    lanes.wake("tg:7")
    await _is(database, "new", tries=1)
    now = NOON + 60_000 - DAY_MS
    await database.write(clockwork.set_back, DAY_MS, now)
    await _is(database, "done", tries=1)
    await lanes.stop(5)
    assert seen == ["здравствуйте", "здравствуйте"]
