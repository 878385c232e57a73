"""getUpdates gives, keeps and forgets updates as the real server does."""

import asyncio
import time

import pytest

TERMINATED = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


async def polling(tg):
    """Until a poll is really waiting."""
    while not any(entry["outcome"] == "running" for entry in await tg.journal("getUpdates")):
        await asyncio.sleep(0)


async def test_an_update_comes_again_until_an_offset_confirms_it(bot, anna):
    await anna.says("раз")
    first = await bot.updates()
    again = await bot.updates(offset=first[-1]["update_id"])
    assert again == first[-1:]
    after = await bot.updates(offset=first[-1]["update_id"] + 1, timeout=0)
    assert after == []


async def test_ids_start_at_the_present_second_and_go_up_by_one(bot, anna):
    await anna.says("раз")
    ids = [update["update_id"] for update in await bot.updates()]
    assert abs(ids[0] - time.time()) < 60
    assert ids == [ids[0], ids[0] + 1]


async def test_a_negative_offset_keeps_the_last_and_forgets_the_rest(bot, anna):
    for word in ("раз", "два", "три"):
        await anna.says(word)
    assert [u["message"]["text"] for u in await bot.updates(offset=-2)] == ["два", "три"]
    assert [u["message"]["text"] for u in await bot.updates()] == ["два", "три"]


async def test_limit_is_kept_within_one_and_a_hundred(bot, anna):
    for number in range(120):
        await anna.says(str(number))
    assert len(await bot.updates(limit=1000)) == 100
    assert len(await bot.updates(offset=1, limit=0)) == 1
    assert len(await bot.updates(offset=2, limit=7)) == 7


async def test_a_waiting_call_is_answered_when_something_happens(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    waiting = asyncio.create_task(bot.updates(offset=offset, timeout=30))
    await polling(tg)
    await anna.says("проснись")
    assert [u["message"]["text"] for u in await asyncio.wait_for(waiting, 3)] == ["проснись"]


async def test_the_older_of_two_pollers_is_refused(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    older = asyncio.create_task(bot.asks("getUpdates", offset=offset, timeout=30))
    await polling(tg)
    newer = asyncio.create_task(bot.asks("getUpdates", offset=offset, timeout=30))
    assert (await asyncio.wait_for(older, 3)).told == (409, TERMINATED)
    await anna.says("кому?")
    assert [u["message"]["text"] for u in (await asyncio.wait_for(newer, 3)).result] == ["кому?"]


async def test_a_second_conflict_in_a_row_is_told_late(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    polls = []
    for number in range(3):
        polls.append(asyncio.create_task(bot.asks("getUpdates", offset=offset + number, timeout=30)))
        while len(await tg.journal("getUpdates")) < number + 2:
            await asyncio.sleep(0)
    assert (await asyncio.wait_for(polls[0], 2)).status == 409
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(polls[1], 0.3)


async def test_a_poller_that_was_killed_does_not_swallow_updates(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    killed = asyncio.create_task(bot.asks("getUpdates", offset=offset, timeout=30))
    await polling(tg)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    await anna.says("я здесь")
    assert [u["message"]["text"] for u in await bot.updates(offset=offset)] == ["я здесь"]


async def test_a_webhook_forbids_polling_and_ends_the_poll_that_waits(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    waiting = asyncio.create_task(bot.asks("getUpdates", offset=offset, timeout=30))
    await polling(tg)
    was_set = await bot.asks("setWebhook", url="https://example.org/bot")
    assert was_set.body == {"ok": True, "result": True, "description": "Webhook was set"}
    ended = await asyncio.wait_for(waiting, 3)
    assert ended.told == (409, "Conflict: terminated by setWebhook request")
    text = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    assert (await bot.asks("getUpdates")).told == (409, f"Conflict: {text}")
    assert (await bot.asks("getWebhookInfo")).result["url"] == "https://example.org/bot"

    assert (await bot.asks("deleteWebhook")).result is True
    assert (await bot.asks("getUpdates", timeout=0)).status == 200


async def test_dropped_updates_are_gone(bot, anna):
    await bot.asks("deleteWebhook", drop_pending_updates="true")
    assert await bot.updates() == []


async def test_what_is_allowed_counts_when_the_update_is_made_and_lasts(tg, bot, anna):
    await bot.updates(allowed_updates=["callback_query"])
    await anna.says("не услышит")
    await anna.presses_data(1, "x")
    found = await bot.updates(offset=1)
    assert [kind for update in found for kind in update if kind != "update_id"] == ["message", "callback_query"]
    assert "message" in found[0] and found[0]["message"]["text"] == "/start"

    await bot.updates(offset=found[-1]["update_id"] + 1, allowed_updates=["message", "message_reaction"], timeout=0)
    await anna.reacts(5, "👍")
    assert (await bot.updates(offset=2))[-1]["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]


async def test_reactions_come_only_when_asked_for(bot, anna):
    await anna.reacts(5, "👍")
    assert all("message_reaction" not in update for update in await bot.updates())


async def test_the_same_offset_again_at_once_is_slowed_down(bot, anna):
    await anna.says("раз")
    assert len(await bot.updates(offset=5)) == 2
    assert len(await bot.updates(offset=5)) == 1


async def test_updates_older_than_a_day_are_never_delivered(tg, bot, anna):
    await tg.pass_time(86_401)
    await anna.says("сегодня")
    assert [u["message"]["text"] for u in await bot.updates()] == ["сегодня"]


@pytest.mark.parametrize("position", [0, 1, 2])
async def test_a_poison_update_stands_where_it_was_put(tg, bot, anna, position):
    await anna.says("раз")
    await tg.inject({"message": {"message_id": 1, "date": "вчера"}}, position=position)
    found = await bot.updates()
    assert [i for i, u in enumerate(found) if u.get("message", {}).get("date") == "вчера"] == [position]


async def test_an_update_id_that_repeats_or_is_smaller_is_delivered_once(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    await tg.inject({"update_id": 7, "message": {}}, {"update_id": offset - 1, "message": {}})
    assert [u["update_id"] for u in await bot.updates(offset=offset)] == [7, offset - 1]
    assert await bot.updates(offset=offset + 1, timeout=0) == []


async def test_updates_that_are_held_come_in_one_batch(tg, bot, anna):
    offset = (await bot.updates())[-1]["update_id"] + 1
    await tg.hold_updates()
    waiting = asyncio.create_task(bot.updates(offset=offset, timeout=30))
    await polling(tg)
    await anna.says("раз")
    await anna.says("два")
    await tg.let_updates_go()
    assert [u["message"]["text"] for u in await asyncio.wait_for(waiting, 3)] == ["раз", "два"]
