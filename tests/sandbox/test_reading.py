"""Requests are read as the real server reads them, and nothing in them goes unread."""

import pytest

from dealer_bot.sandbox.pictures import plain_jpeg


async def test_a_form_a_multipart_json_and_a_query_string_mean_the_same(bot, anna):
    await bot.asks("sendMessage", chat_id="1001", text="форма")
    await bot.uploads("sendMessage", {}, chat_id="1001", text="части")
    async with bot.session.post(f"{bot.base}/sendMessage", json={"chat_id": 1001, "text": "джейсон"}) as response:
        assert response.status == 200
    async with bot.session.get(f"{bot.base}/sendMessage", params={"chat_id": 1001, "text": "строка"}) as response:
        assert response.status == 200

    texts = [message.text for message in await anna.chat() if message.from_bot]
    assert texts == ["форма", "части", "джейсон", "строка"]


@pytest.mark.parametrize("name", ["sendMessage", "sendmessage", "SENDMESSAGE"])
async def test_a_methods_name_has_no_case(bot, anna, name):
    assert (await bot.asks(name, chat_id="1001", text="да")).result["text"] == "да"


@pytest.mark.parametrize("text", ["12345", "{a}", '{"a": 1}', "[1]", "true", "null"])
async def test_text_that_looks_like_json_stays_text(bot, anna, text):
    assert (await bot.asks("sendMessage", chat_id="1001", text=text)).result["text"] == text


async def test_an_unknown_parameter_is_refused(bot, anna):
    answer = await bot.asks("sendMessage", chat_id="1001", text="да", typo="1")
    assert answer.told == (400, 'Bad Request: unknown field "typo"')


async def test_an_unknown_field_deep_inside_is_refused_with_its_place(bot, anna):
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "y", "bogus": 1}]]}
    answer = await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup=markup)
    assert answer.told == (400, 'Bad Request: unknown field "reply_markup.inline_keyboard[0][0].bogus"')


async def test_a_parameter_whose_effect_is_not_made_is_refused_rather_than_ignored(bot, anna):
    answer = await bot.asks("sendMessage", chat_id="1001", text="да", message_thread_id=3)
    assert answer.told == (400, 'Bad Request: parameter "message_thread_id" is not supported by this server')


async def test_a_keyboard_of_bare_strings_is_a_keyboard(bot, anna):
    await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup={"keyboard": [["Стадия", "Закончить"]]})
    assert await anna.keyboard() == (("Стадия", "Закончить"),)


async def test_a_markup_of_two_kinds_is_refused(bot, anna):
    both = {"keyboard": [["Да"]], "remove_keyboard": True}
    answer = await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup=both)
    assert answer.status == 400


async def test_broken_json_is_refused_by_name(bot, anna):
    answer = await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup="{")
    assert answer.told == (400, "Bad Request: can't parse reply keyboard markup JSON object")


async def test_odd_booleans_and_numbers_are_taken_as_the_server_takes_them(bot, anna):
    await bot.asks("sendMessage", chat_id="1001", text="громко", disable_notification="maybe")
    await bot.asks("sendMessage", chat_id="1001", text="тихо", disable_notification="True")
    assert [m.silent for m in await anna.chat() if m.from_bot] == [False, True]
    assert (await bot.asks("getUpdates", limit="many", timeout="-3")).result


async def test_a_part_named_like_its_parameter_is_the_file(bot, anna):
    answer = await bot.uploads("sendPhoto", {"photo": ("a.jpg", plain_jpeg("a"))}, chat_id="1001")
    assert answer.result["photo"]


async def test_attached_parts_are_found_at_any_depth(bot, anna):
    media = [
        {"type": "video", "media": "attach://one", "thumbnail": "attach://small"},
        {"type": "photo", "media": "attach://two"},
    ]
    parts = {"one": ("a.mp4", b"video"), "small": ("t.jpg", plain_jpeg("t")), "two": ("b.jpg", plain_jpeg("b"))}
    answer = await bot.uploads("sendMediaGroup", parts, chat_id="1001", media=media)
    first, second = answer.result
    assert first["video"]["file_name"] == "a.mp4" and second["photo"]
    assert first["media_group_id"] == second["media_group_id"]


async def test_a_part_that_is_missing_or_left_over_is_refused(bot, anna):
    media = [{"type": "photo", "media": "attach://one"}, {"type": "photo", "media": "attach://two"}]
    jpeg = plain_jpeg("a")
    missing = await bot.uploads("sendMediaGroup", {"one": ("a.jpg", jpeg)}, chat_id="1001", media=media)
    assert missing.told == (400, "Bad Request: can't parse InputMedia: media not found")
    left = {"photo": ("a.jpg", jpeg), "spare": ("b.jpg", jpeg)}
    assert (await bot.uploads("sendPhoto", left, chat_id="1001")).status == 400


async def test_a_reply_keyboard_never_comes_back_in_a_message(bot, anna):
    sent = await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup={"keyboard": [[{"text": "Стадия"}]]})
    assert "reply_markup" not in sent.result


async def test_inline_buttons_come_back_in_the_message(bot, anna):
    markup = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
    sent = await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup=markup)
    assert sent.result["reply_markup"] == markup


async def test_an_empty_inline_keyboard_is_no_keyboard_and_the_message_can_be_edited(bot, anna):
    sent = await bot.asks("sendMessage", chat_id="1001", text="да", reply_markup={"inline_keyboard": []})
    number = sent.result["message_id"]
    assert (await bot.asks("editMessageText", chat_id="1001", message_id=number, text="нет")).status == 200


async def test_bytes_that_are_no_text_are_refused(bot, anna):
    async with bot.session.post(f"{bot.base}/sendMessage", data=b"chat_id=1001&text=%ff") as response:
        assert (await response.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
