"""The door of all updates: who comes is read once, and everything is closed unless a role opens it."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.filters import Filter
from aiogram.methods import AnswerCallbackQuery, SendMessage, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import CallbackQuery, TelegramObject, Update

from dealer_bot.bot.texts import Texts, texts_for
from dealer_bot.bot.turn import DIRECT, SaidDirectly, Turn, current_turn
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.connecting import Connecting

log = logging.getLogger(__name__)

DIRECT_S = 5
LOST = (TelegramAPIError, ClientDecodeError, TimeoutError)
"""How a direct call may end that is not worth a second try."""
TELL_CLOSED_EVERY_MS = 24 * 3600 * 1000
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Door(BaseMiddleware):
    """Puts `person` and `t` beside the update; turns away groups and whoever was made inactive."""

    def __init__(self, connecting: Connecting, default_language: str) -> None:
        self._connecting, self._language = connecting, default_language

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        assert isinstance(event, Update)
        turn: Turn = data["turn"]
        user, chat = data.get("event_from_user"), data.get("event_chat")
        if user is None or user.is_bot or (chat is not None and chat.type != "private"):
            return None
        person = turn.visit.person
        if person is None and self._connecting.is_expected_admin(turn.visit.lane):
            person = await self._connecting.admit_admin(turn.visit.lane, turn.now)
        t = texts_for((person.language if person else None) or _offered(user.language_code), self._language)
        if person is not None and not person.active:
            if event.callback_query is not None:
                await answer_quietly(event.callback_query, t("access-closed"), show_alert=True)
            return _turn_away(turn, person, t, chat.id if chat else user.id)
        if turn.visit.has_blocked and event.my_chat_member is None:
            await self._connecting.come_back(turn.visit.lane, None, turn.inbox_id, turn.now)  # he writes: he is back
        data.update(person=person, t=t)
        try:
            return await handler(event, data)
        except DealerError as refusal:
            return await _refuse(event, turn, t(refusal.key, **refusal.args_))


def _offered(language_code: str | None) -> str | None:
    """Whoever has not chosen is spoken to in his Telegram's language, where we know it."""
    return "en" if language_code == "en" else None


def _turn_away(turn: Turn, person: Person, t: Texts, chat_id: int) -> None:
    if person.told_closed_at is None or person.told_closed_at + TELL_CLOSED_EVERY_MS <= turn.now:
        turn.say(SendMessage(chat_id=chat_id, text=t("access-closed")))
        turn.told_closed = person.id


async def _refuse(event: Update, turn: Turn, text: str) -> None:
    """One clear sentence: on a button as its answer, else as a message."""
    if event.callback_query is not None:
        await answer_quietly(event.callback_query, text, show_alert=True)
    elif turn.visit.lane.startswith("tg:"):
        turn.say(SendMessage(chat_id=int(turn.visit.lane[3:]), text=text))


async def answer_quietly(query: CallbackQuery, text: str | None = None, *, show_alert: bool = False) -> None:
    """Stop the button's spinner; a late, repeated or lost answer hurts nobody."""
    try:
        assert query.bot is not None
        await query.bot(
            AnswerCallbackQuery(callback_query_id=query.id, text=text[:200] if text else None, show_alert=show_alert),
            request_timeout=DIRECT_S,
        )
    except LOST as error:
        log.info("a button could not be answered: %s", type(error).__name__)


class RoleIs(Filter):
    """The root filter of a role's router; a client who is not connected has no role yet."""

    def __init__(self, *roles: Role) -> None:
        self._roles = roles

    async def __call__(self, event: TelegramObject, person: Person | None = None) -> bool:
        if person is None or not (person.role.is_staff or person.connected):
            return False
        return person.role in self._roles


class StoredTurns(BaseRequestMiddleware):
    """While a turn is open nothing is sent but what may be lost: a button's answer, a typing mark, an edit."""

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if current_turn.get() is not None and not isinstance(method, DIRECT):
            raise SaidDirectly(type(method).__name__)
        return await make_request(bot, method)
