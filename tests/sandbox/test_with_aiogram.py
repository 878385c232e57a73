"""The server and a real aiogram bot understand each other."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramForbiddenError, TelegramRetryAfter, TelegramServerError
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputMediaVideo,
    KeyboardButton,
    MessageEntity,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from pydantic import BaseModel

from dealer_bot.sandbox import Photo, Video
from dealer_bot.sandbox.pictures import plain_jpeg


@pytest.fixture
async def aiobot(server) -> AsyncIterator[Bot]:
    bot = Bot(server.token, session=AiohttpSession(api=TelegramAPIServer.from_base(server.url)))
    yield bot
    await bot.session.close()


async def test_every_kind_of_update_is_understood(aiobot, anna, tg):
    updates = ["message", "edited_message", "callback_query", "my_chat_member", "message_reaction"]
    await aiobot.get_updates(allowed_updates=updates)
    sent = await anna.says("/order 177")
    await anna.edits(sent.id, "/order 178")
    await anna.shoots()
    await anna.films(size=10)
    await anna.sends_file()
    await anna.speaks()
    await anna.sends_video_note()
    await anna.sends_sticker()
    await anna.sends_location()
    await anna.shares_contact(forwarded=True)
    await anna.presses_data(sent.id, "x")
    await anna.reacts(sent.id, "👍")
    await anna.blocks()
    await tg.group("Мастера", anna)

    kinds = [update.event_type for update in await aiobot.get_updates(offset=1)]

    assert kinds.count("message") == 10  # /start, the command, six media, a place, a contact
    assert kinds[2] == "edited_message"
    assert kinds[-4:] == ["callback_query", "message_reaction", "my_chat_member", "my_chat_member"]


def strangers(value, path=""):
    """Fields that the Bot API does not have: aiogram's models let them pass in silence."""
    if isinstance(value, BaseModel):
        yield from (f"{path}.{name}" for name in value.model_extra or ())
        for name in value.model_fields_set:
            yield from strangers(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from strangers(item, f"{path}[{index}]")


async def test_no_update_and_no_answer_has_a_field_that_telegram_does_not_know(aiobot, anna, tg):
    await aiobot.get_updates(allowed_updates=["message", "edited_message", "callback_query", "my_chat_member"])
    sent = await anna.sends_album([Photo(), Video()], caption="Скол")
    await anna.edits(sent[0].id, "Вмятина")
    files = [anna.sends_file, anna.speaks, anna.sends_video_note, anna.sends_sticker, anna.sends_location]
    for sends in (*files, anna.shares_contact, anna.blocks, anna.unblocks):
        await sends()
    await anna.presses_data(sent[0].id, "x")
    data = BufferedInputFile(b"bytes", "имя.bin")
    answers = [
        *await aiobot.get_updates(offset=1),
        await aiobot.get_me(),
        await aiobot.get_chat(anna.id),
        await aiobot.forward_message(anna.id, anna.id, sent[0].id),
        await aiobot.send_message(anna.id, "<b>да</b>", parse_mode="HTML", protect_content=True),
        await aiobot.send_photo(anna.id, BufferedInputFile(plain_jpeg("a"), "a.jpg"), caption="да", has_spoiler=True),
        await aiobot.send_animation(anna.id, data, width=1, height=1, duration=1),
        await aiobot.send_audio(anna.id, data, performer="Хор", title="Песня"),
        await aiobot.send_voice(anna.id, data),
        await aiobot.send_video_note(anna.id, data),
        await aiobot.send_sticker(anna.id, data),
        await aiobot.send_document(anna.id, data),
        await aiobot.send_contact(anna.id, "+375291112233", "Анна"),
        await aiobot.send_location(anna.id, 53.9, 27.56),
        await aiobot.get_webhook_info(),
    ]
    assert [found for answer in answers for found in strangers(answer, type(answer).__name__)] == []


async def test_an_album_of_uploads_arrives_even_if_one_file_is_used_twice(aiobot, anna):
    jpeg = BufferedInputFile(plain_jpeg("один"), "один.jpg")
    video = BufferedInputFile(b"video", "два.mp4")
    album = [
        InputMediaPhoto(media=jpeg, caption="Скол"),
        InputMediaPhoto(media=jpeg),
        InputMediaVideo(media=video, thumbnail=jpeg, width=640, height=480, duration=3),
    ]

    sent = await aiobot.send_media_group(
        anna.id, album, reply_parameters=ReplyParameters(message_id=(await last(anna)).id)
    )

    assert [message.content_type for message in sent] == ["photo", "photo", "video"]
    assert len({message.media_group_id for message in sent}) == 1
    first, second = await anna.sees_photo(count=2)
    assert first.sha256 == second.sha256 and first.text == "Скол"


async def last(anna):
    return (await anna.chat())[-1]


async def test_sending_editing_copying_and_deleting_give_what_aiogram_expects(aiobot, anna):
    buttons = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="y")]])
    entities = [MessageEntity(type="bold", offset=0, length=4)]
    sent = await aiobot.send_message(anna.id, "Анна, готово", entities=entities, reply_markup=buttons)
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [("bold", 0, 4)]
    assert sent.reply_markup.inline_keyboard[0][0].callback_data == "y"
    edited = await aiobot.edit_message_text("иначе", chat_id=anna.id, message_id=sent.message_id)
    assert edited.text == "иначе" and edited.edit_date
    copied = await aiobot.copy_message(anna.id, anna.id, sent.message_id)
    assert await aiobot.pin_chat_message(anna.id, copied.message_id) is True
    assert (await aiobot.get_chat(anna.id)).pinned_message.message_id == copied.message_id
    assert await aiobot.set_message_reaction(anna.id, sent.message_id, [ReactionTypeEmoji(emoji="👍")]) is True
    keyed = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Стадия")]], is_persistent=True, resize_keyboard=True)
    assert (await aiobot.send_message(anna.id, "клавиши", reply_markup=keyed)).reply_markup is None
    assert await aiobot.delete_messages(anna.id, [sent.message_id, copied.message_id]) is True


async def test_the_bots_own_matters_are_understood(aiobot, anna):
    assert (await aiobot.me()).username == "sandbox_42_bot"
    scope = BotCommandScopeChat(chat_id=anna.id)
    await aiobot.set_my_commands([BotCommand(command="order", description="Заказ-наряд")], scope)
    assert (await aiobot.get_my_commands(scope))[0].command == "order"
    assert (await aiobot.get_webhook_info()).pending_update_count == 1
    assert await aiobot.delete_webhook(drop_pending_updates=True) is True


async def test_refusals_become_the_exceptions_they_stand_for(tg, aiobot, anna):
    await tg.fault("sendMessage", too_many_requests=5)
    with pytest.raises(TelegramRetryAfter) as late:
        await aiobot.send_message(anna.id, "?")
    assert late.value.retry_after == 5
    await tg.fault("sendMessage", server_error=502)
    with pytest.raises(TelegramServerError):
        await aiobot.send_message(anna.id, "?")
    await anna.blocks()
    with pytest.raises(TelegramForbiddenError):
        await aiobot.send_message(anna.id, "?")


async def test_a_file_is_downloaded_whole(aiobot, anna):
    jpeg = plain_jpeg("снимок")
    await anna.shoots(jpeg)
    photo = (await aiobot.get_updates())[-1].message.photo[-1]
    assert (await aiobot.download(photo)).read() == jpeg
