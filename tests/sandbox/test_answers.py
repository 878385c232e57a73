"""The checker is checked: raw requests and, word for word, what Telegram answers to them."""

import json

import pytest

ANNA, STRANGER, BLOCKED, NOBODY = "1001", "1002", "1003", "1004"
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def button(**fields):
    return {"inline_keyboard": [[{"text": "Да"} | fields]]}


def photos(count):
    return [{"type": "photo", "media": "$photo"} for _ in range(count)]


CASES = [
    ("row 1", "sendMessage", {"chat_id": ANNA, "text": ""}, 400, "Bad Request: message text is empty"),
    ("row 1, spaces", "sendMessage", {"chat_id": ANNA, "text": " \n "}, 400, "Bad Request: message text is empty"),
    ("row 1, no text", "sendMessage", {"chat_id": ANNA}, 400, "Bad Request: message text is empty"),
    ("row 2", "sendMessage", {"chat_id": ANNA, "text": "я" * 4097}, 400, "Bad Request: message is too long"),
    ("row 2, raw", "sendMessage", {"chat_id": ANNA, "text": "я" * 16385}, 400, "Bad Request: text is too long"),
    (
        "row 3",
        "sendPhoto",
        {"chat_id": ANNA, "photo": "$photo", "caption": "я" * 1025},
        400,
        "Bad Request: message caption is too long",
    ),
    (
        "row 4, 33 Cyrillic letters are 66 bytes",
        "sendMessage",
        {"chat_id": ANNA, "text": "?", "reply_markup": button(callback_data="я" * 33)},
        400,
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "row 4, empty",
        "sendMessage",
        {"chat_id": ANNA, "text": "?", "reply_markup": button(callback_data="")},
        400,
        "Bad Request: BUTTON_DATA_INVALID",
    ),
    (
        "row 5",
        "sendMessage",
        {"chat_id": ANNA, "text": "?", "reply_markup": button()},
        400,
        "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "a button to nowhere",
        "sendMessage",
        {"chat_id": ANNA, "text": "?", "reply_markup": button(url="http://localhost/privacy")},
        400,
        "Bad Request: inline keyboard button URL 'http://localhost/privacy' is invalid: Wrong HTTP URL",
    ),
    (
        "row 6, eleven",
        "sendMediaGroup",
        {"chat_id": ANNA, "media": photos(11)},
        400,
        "Bad Request: too many messages to send as an album",
    ),
    (
        "row 6, none",
        "sendMediaGroup",
        {"chat_id": ANNA, "media": []},
        400,
        "Bad Request: there are no messages to send",
    ),
    (
        "row 7, mixed",
        "sendMediaGroup",
        {"chat_id": ANNA, "media": [*photos(1), {"type": "document", "media": "$document"}]},
        400,
        "Bad Request: document can't be mixed with other media types",
    ),
    (
        "row 7, animation",
        "sendMediaGroup",
        {"chat_id": ANNA, "media": [{"type": "animation", "media": "$photo"}, *photos(1)]},
        400,
        "Bad Request: can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
    ),
    ("row 9", "getFile", {"file_id": "$big"}, 400, "Bad Request: file is too big"),
    ("row 10, bad", "getFile", {"file_id": "AgACAgI-nonsense"}, 400, "Bad Request: invalid file_id"),
    ("row 10, empty", "getFile", {"file_id": ""}, 400, "Bad Request: file_id not specified"),
    ("row 10, none", "getFile", {}, 400, "Bad Request: file_id not specified"),
    ("row 15, missing", "sendPhoto", {"chat_id": ANNA}, 400, "Bad Request: there is no photo in the request"),
    ("row 18", "sendMessage", {"chat_id": BLOCKED, "text": "?"}, 403, "Forbidden: bot was blocked by the user"),
    (
        "row 19",
        "sendMessage",
        {"chat_id": STRANGER, "text": "?"},
        403,
        "Forbidden: bot can't initiate conversation with a user",
    ),
    ("row 20", "sendMessage", {"chat_id": NOBODY, "text": "?"}, 400, "Bad Request: chat not found"),
    ("row 20, by name", "sendMessage", {"chat_id": "@nobody", "text": "?"}, 400, "Bad Request: chat not found"),
    ("row 20, empty", "sendMessage", {"chat_id": "", "text": "?"}, 400, "Bad Request: chat_id is empty"),
    ("row 20, none", "sendMessage", {"text": "?"}, 400, "Bad Request: chat_id is empty"),
    (
        "row 21, to itself",
        "sendMessage",
        {"chat_id": "42", "text": "?"},
        403,
        "Forbidden: the bot can't send messages to the bot",
    ),
    ("row 23", "editMessageText", {"chat_id": ANNA, "message_id": "$own", "text": "мой"}, 400, NOT_MODIFIED),
    (
        "row 24, missing",
        "editMessageText",
        {"chat_id": ANNA, "message_id": "7", "text": "?"},
        400,
        "Bad Request: message to edit not found",
    ),
    (
        "row 24, hers",
        "editMessageText",
        {"chat_id": ANNA, "message_id": "$hers", "text": "?"},
        400,
        "Bad Request: message can't be edited",
    ),
    (
        "a message with a reply keyboard",
        "editMessageText",
        {"chat_id": ANNA, "message_id": "$keyboard", "text": "?"},
        400,
        "Bad Request: message can't be edited",
    ),
    ("row 25, unknown", "answerCallbackQuery", {"callback_query_id": "77"}, 400, TOO_OLD),
    (
        "row 35",
        "deleteMessage",
        {"chat_id": ANNA, "message_id": "7"},
        400,
        "Bad Request: message to delete not found",
    ),
    (
        "row 36, too many",
        "deleteMessages",
        {"chat_id": ANNA, "message_ids": list(range(1, 102))},
        400,
        "Bad Request: too many message identifiers specified",
    ),
    (
        "row 36, none",
        "deleteMessages",
        {"chat_id": ANNA, "message_ids": []},
        400,
        "Bad Request: message identifiers are not specified",
    ),
    (
        "row 37",
        "copyMessage",
        {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": "7"},
        400,
        "Bad Request: message to copy not found",
    ),
    (
        "row 37, service",
        "copyMessage",
        {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": "$service"},
        400,
        "Bad Request: can't copy message",
    ),
    (
        "row 38",
        "forwardMessage",
        {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": "7"},
        400,
        "Bad Request: message to forward not found",
    ),
    (
        "row 38, protected",
        "forwardMessage",
        {"chat_id": ANNA, "from_chat_id": ANNA, "message_id": "$protected"},
        400,
        "Bad Request: message has protected content and can't be forwarded",
    ),
    (
        "row 40, kind",
        "sendPhoto",
        {"chat_id": ANNA, "photo": "$document"},
        400,
        "Bad Request: can't use file of type Document as Photo",
    ),
    (
        "row 40, garbage",
        "sendPhoto",
        {"chat_id": ANNA, "photo": "my photo"},
        400,
        "Bad Request: wrong file identifier/HTTP URL specified",
    ),
    (
        "row 42",
        "pinChatMessage",
        {"chat_id": ANNA, "message_id": "7"},
        400,
        "Bad Request: message to pin not found",
    ),
    (
        "row 32, secret's letters",
        "setWebhook",
        {"url": "https://example.org/", "secret_token": "a b"},
        400,
        "Bad Request: secret token contains unallowed characters",
    ),
    (
        "row 32, secret's length",
        "setWebhook",
        {"url": "https://example.org/", "secret_token": "a" * 257},
        400,
        "Bad Request: secret token is too long",
    ),
    ("row 32, url", "setWebhook", {"url": "example.org"}, 400, "Bad Request: invalid webhook URL specified"),
    ("row 44, method", "sendEverything", {"chat_id": ANNA}, 404, "Not Found: method not found"),
    ("a method of Telegram's that is not made here", "sendDice", {"chat_id": ANNA}, 404, "Not Found: method not found"),
    (
        "not HTML",
        "sendMessage",
        {"chat_id": ANNA, "text": "<b>жирно", "parse_mode": "HTML"},
        400,
        "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ),
    (
        "reply to nothing",
        "sendMessage",
        {"chat_id": ANNA, "text": "?", "reply_parameters": {"message_id": 7}},
        400,
        "Bad Request: message to be replied not found",
    ),
]


@pytest.fixture
async def known(tg, bot, anna):
    """Ids that the cases name by $."""
    await tg.person("Чужой", user_id=int(STRANGER))
    blocked = await tg.person("Ушедший", user_id=int(BLOCKED))
    await blocked.starts()
    await blocked.blocks()
    hers = await anna.shoots()
    await anna.sends_file("акт.pdf")
    await anna.films(size=20 * 2**20 + 1)
    arrived = [update["message"] for update in await bot.updates() if "message" in update]
    updates = [message for message in arrived if message["chat"]["id"] == anna.id]
    own = (await bot.asks("sendMessage", chat_id=ANNA, text="мой")).result
    keyed = {"keyboard": [[{"text": "Стадия"}]]}
    keyboard = (await bot.asks("sendMessage", chat_id=ANNA, text="клавиши", reply_markup=keyed)).result
    protected = (await bot.asks("sendMessage", chat_id=ANNA, text="секрет", protect_content=True)).result
    await bot.asks("pinChatMessage", chat_id=ANNA, message_id=keyboard["message_id"])
    return {
        "$photo": updates[1]["photo"][-1]["file_id"],
        "$document": updates[2]["document"]["file_id"],
        "$big": updates[3]["video"]["file_id"],
        "$own": str(own["message_id"]),
        "$hers": str(hers.id),
        "$keyboard": str(keyboard["message_id"]),
        "$protected": str(protected["message_id"]),
        "$service": str(protected["message_id"] + 1),
    }


@pytest.mark.parametrize(("method", "params", "code", "text"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
async def test_a_request_is_refused_in_telegrams_words(bot, known, method, params, code, text):
    filled = json.dumps(params)
    for name, value in known.items():
        filled = filled.replace(name, value)

    answer = await bot.asks(method, **json.loads(filled))

    assert answer.told == (code, text)
    assert answer.headers["Content-Type"].startswith("application/json")


def test_there_are_at_least_thirty_of_them():
    assert len(CASES) >= 30
