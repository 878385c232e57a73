"""What is refused for what it carries, where it goes, how old it is or how fast it comes."""

import pytest

from dealer_bot.sandbox.pictures import plain_jpeg
from tests.sandbox.test_answers import ANNA, TOO_OLD

UPLOADS = [
    ("row 13", "photo", b"x" * (10 * 2**20 + 1), 400, "file of size 10485761 bytes is too big for a photo; "),
    ("row 14", "photo", b"not a picture", 400, "Bad Request: IMAGE_PROCESS_FAILED"),
    ("row 15", "photo", b"", 400, "Bad Request: file must be non-empty"),
    ("row 12", "document", b"x" * 50_000_001, 413, "Request Entity Too Large"),
]


@pytest.mark.parametrize(("kind", "data", "code", "text"), [u[1:] for u in UPLOADS], ids=[u[0] for u in UPLOADS])
async def test_an_upload_is_refused_in_telegrams_words(bot, anna, kind, data, code, text):
    answer = await bot.uploads(f"send{kind.capitalize()}", {kind: ("файл", data)}, chat_id=ANNA)

    status, description = answer.told
    assert status == code and text in description


async def test_a_photo_that_is_too_long_is_refused(bot, anna):
    header = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    for width, height in ((9000, 1001), (2100, 100)):
        picture = header + width.to_bytes(4, "big") + height.to_bytes(4, "big")
        answer = await bot.uploads("sendPhoto", {"photo": ("a.png", picture)}, chat_id=ANNA)
        assert answer.told == (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")


async def test_one_bad_item_fails_its_album_by_number(bot, anna):
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    parts = {"a": ("a.jpg", plain_jpeg("a")), "b": ("b.jpg", b"not a picture")}

    answer = await bot.uploads("sendMediaGroup", parts, chat_id=ANNA, media=media)

    reason = 'Bad Request: failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"'
    assert answer.told == (400, reason)
    assert not [message for message in await anna.chat() if message.from_bot]


@pytest.mark.parametrize(
    ("path", "code", "text"),
    [
        ("/bot42:WRONG/getMe", 401, "Unauthorized"),
        ("/botnonsense/getMe", 401, "Unauthorized: invalid token specified"),
        ("/somewhere/else", 404, "Not Found"),
        ("/", 404, "Not Found"),
        ("/file/bot42:TEST/photos/file_77.jpg", 404, "Not Found"),
    ],
)
async def test_a_wrong_address_is_refused(server, http, path, code, text):
    async with http.get(server.url + path) as response:
        assert response.status == code
        assert await response.json() == {"ok": False, "error_code": code, "description": text}


async def test_a_deleted_account_and_a_group_that_kicked_the_bot_refuse_it(tg, bot, anna):
    group = await tg.group("Мастера", anna)
    await tg.refuse_chat(anna)
    await tg.refuse_chat(group, 403, "Forbidden: bot was kicked from the supergroup chat")

    assert (await bot.asks("sendMessage", chat_id=ANNA, text="?")).told == (403, "Forbidden: user is deactivated")
    to_group = await bot.asks("sendMessage", chat_id=str(group.chat_id), text="?")
    assert to_group.told == (403, "Forbidden: bot was kicked from the supergroup chat")


async def test_a_message_older_than_48_hours_can_not_be_taken_back(tg, bot, anna):
    sent = (await bot.asks("sendMessage", chat_id=ANNA, text="старое")).result
    await tg.pass_time(48 * 3600 + 1)

    answer = await bot.asks("deleteMessage", chat_id=ANNA, message_id=sent["message_id"])

    assert answer.told == (400, "Bad Request: message can't be deleted for everyone")


async def test_a_button_is_answered_once_and_not_late(tg, bot, anna):
    first = await anna.presses_data(1, "o:1")
    assert (await bot.asks("answerCallbackQuery", callback_query_id=first.query_id)).result is True
    assert (await bot.asks("answerCallbackQuery", callback_query_id=first.query_id)).told == (400, TOO_OLD)

    second = await anna.presses_data(1, "o:1")
    await tg.pass_time(3600)
    assert (await bot.asks("answerCallbackQuery", callback_query_id=second.query_id)).told == (400, TOO_OLD)


async def test_too_many_requests_are_told_in_three_places(tg, bot, anna):
    await tg.fault("sendMessage", too_many_requests=7)

    answer = await bot.asks("sendMessage", chat_id=ANNA, text="?")

    assert answer.told == (429, "Too Many Requests: retry after 7")
    assert answer.body["parameters"] == {"retry_after": 7}
    assert answer.headers["Retry-After"] == "7"
