"""Answers that administrators keep ready for whoever writes to clients."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import admin_keys
from dealer_bot.bot.admin_callbacks import AddReady, ListReady, OpenReady, RemoveReady
from dealer_bot.bot.common import no_working_keys
from dealer_bot.bot.filters import Is
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.states import Administering
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.ready_answers import ReadyAnswers


async def show_all(
    query: CallbackQuery, turn: Turn, t: Texts, person: Person, state: FSMContext, ready_answers: ReadyAnswers
) -> None:
    await state.clear()
    kept = await ready_answers.all(person.id)
    await show_instead(query, turn, t("ready-kept", count=len(kept)), admin_keys.ready(t, kept))


async def show_one(
    query: CallbackQuery, callback_data: OpenReady, turn: Turn, t: Texts, person: Person, ready_answers: ReadyAnswers
) -> None:
    one = await ready_answers.one(person.id, callback_data.canned_id)
    await show_instead(query, turn, f"{one.title}\n\n{one.text}", admin_keys.one_ready(t, one.id))


async def ask(query: CallbackQuery, turn: Turn, t: Texts, state: FSMContext) -> None:
    assert query.message is not None
    await state.set_state(Administering.ready)
    turn.say(query.message.answer(t("ready-how"), reply_markup=admin_keys.to_ready(t)))
    await answer_quietly(query)


async def keep(
    message: Message, turn: Turn, t: Texts, person: Person, state: FSMContext, ready_answers: ReadyAnswers
) -> None:
    await ready_answers.keep(person.id, message.text or "", turn.inbox_id, turn.now)
    await state.clear()
    kept = await ready_answers.all(person.id)
    turn.say(message.answer(t("ready-kept", count=len(kept)), reply_markup=admin_keys.ready(t, kept)))


async def remove(
    query: CallbackQuery,
    callback_data: RemoveReady,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    ready_answers: ReadyAnswers,
) -> None:
    await ready_answers.remove(person.id, callback_data.canned_id, turn.now)
    await show_all(query, turn, t, person, state, ready_answers)


def routes(router: Router) -> None:
    asked = StateFilter(Administering.ready)
    router.message.register(keep, asked, Is(F.text), Is(~F.text.startswith("/")), *no_working_keys())
    router.callback_query.register(show_all, ListReady.filter())
    router.callback_query.register(show_one, OpenReady.filter())
    router.callback_query.register(ask, AddReady.filter())
    router.callback_query.register(remove, RemoveReady.filter())
