"""What becomes of a pressed button whose answer nobody understands, or comes too late: never a fault of its handler."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, Message, User
from aiohttp import web
from aiohttp.test_utils import TestServer

from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.visits import Visit

ANSWERS = {
    "a page of some gateway": (200, "<html>Please log in to the network</html>"),
    "half an answer": (200, '{"ok": tru'),
    "a message that is gone": (400, '{"ok": false, "error_code": 400, "description": "Bad Request: no message"}'),
    "an error page": (502, "Bad Gateway"),
}


@pytest.fixture(params=ANSWERS)
async def bot(request: pytest.FixtureRequest) -> AsyncIterator[Bot]:
    """A bot whose every call is answered so."""
    status, text = ANSWERS[request.param]

    async def answers(_: web.Request) -> web.Response:
        return web.Response(status=status, text=text)

    app = web.Application()
    app.router.add_post("/{anything:.*}", answers)
    async with TestServer(app) as server:
        made = make_bot("42:TEST", str(server.make_url("")).rstrip("/"), False, None)
        yield made
        await made.session.close()


def pressed(bot: Bot) -> CallbackQuery:
    user, chat = User(id=7, is_bot=False, first_name="Анна"), Chat(id=7, type="private")
    under = Message(message_id=3, date=datetime.now(UTC), chat=chat, text="?")
    return CallbackQuery(id="1", from_user=user, chat_instance="1", message=under).as_(bot)


async def test_a_buttons_answer_may_be_lost_and_what_the_button_did_stays_done(bot: Bot) -> None:
    await answer_quietly(pressed(bot), "Готово")


async def test_a_screen_that_could_not_be_written_anew_comes_as_a_new_message(bot: Bot) -> None:
    turn = Turn(Visit(1, "tg:7", "{}", 0, 0, 0, None, None, None, "{}"), now=5)
    await show_instead(pressed(bot), turn, "Люди", None)
    ((address, body),) = turn.said
    assert address == "tg:7" and "Люди" in body
