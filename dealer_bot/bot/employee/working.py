"""Into a stage of an order, to another stage, and out again."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, MaybeInaccessibleMessageUnion, Message, ReplyKeyboardRemove

from dealer_bot.bot import keyboards
from dealer_bot.bot.admin_callbacks import WriteAbout
from dealer_bot.bot.callbacks import EnterStage, PlaceWaiting, Resume, ShowPhone
from dealer_bot.bot.common import is_key
from dealer_bot.bot.filters import InWords
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import write_anew
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.domain.phones import grouped
from dealer_bot.services.desk import CardChanged, Desk, Entered
from dealer_bot.services.moving import Moving
from dealer_bot.services.waiting import Waiting


async def enter_stage(
    query: CallbackQuery,
    callback_data: EnterStage,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    desk: Desk,
    waiting: Waiting,
    moving: Moving,
) -> None:
    try:
        entered = await desk.enter(person.id, callback_data.order_id, callback_data.stage, callback_data.seen, turn.now)
    except CardChanged as changed:
        await show_again(query, changed, turn, t)
        return
    await _arrive(query, entered, turn, t, person, state, desk, waiting, moving)


async def resume(
    query: CallbackQuery,
    callback_data: Resume | WriteAbout,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    desk: Desk,
    waiting: Waiting,
    moving: Moving,
) -> None:
    try:
        entered = await desk.answer(person.id, callback_data.order_id, turn.now)
    except CardChanged as changed:
        await show_again(query, changed, turn, t)
        return
    await _arrive(query, entered, turn, t, person, state, desk, waiting, moving)


async def show_again(query: CallbackQuery, changed: CardChanged, turn: Turn, t: Texts) -> None:
    turn.show("card", changed.order.id)
    await answer_quietly(query, t("card-changed"), show_alert=True)


async def _arrive(
    query: CallbackQuery,
    entered: Entered,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    desk: Desk,
    waiting: Waiting,
    moving: Moving,
) -> None:
    assert query.message is not None
    burst_id = (await state.get_data()).get("burst")
    await state.clear()
    text = t(_arrival(entered, desk), order=entered.order.number, stage=entered.stage.label)
    turn.say(query.message.answer(text, reply_markup=keyboards.working(t)))
    if burst_id is not None and await moving.is_elsewhere(burst_id, entered.order.id, entered.stage.folder):
        markup = keyboards.move_here(t, burst_id, entered.order.id, entered.stage.code)
        turn.say(query.message.answer(t("move-ask"), reply_markup=markup))
    if count := await waiting.count(person.id, entered.stage.folder):
        turn.say(_question(query.message, count, entered, t))
    await answer_quietly(query)


def _question(message: MaybeInaccessibleMessageUnion, count: int, entered: Entered, t: Texts) -> SendMessage:
    """Whether what waits without an order belongs here."""
    text = t("waiting-media", count=count, order=entered.order.number, stage=entered.stage.label)
    return message.answer(text, reply_markup=keyboards.waiting_media(t, entered.order.id, entered.stage.code))


def _arrival(entered: Entered, desk: Desk) -> str:
    """What becomes of all he shoots from now on."""
    if desk.stages.is_hidden(entered.stage.folder):
        return "entered-hidden"
    return "entered" if entered.client_state == "connected" else f"entered-{entered.client_state}"


async def change_stage(message: Message, turn: Turn, t: Texts) -> None:
    place = turn.visit.place
    if place is None or place.order_id is None:
        turn.say(message.answer(t("text-without-order")))
        return
    turn.show("card", place.order_id)


async def leave(message: Message, turn: Turn, t: Texts, person: Person, state: FSMContext, desk: Desk) -> None:
    await state.clear()
    await desk.leave(person.id, turn.now)
    turn.say(message.answer(t("left"), reply_markup=ReplyKeyboardRemove()))


async def show_phone(
    query: CallbackQuery, callback_data: ShowPhone, turn: Turn, t: Texts, person: Person, desk: Desk
) -> None:
    assert query.message is not None
    found = await desk.phone(person.id, callback_data.order_id, turn.inbox_id, turn.now)
    client = found.name or t("card-no-name")
    turn.say(
        query.message.answer(t("phone-shown", order=found.order.number, client=client, phone=grouped(found.phone)))
    )
    await answer_quietly(query)


async def place_waiting(
    query: CallbackQuery, callback_data: PlaceWaiting, turn: Turn, t: Texts, person: Person, waiting: Waiting
) -> None:
    """Media shot before an order was chosen: here, or nowhere."""
    if callback_data.keep:
        asked = (callback_data.order_id, callback_data.stage)
        placed = await waiting.place(person.id, asked, turn.inbox_id, turn.now)
        text = t("waiting-media-placed", count=placed.count, order=placed.order.number, stage=placed.stage.label)
    else:
        await waiting.drop(person.id, turn.inbox_id, turn.now)
        text = t("waiting-media-dropped")
    await answer_quietly(query)
    await write_anew(query, text)  # their own line says it too, and surely


def routes(router: Router) -> None:
    router.message.register(change_stage, is_key("key-stage"))
    router.message.register(leave, is_key("key-leave"))
    router.message.register(leave, InWords("stop"))
    router.callback_query.register(enter_stage, EnterStage.filter())
    router.callback_query.register(resume, Resume.filter())
    router.callback_query.register(resume, WriteAbout.filter())
    router.callback_query.register(show_phone, ShowPhone.filter())
    router.callback_query.register(place_waiting, PlaceWaiting.filter())
