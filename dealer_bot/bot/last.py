"""What nobody took: one clear word, never silence."""

from aiogram import Router
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from dealer_bot.bot import keyboards
from dealer_bot.bot.common import help_text
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.connecting import Connecting


async def blocked(_: ChatMemberUpdated, turn: Turn, connecting: Connecting) -> None:
    await connecting.block(turn.visit.lane, turn.now)


async def ask_contact(message: Message, turn: Turn, t: Texts) -> None:
    turn.say(message.answer(t("stranger-first"), reply_markup=keyboards.contact(t)))


async def unknown_words(message: Message, turn: Turn, t: Texts, person: Person | None) -> None:
    if person is None or not (person.connected or person.role.is_staff):
        await ask_contact(message, turn, t)
        return
    turn.say(message.answer(help_text(person, t)))


async def old_button(query: CallbackQuery, t: Texts) -> None:
    await answer_quietly(query, t("button-strange"), show_alert=True)


async def leave_alone(_: object) -> None:
    """He has come back: /start says the rest."""


def routes(router: Router) -> None:
    router.my_chat_member.register(blocked, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    router.my_chat_member.register(leave_alone, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.message.register(unknown_words)
    router.callback_query.register(old_button)
