"""Answers to the question where something belongs."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from dealer_bot.bot import keyboards
from dealer_bot.bot.callbacks import DropHeld, PlaceHeld
from dealer_bot.bot.employee.working import show_again
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.desk import CardChanged
from dealer_bot.services.waiting import Placed, Waiting


async def place_held(
    query: CallbackQuery,
    callback_data: PlaceHeld,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    waiting: Waiting,
) -> None:
    asked = (callback_data.order_id, callback_data.stage)
    try:
        placed = await waiting.answer(person.id, callback_data.hold_id, asked, turn.inbox_id, turn.now)
    except CardChanged as changed:
        await show_again(query, changed, turn, t)
        return
    if placed.enters:
        await state.clear()
        welcome(query, placed, turn, t)
    await answer_quietly(query, placed_text(placed, t))


def welcome(query: CallbackQuery, placed: Placed, turn: Turn, t: Texts) -> None:
    assert query.message is not None
    text = t("hold-here", order=placed.order.number, stage=placed.stage.label)
    turn.say(query.message.answer(text, reply_markup=keyboards.working(t)))


def placed_text(placed: Placed, t: Texts) -> str:
    return t("hold-placed", count=placed.count, order=placed.order.number, stage=placed.stage.label)


async def drop_held(
    query: CallbackQuery, callback_data: DropHeld, turn: Turn, t: Texts, person: Person, waiting: Waiting
) -> None:
    await waiting.drop_one(person.id, callback_data.hold_id, turn.inbox_id, turn.now)
    await answer_quietly(query, t("hold-dropped"))


def routes(router: Router) -> None:
    router.callback_query.register(place_held, PlaceHeld.filter())
    router.callback_query.register(drop_held, DropHeld.filter())
