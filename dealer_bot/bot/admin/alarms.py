"""What an administrator does about a message that met an attention word."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from dealer_bot.bot import client_keys
from dealer_bot.bot.admin_callbacks import PassToCare, WriteAbout, WriteToClient
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.care import Care
from dealer_bot.services.desk import Desk


class IsOver(Filter):
    """The order is closed by now; into one that is open he goes by the door of employees."""

    async def __call__(self, query: CallbackQuery, callback_data: WriteAbout, desk: Desk) -> bool:
        order = await desk.order(callback_data.order_id)
        return order is None or not order.is_living


async def write(
    query: CallbackQuery,
    callback_data: WriteToClient | WriteAbout,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    care: Care,
) -> None:
    assert query.message is not None
    writing = await care.write_to_person(person.id, callback_data.person_id, turn.inbox_id, turn.now)
    await state.clear()
    text = t("case-writing", client=writing.client or t("card-no-name"), number=str(writing.case_id))
    turn.say(query.message.answer(text, reply_markup=client_keys.writing_to_case(t)))
    await answer_quietly(query)


async def pass_on(
    query: CallbackQuery, callback_data: PassToCare, turn: Turn, t: Texts, person: Person, care: Care
) -> None:
    assert query.message is not None
    names = await care.pass_on(person.id, callback_data.message_id, turn.inbox_id, turn.now)
    turn.say(query.message.answer(t("attention-passed", names=", ".join(names)), disable_notification=True))
    await answer_quietly(query)


def routes(router: Router) -> None:
    router.callback_query.register(write, WriteToClient.filter())
    router.callback_query.register(write, WriteAbout.filter(), IsOver())
    router.callback_query.register(pass_on, PassToCare.filter())
