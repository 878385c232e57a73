"""Rates are limited only when asked for."""

from dealer_bot.sandbox import Sandbox


async def test_a_chat_takes_a_burst_and_then_one_a_second(tmp_path, bot_of):
    async with Sandbox(files=tmp_path, flood=True) as server:
        bot, tg = bot_of(server), server.client()
        anna, petr = await tg.person("Анна", user_id=1001), await tg.person("Пётр", user_id=2002)
        await anna.starts()
        await petr.starts()
        answers = [await bot.asks("sendMessage", chat_id="1001", text=str(n)) for n in range(22)]
        assert [a.status for a in answers[:20]] == [200] * 20
        assert answers[-1].told == (429, "Too Many Requests: retry after 1")
        assert (await bot.asks("sendMessage", chat_id="2002", text="?")).status == 200
        assert (await bot.asks("sendChatAction", chat_id="1001", action="typing")).status == 200


async def test_without_the_option_nothing_is_limited(bot, anna):
    answers = [await bot.asks("sendMessage", chat_id="1001", text=str(n)) for n in range(40)]
    assert {answer.status for answer in answers} == {200}
