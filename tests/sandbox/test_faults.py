"""Faults strike what they were planned for, as often as planned."""

import asyncio
import time

import aiohttp
import pytest


async def test_a_fault_strikes_as_often_as_it_was_planned(tg, bot, anna):
    await tg.fault("sendMessage", server_error=502, times=2, skip=1)
    codes = [(await bot.asks("sendMessage", chat_id="1001", text="?")).status for _ in range(5)]
    assert codes == [200, 502, 502, 200, 200]


async def test_a_fault_of_one_chat_or_method_spares_the_others(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    await tg.fault("sendMessage", blocked=True, chat=petr, times=None)
    assert (await bot.asks("sendMessage", chat_id="1001", text="?")).status == 200
    assert (await bot.asks("sendChatAction", chat_id="2002", action="typing")).status == 200
    assert (await bot.asks("sendMessage", chat_id="2002", text="?")).told == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    await tg.clear_faults()
    assert (await bot.asks("sendMessage", chat_id="2002", text="?")).status == 200


async def test_a_fault_by_chance_repeats_with_its_seed(tg, bot, anna):
    await tg.fault("sendMessage", too_many_requests=1, probability=0.5, times=None)
    codes = [(await bot.asks("sendMessage", chat_id="1001", text="?")).status for _ in range(40)]
    assert 8 < codes.count(429) < 32


@pytest.mark.parametrize(
    ("kind", "code", "description"),
    [
        ({"chat_not_found": True}, 400, "Bad Request: chat not found"),
        ({"deactivated": True}, 403, "Forbidden: user is deactivated"),
        ({"unauthorized": True}, 401, "Unauthorized"),
        ({"server_error": 500}, 500, "Internal Server Error"),
        ({"refuse": [400, "Bad Request: PEER_ID_INVALID"]}, 400, "Bad Request: PEER_ID_INVALID"),
        ({"migrated": -100777}, 400, "Bad Request: group chat was upgraded to a supergroup chat"),
    ],
)
async def test_every_refusal_can_be_had(tg, bot, anna, kind, code, description):
    await tg.fault(**kind)
    assert (await bot.asks("sendMessage", chat_id="1001", text="?")).told == (code, description)


async def test_a_cut_after_acceptance_leaves_the_message_in_the_chat(tg, bot, anna):
    await tg.fault("sendMessage", cut_after=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.asks("sendMessage", chat_id="1001", text="дошло")
    await anna.sees("дошло")
    entry = (await tg.journal("sendMessage"))[-1]
    assert (entry["accepted"], entry["outcome"]) == (True, "cut") and len(entry["message_ids"]) == 1


async def test_a_hang_before_acceptance_leaves_nothing(tg, bot, anna):
    await bot.asks("deleteWebhook", drop_pending_updates="true")
    await tg.fault("sendMessage", hang_before=True)
    hung = asyncio.create_task(bot.asks("sendMessage", chat_id="1001", text="не дошло"))
    while not await tg.journal("sendMessage"):
        await asyncio.sleep(0)
    hung.cancel()
    await asyncio.gather(hung, return_exceptions=True)
    await tg.quiet(for_s=0)
    entry = (await tg.journal("sendMessage"))[-1]
    assert (entry["accepted"], entry["outcome"]) == (False, "hung")
    assert not [message for message in await anna.chat() if message.from_bot]


async def test_a_hang_after_acceptance_never_answers(tg, bot, anna):
    await tg.fault("sendMessage", hang_after=True)
    hung = asyncio.create_task(bot.asks("sendMessage", chat_id="1001", text="дошло"))
    await anna.sees("дошло")
    assert not hung.done()
    await tg.release_hung()
    with pytest.raises(aiohttp.ClientError):
        await asyncio.wait_for(hung, 3)
    assert (await tg.journal("sendMessage"))[-1]["accepted"] is True


async def photo_path(bot, anna):
    await anna.shoots()
    shot = (await bot.updates())[-1]["message"]["photo"][-1]
    return (await bot.asks("getFile", file_id=shot["file_id"])).result


async def test_a_download_is_cut_at_a_byte(tg, bot, anna):
    file = await photo_path(bot, anna)
    await tg.fault("download", cut_at=100)
    async with bot.session.get(f"{bot.files}/{file['file_path']}") as response:
        assert int(response.headers["Content-Length"]) == file["file_size"]
        with pytest.raises(aiohttp.ClientPayloadError):
            await response.read()
    assert len(await bot.fetches(file["file_path"])) == file["file_size"]


async def test_a_download_of_a_wrong_size_looks_right(tg, bot, anna):
    file = await photo_path(bot, anna)
    await tg.fault("download", short=100)
    assert len(await bot.fetches(file["file_path"])) == 100 < file["file_size"]


async def test_a_download_may_be_gone_refused_or_slow(tg, bot, anna):
    file = await photo_path(bot, anna)
    await tg.fault("download", not_found=True)
    await tg.fault("download", too_many_requests=3)
    await tg.fault("download", trickle=10_000)
    for status in (404, 429):
        async with bot.session.get(f"{bot.files}/{file['file_path']}") as response:
            assert response.status == status
    started = asyncio.get_running_loop().time()
    assert len(await bot.fetches(file["file_path"])) == file["file_size"]
    assert asyncio.get_running_loop().time() - started >= file["file_size"] / 10_000 * 0.9


async def test_a_slow_answer_comes_late_and_whole(tg, bot, anna):
    await tg.fault("sendMessage", slow=0.2)
    started = time.monotonic()
    assert (await bot.asks("sendMessage", chat_id="1001", text="да")).status == 200
    assert time.monotonic() - started >= 0.2


async def test_the_poll_can_be_struck_too_and_loses_nothing(tg, bot, anna):
    await tg.fault("getUpdates", server_error=502)
    await tg.fault("getUpdates", conflict=True)
    await tg.fault("getUpdates", cut_after=True)
    codes = [(await bot.asks("getUpdates", offset=number)).status for number in (1, 2)]
    assert codes == [502, 409]
    with pytest.raises(aiohttp.ClientError):
        await bot.asks("getUpdates", offset=3)
    assert [update["message"]["text"] for update in await bot.updates(offset=4)] == ["/start"]


async def test_a_fault_can_wait_for_a_word(tg, bot, anna):
    await tg.fault("sendMessage", contains="177", server_error=500)
    assert (await bot.asks("sendMessage", chat_id="1001", text="a00016001")).status == 200
    assert (await bot.asks("sendMessage", chat_id="1001", text="a00017732")).status == 500


async def test_an_unknown_fault_is_refused(tg):
    with pytest.raises(AssertionError, match="unknown fault"):
        await tg.fault("sendMessage", earthquake=True)
