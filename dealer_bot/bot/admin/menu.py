"""The administrator's menu: what he looks after is one tap away."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import admin_keys
from dealer_bot.bot.admin_callbacks import Administer
from dealer_bot.bot.filters import InWords
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.overview import Overview


async def open_menu(
    message: Message, turn: Turn, t: Texts, person: Person, state: FSMContext, overview: Overview
) -> None:
    await state.clear()
    turn.say(message.answer(t("admin-menu"), reply_markup=admin_keys.menu(t, *await overview.counts(person.id))))


async def back(
    query: CallbackQuery, turn: Turn, t: Texts, person: Person, state: FSMContext, overview: Overview
) -> None:
    await state.clear()
    await show_instead(query, turn, t("admin-menu"), admin_keys.menu(t, *await overview.counts(person.id)))


def routes(router: Router) -> None:
    router.message.register(open_menu, InWords("admin"))
    router.callback_query.register(back, Administer.filter())
