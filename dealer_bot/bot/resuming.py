"""Whoever has stopped receiving about his own car begins again, whatever level he has been given since."""

from aiogram import Router
from aiogram.types import CallbackQuery

from dealer_bot.bot import keyboards
from dealer_bot.bot.callbacks import ResumeReceiving, TakeWaiting
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.passing import IsConnected
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.receiving import Receiving


async def resume(query: CallbackQuery, turn: Turn, t: Texts, person: Person, receiving: Receiving) -> None:
    assert query.message is not None
    waiting = await receiving.resume(person.id, turn.now)
    if waiting:
        turn.say(query.message.answer(t("resumed-waiting", count=waiting), reply_markup=keyboards.take_waiting(t)))
    else:
        turn.say(query.message.answer(t("resumed")))
    await answer_quietly(query)


async def take_waiting(
    query: CallbackQuery, callback_data: TakeWaiting, turn: Turn, t: Texts, person: Person, receiving: Receiving
) -> None:
    await receiving.take_waiting(person.id, callback_data.wanted, turn.now)
    await answer_quietly(query, t("waiting-comes" if callback_data.wanted else "waiting-left"))


def routes(router: Router) -> None:
    router.callback_query.register(resume, ResumeReceiving.filter(), IsConnected())
    router.callback_query.register(take_waiting, TakeWaiting.filter(), IsConnected())
