"""Second thoughts: to another order or stage, and away from the client's chat."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import keyboards
from dealer_bot.bot.callbacks import MoveBurst, MoveElsewhere, TakeBack, WrongPlace
from dealer_bot.bot.employee.holding import placed_text, welcome
from dealer_bot.bot.employee.working import show_again
from dealer_bot.bot.filters import InWords
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.states import Finding
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person
from dealer_bot.services.desk import CardChanged
from dealer_bot.services.moving import Moving


async def offer_places(
    query: CallbackQuery, callback_data: WrongPlace, turn: Turn, t: Texts, person: Person, moving: Moving
) -> None:
    assert query.message is not None
    choices = await moving.choices(person.id, callback_data.burst_id)
    markup = keyboards.places_for(t, callback_data.burst_id, choices.spots)
    turn.say(query.message.answer(t("move-where", count=choices.count), reply_markup=markup))
    await answer_quietly(query)


async def find_place(
    query: CallbackQuery,
    callback_data: MoveElsewhere,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    moving: Moving,
) -> None:
    """The order is looked for as always; when he is in it, he is asked whether the burst shall follow."""
    assert query.message is not None
    await moving.choices(person.id, callback_data.burst_id)
    await state.set_state(Finding.asked)
    await state.set_data({"burst": callback_data.burst_id})
    turn.say(query.message.answer(t("order-which")))
    await answer_quietly(query)


async def move(
    query: CallbackQuery,
    callback_data: MoveBurst,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    moving: Moving,
) -> None:
    asked = (callback_data.order_id, callback_data.stage)
    try:
        placed = await moving.move(person.id, callback_data.burst_id, asked, turn.inbox_id, turn.now)
    except CardChanged as changed:
        await show_again(query, changed, turn, t)
        return
    if placed.enters:
        await state.clear()
        welcome(query, placed, turn, t)
    await answer_quietly(query, placed_text(placed, t))


async def take_back(
    query: CallbackQuery, callback_data: TakeBack, turn: Turn, t: Texts, person: Person, moving: Moving
) -> None:
    count = await moving.recall(person.id, callback_data.burst_id, turn.inbox_id, turn.now)
    await answer_quietly(query, t("recalled", count=count))


async def undo(message: Message, turn: Turn, t: Texts, person: Person, moving: Moving) -> None:
    """A reply to an own message."""
    replied = message.reply_to_message
    if replied is None:
        raise DealerError("undo-how")
    source = (turn.visit.lane, replied.message_id)
    count = await moving.recall_one(person.id, source, turn.inbox_id, turn.now)
    turn.say(message.answer(t("recalled", count=count) if count else t("undone-unsent")))


def routes(router: Router) -> None:
    router.message.register(undo, InWords("undo"))
    router.callback_query.register(offer_places, WrongPlace.filter())
    router.callback_query.register(find_place, MoveElsewhere.filter())
    router.callback_query.register(move, MoveBurst.filter())
    router.callback_query.register(take_back, TakeBack.filter())
