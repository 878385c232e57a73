"""A bot that comes back is not delayed, and what may have been lost in a long silence is told."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from database import beats, people
from dealer_bot.bot.receiver import TokenRefused, TokenTaken
from dealer_bot.domain.people import Role
from dealer_bot.services.listening import BEAT
from tests.bot.ear import Ear

HOUR_MS = 3_600_000


@contextlib.asynccontextmanager
async def _running(ear: Ear) -> AsyncIterator[None]:
    polling = asyncio.create_task(ear.receiver.run())
    try:
        yield
        assert not polling.done(), polling.exception()
    finally:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def _hears(ear: Ear, count: int) -> None:
    async with asyncio.timeout(15):
        while len(await ear.rows("SELECT 1 FROM inbox")) < count:
            await asyncio.sleep(0.01)


async def test_a_newcomer_alone_takes_what_waits_after_a_second(ear: Ear) -> None:
    await ear.anna.starts()
    began = time.monotonic()
    async with _running(ear):
        await _hears(ear, 1)
    assert time.monotonic() - began >= 1


async def test_a_newcomer_who_can_not_reach_telegram_does_not_think_himself_alone(ear: Ear) -> None:
    await ear.tg.fault("getUpdates", server_error=502)
    await ear.anna.starts()
    async with _running(ear):
        await _hears(ear, 1)
    polls = await ear.tg.journal("getUpdates")
    assert [entry["params"]["timeout"] for entry in polls][:2] == ["2", "2"]


async def test_a_newcomer_who_is_interrupted_goes_and_has_confirmed_nothing(ear: Ear) -> None:
    await ear.anna.starts()
    await ear.tg.fault("getUpdates", skip=1, conflict=True)
    with pytest.raises(TokenTaken):
        await ear.receiver.run()
    assert await ear.rows("SELECT 1 FROM inbox") == [] and await ear.waiting() == 1


async def test_a_newcomer_whose_messages_go_to_a_webhook_says_so(ear: Ear) -> None:
    told = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await ear.tg.fault("getUpdates", refuse=[409, told])
    with pytest.raises(TokenTaken, match="deleteWebhook"):
        await ear.receiver.run()


async def test_a_newcomer_before_whose_eyes_somebody_takes_what_waits_goes(ear: Ear) -> None:
    await ear.anna.starts()
    coming = asyncio.create_task(ear.receiver.run())
    while not await ear.tg.journal("getUpdates"):
        await asyncio.sleep(0.01)
    ear.server.world.updates.drop()
    with pytest.raises(TokenTaken):
        await asyncio.wait_for(coming, 15)


async def test_whose_database_it_is_is_written_down_when_telegram_has_let_the_bot_in(ear: Ear) -> None:
    await ear.tg.fault("getUpdates", unauthorized=True)
    with pytest.raises(TokenRefused):
        await ear.receiver.step(timeout_s=0)
    assert await ear.rows("SELECT 1 FROM beats WHERE name = 'bot'") == []
    await ear.receiver.step(timeout_s=0)
    assert await ear.rows("SELECT value FROM beats WHERE name = 'bot'") == [("42",)]


async def test_a_restart_waits_for_nobody(ear: Ear) -> None:
    await ear.database.write(beats.beat, BEAT, ear.now - 90_000)
    async with _running(ear):
        await ear.anna.starts()
        await _hears(ear, 1)
    polls = await ear.tg.journal("getUpdates")
    assert {entry["params"]["timeout"] for entry in polls} == {"25"}


async def test_one_who_keeps_interrupting_is_told_to_the_admins_once_an_hour(ear: Ear) -> None:
    await ear.database.write(_admin)
    await ear.database.write(beats.beat, BEAT, ear.now)
    await ear.tg.fault("getUpdates", times=5, conflict=True)
    async with _running(ear):
        await ear.anna.starts()
        await _hears(ear, 1)
    assert await _told(ear) == ["alert-two-bots"]


async def test_a_silence_longer_than_telegram_keeps_messages_is_told_once(ear: Ear) -> None:
    await ear.database.write(_admin)
    await _hears_a_word(ear)
    for hours, expected in ((23, []), (25, ["alert-silence"]), (1, ["alert-silence"])):
        ear.now += hours * HOUR_MS
        for _ in range(2):
            ear.is_born()
            await _hears_a_word(ear)
        assert await _told(ear) == expected
    ((args,),) = await ear.rows("SELECT args FROM outbox")
    assert args == '{"since": "16.01.2027 07:00", "until": "17.01.2027 08:00"}'


async def test_a_telegram_out_of_reach_for_days_counts_as_silence_too(ear: Ear) -> None:
    await ear.database.write(_admin)
    await _hears_a_word(ear)
    for _ in range(3):
        ear.now += 12 * HOUR_MS
        await ear.tg.fault("getUpdates", too_many_requests=0)
        assert await ear.hears() == 0
    assert await _told(ear) == []
    await _hears_a_word(ear)
    assert await _told(ear) == ["alert-silence"]


async def test_ids_that_begin_anew_below_the_old_ones_are_heard(ear: Ear) -> None:
    await ear.anna.says("до отпуска")
    await ear.hears()
    assert await ear.hears() == 0
    await ear.tg.inject({"update_id": 5, "message": {"text": "после отпуска", "chat": {"id": 7, "type": "private"}}})
    await ear.hears()
    assert [each["message"]["text"] for each in await ear.inbox()] == ["до отпуска", "после отпуска"]


async def _hears_a_word(ear: Ear) -> None:
    await ear.anna.says("слово")
    assert await ear.hears() == 1


def _admin() -> None:
    people.add(address="tg:1", role=Role.ADMIN)


async def _told(ear: Ear) -> list[str]:
    return [row[0] for row in await ear.rows("SELECT notice FROM outbox ORDER BY id")]
