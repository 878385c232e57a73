"""The client's menu: the lasting keyboard, and what is behind "More"."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import client_keys, keyboards
from dealer_bot.bot.callbacks import AskPause, ChangePhone
from dealer_bot.bot.common import House, is_key
from dealer_bot.bot.filters import InWords
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.states import ChangingPhone
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person


async def show_menu(message: Message, turn: Turn, t: Texts, state: FSMContext) -> None:
    await state.clear()
    turn.say(message.answer(t("menu-here"), reply_markup=client_keys.of_place(t, turn.visit.place)))


async def show_more(message: Message, turn: Turn, t: Texts, person: Person, house: House) -> None:
    buttons = client_keys.more(t, person.paused_at is not None, house.privacy_url)
    turn.say(message.answer(t("more-here"), reply_markup=buttons))


async def ask_pause(query: CallbackQuery, turn: Turn, t: Texts) -> None:
    assert query.message is not None
    turn.say(query.message.answer(t("stop-really"), reply_markup=keyboards.stop_really(t)))
    await answer_quietly(query)


async def ask_phone(query: CallbackQuery, turn: Turn, t: Texts, state: FSMContext) -> None:
    assert query.message is not None
    await state.set_state(ChangingPhone.asked)
    turn.say(query.message.answer(t("phone-which"), reply_markup=keyboards.contact(t)))
    await answer_quietly(query)


def routes(router: Router) -> None:
    router.message.register(show_menu, InWords("menu"))
    router.message.register(show_more, is_key("key-more"))
    router.callback_query.register(ask_pause, AskPause.filter())
    router.callback_query.register(ask_phone, ChangePhone.filter())
