"""What the bot does to chats is what people see there."""

import pytest

from dealer_bot.sandbox import Document, Photo, Video
from tests.sandbox.doings import drops, sends


async def test_text_caption_buttons_and_media_are_edited_in_place(bot, anna):
    yes = {"inline_keyboard": [[{"text": "Да", "callback_data": "y"}]]}
    text = await sends(bot, "было", reply_markup=yes)
    await anna.shoots()
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    picture = (await bot.asks("sendPhoto", chat_id="1001", photo=photo, caption="подпись")).result["message_id"]

    await bot.asks("editMessageText", chat_id="1001", message_id=text, text="стало")
    await bot.asks("editMessageCaption", chat_id="1001", message_id=picture, caption="другая")
    await bot.asks("editMessageReplyMarkup", chat_id="1001", message_id=picture, reply_markup=yes)
    parts = {"new": ("a.mp4", b"video")}
    media = {"type": "video", "media": "attach://new", "caption": "видео"}
    edited = await bot.uploads("editMessageMedia", parts, chat_id="1001", message_id=str(picture), media=media)

    first, second = [message for message in await anna.chat() if message.from_bot]
    assert (first.text, first.labels, first.edited) == ("стало", [], True)
    assert (second.kind, second.text) == ("video", "видео") and edited.result["edit_date"]


async def test_an_edit_of_what_is_not_there_is_refused(bot, anna):
    number = await sends(bot, "текст")
    answer = await bot.asks("editMessageCaption", chat_id="1001", message_id=number, caption="?")
    assert answer.told == (400, "Bad Request: there is no caption in the message to edit")


async def test_messages_are_deleted_the_bots_and_hers(bot, anna):
    hers = await anna.says("моё")
    numbers = [await sends(bot, str(n)) for n in range(3)]
    assert (await bot.asks("deleteMessage", chat_id="1001", message_id=hers.id)).result is True
    assert (await bot.asks("deleteMessages", chat_id="1001", message_ids=[7, *numbers[:2]])).result is True
    assert [message.text for message in await anna.chat()] == ["/start", "2"]


async def test_a_pin_is_seen_and_comes_back_as_an_update(bot, anna):
    number = await sends(bot, "a00017732 · Приёмка")
    await drops(bot)
    assert (await bot.asks("pinChatMessage", chat_id="1001", message_id=number)).result is True
    (update,) = await bot.updates()
    assert update["message"]["pinned_message"]["message_id"] == number
    assert update["message"]["from"]["id"] == 42
    assert [message.id for message in await anna.pinned()] == [number]

    await bot.asks("unpinChatMessage", chat_id="1001", message_id=number)
    assert await anna.pinned() == []


async def test_all_pins_are_taken_off_and_a_deleted_message_is_no_pin(bot, anna):
    first, second, third = [await sends(bot, str(n)) for n in range(3)]
    for number in (first, second, third):
        await bot.asks("pinChatMessage", chat_id="1001", message_id=number)
    await bot.asks("deleteMessage", chat_id="1001", message_id=third)
    assert [message.id for message in await anna.pinned()] == [first, second]
    await bot.asks("unpinAllChatMessages", chat_id="1001")
    assert await anna.pinned() == []


async def test_a_copy_has_no_author_and_keeps_or_changes_its_caption(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    sent = await anna.shoots(caption="Скол")
    where = {"chat_id": "2002", "from_chat_id": "1001", "message_id": sent.id}
    assert list((await bot.asks("copyMessage", **where)).result) == ["message_id"]
    await bot.asks("copyMessage", **where, caption="Иначе")
    await bot.asks("copyMessage", **where, caption="")
    copies = await petr.sees_photo(count=3)
    assert [copy.text for copy in copies] == ["Скол", "Иначе", ""]
    assert "forward_origin" not in copies[0].raw


async def test_albums_stay_albums_when_copied_together(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    numbers = [sent.id for sent in await anna.sends_album([Photo(), Photo()], caption="Скол")]
    copied = await bot.asks(
        "copyMessages", chat_id="2002", from_chat_id="1001", message_ids=[*numbers, numbers[-1] + 5]
    )
    first, second = await petr.sees_photo(count=2)
    assert [each["message_id"] for each in copied.result] == [first.id, second.id]
    assert first.album == second.album is not None
    assert first.text == "Скол"
    back = await bot.asks("copyMessages", chat_id="2002", from_chat_id="1001", message_ids=numbers[::-1])
    assert back.told == (400, "Bad Request: message identifiers must be in a strictly increasing order")


async def test_a_protected_message_may_still_be_copied(bot, anna):
    number = await sends(bot, "секрет", protect_content=True)
    copied = await bot.asks("copyMessage", chat_id="1001", from_chat_id="1001", message_id=number)
    assert copied.status == 200
    assert [(m.text, m.protected) for m in await anna.chat() if m.from_bot] == [("секрет", True), ("секрет", False)]


async def test_a_forward_names_its_author(tg, bot, anna):
    petr = await tg.person("Пётр", user_id=2002)
    await petr.starts()
    sent = await anna.says("Готово")
    forwarded = (await bot.asks("forwardMessage", chat_id="2002", from_chat_id="1001", message_id=sent.id)).result
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Анна"
    assert forwarded["text"] == "Готово"


async def test_an_album_is_one_group_of_single_messages(bot, anna):
    await anna.shoots()
    photo = (await bot.updates())[-1]["message"]["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": photo, "caption": "Скол"}, {"type": "photo", "media": photo}]
    sent = (await bot.asks("sendMediaGroup", chat_id="1001", media=media, disable_notification=True)).result
    assert isinstance(sent[0]["media_group_id"], str) and sent[0]["media_group_id"] == sent[1]["media_group_id"]
    seen = await anna.sees_photo(count=2)
    assert [(m.text, m.silent, m.album) for m in seen] == [
        ("Скол", True, sent[0]["media_group_id"]),
        ("", True, sent[0]["media_group_id"]),
    ]


@pytest.mark.parametrize("items", [[Photo(), Video(), Photo()], [Document("a.pdf"), Document("b.pdf")]])
async def test_her_album_comes_as_separate_updates_with_the_caption_first(bot, anna, items):
    await drops(bot)
    sent = await anna.sends_album(items, caption="Альбом", rhythm_s=[0, 0.01])
    messages = [update["message"] for update in await bot.updates()]
    assert [m["message_id"] for m in messages] == [s.id for s in sent]
    assert {m["media_group_id"] for m in messages} == {sent[0].album}
    assert [m.get("caption") for m in messages] == ["Альбом", *[None] * (len(items) - 1)]
