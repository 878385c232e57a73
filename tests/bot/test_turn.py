"""What a turn says is stored with it and nothing is sent beside it."""

import json
from typing import Any

import pytest
from aiogram import Bot, methods
from aiogram.client.default import Default
from aiogram.fsm.storage.base import StorageKey
from aiogram.methods import AnswerCallbackQuery, SendChatAction, SendMessage, TelegramMethod
from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    LinkPreviewOptions,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.states import Finding
from dealer_bot.bot.storage import TurnStorage
from dealer_bot.bot.turn import SaidDirectly, Turn, body_of, current_turn
from dealer_bot.domain.visits import Visit
from dealer_bot.sandbox import Sandbox

KEY = StorageKey(bot_id=42, chat_id=7, user_id=7)
INLINE = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="o1:1")]])
KEYS = ReplyKeyboardMarkup(keyboard=[[KeyboardButton(text="Стадия", request_contact=True)]], resize_keyboard=True)
SAID: list[TelegramMethod[Any]] = [
    SendMessage(chat_id=7, text="<b>"),
    SendMessage(chat_id=7, text="ё\ud83d\udcf7", reply_markup=INLINE, disable_notification=True),
    SendMessage(chat_id=7, text="ж", reply_markup=KEYS),
    SendMessage(chat_id=7, text="ж", reply_markup=ReplyKeyboardRemove()),
    SendMessage(chat_id=7, text="ж", entities=[MessageEntity(type="bold", offset=0, length=1)]),
    SendMessage(chat_id=7, text="ж", reply_parameters=ReplyParameters(message_id=1, quote="ж")),
    SendMessage(chat_id=7, text="ж", link_preview_options=LinkPreviewOptions(is_disabled=True)),
    methods.SendPhoto(chat_id=7, photo="file-id", caption="x"),
    methods.SendMediaGroup(chat_id=7, media=[InputMediaPhoto(media="a", caption="x"), InputMediaPhoto(media="b")]),
]


def turn(lane: str = "tg:7", state: str | None = None, data: str = "{}") -> Turn:
    return Turn(Visit(1, lane, "{}", 0, 0, 0, None, None, state, data), now=5)


def defaults_in(value: Any) -> list[Any]:
    """Every value that is still left to the bot's defaults, at any depth."""
    if isinstance(value, Default):
        return [value]
    if isinstance(value, dict):
        return [found for each in value.values() for found in defaults_in(each)]
    return [found for each in value for found in defaults_in(each)] if isinstance(value, list) else []


@pytest.mark.parametrize("method", SAID, ids=lambda method: type(method).__name__)
def test_what_is_said_comes_back_from_its_row_as_it_was(method: TelegramMethod[Any]) -> None:
    assert defaults_in(method.model_dump()), "there are defaults to be left out"
    name, fields = json.loads(body_of(method))
    again = getattr(methods, name)(**fields)
    assert type(again) is type(method) and body_of(again) == body_of(method)
    assert again.model_dump(exclude_none=True) == method.model_dump(exclude_none=True)
    assert "Default" not in body_of(method) and "parse_mode" not in body_of(method)


def test_a_turn_leaves_what_it_said_in_order() -> None:
    said = turn()
    for text in ("раз", "два"):
        said.say(SendMessage(chat_id=7, text=text))
    said.show("card", 5)
    left = said.leaves()
    assert [json.loads(body)[1]["text"] for _, body in left.prompts] == ["раз", "два"]
    assert {address for address, _ in left.prompts} == {"tg:7"} and left.screens == (("tg:7", "card", "5"),)


@pytest.fixture
async def bot_on_the_server() -> Any:
    async with Sandbox() as server:
        tg, bot = server.client(), make_bot(server.token, server.url, False, None)
        peter = await tg.person("Пётр")
        await peter.starts()
        yield bot, tg, peter.id
        await bot.session.close()


async def test_a_handler_can_not_send_by_itself(bot_on_the_server: tuple[Bot, Any, int]) -> None:
    bot, tg, chat_id = bot_on_the_server
    token = current_turn.set(turn(f"tg:{chat_id}"))
    try:
        for method in (SendMessage(chat_id=chat_id, text="x"), methods.DeleteMessage(chat_id=chat_id, message_id=1)):
            with pytest.raises(SaidDirectly):
                await bot(method)
        assert await bot(SendChatAction(chat_id=chat_id, action="typing"))
    finally:
        current_turn.reset(token)
    assert [entry["method"].lower() for entry in await tg.journal()] == ["sendchataction"]
    assert await bot(SendMessage(chat_id=chat_id, text="x")), "outside a turn, the courier may"


async def test_a_buttons_answer_may_go_at_once(bot_on_the_server: tuple[Bot, Any, int]) -> None:
    bot, tg, _ = bot_on_the_server
    current_turn.set(turn())
    with pytest.raises(Exception, match="query"):
        await bot(AnswerCallbackQuery(callback_query_id="1"))
    assert len(await tg.journal("answerCallbackQuery")) == 1


async def test_a_state_is_read_from_the_turn_and_left_with_it() -> None:
    storage, open_turn = TurnStorage(), turn(state="Finding:asked", data='{"n": 1}')
    current_turn.set(open_turn)
    assert await storage.get_state(KEY) == "Finding:asked" and await storage.get_data(KEY) == {"n": 1}
    assert open_turn.leaves().fsm is None, "what was only read is not written"
    await storage.set_data(KEY, {"n": 2, "слово": "ё"})
    await storage.set_state(KEY, None)
    assert (await storage.get_state(KEY), await storage.get_data(KEY)) == (None, {"n": 2, "слово": "ё"})
    await storage.set_state(KEY, Finding.asked)
    await storage.set_data(KEY, {})
    assert open_turn.leaves().fsm == ("Finding:asked", "{}")


async def test_a_state_is_not_kept_without_a_turn_nor_for_another_chat() -> None:
    storage = TurnStorage()
    with pytest.raises(AssertionError):
        await storage.set_state(KEY, "x")
    current_turn.set(turn(lane="tg:8", state="somebody else's"))
    with pytest.raises(AssertionError):
        await storage.set_data(KEY, {"a": 1})
    assert await storage.get_state(KEY) is None
