"""A client stops receiving."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import keyboards
from dealer_bot.bot.callbacks import PauseReceiving
from dealer_bot.bot.filters import InWords
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.receiving import Receiving


async def ask(message: Message, turn: Turn, t: Texts, person: Person) -> None:
    if person.paused_at is not None:
        turn.say(message.answer(t("stopped-reminder"), reply_markup=keyboards.resume_receiving(t)))
        return
    turn.say(message.answer(t("stop-really"), reply_markup=keyboards.stop_really(t)))


async def pause(
    query: CallbackQuery, callback_data: PauseReceiving, turn: Turn, t: Texts, person: Person, receiving: Receiving
) -> None:
    assert query.message is not None
    if callback_data.really:
        await receiving.pause(person.id, turn.now)
        turn.say(query.message.answer(t("stopped"), reply_markup=keyboards.resume_receiving(t)))
    await answer_quietly(query, None if callback_data.really else t("stop-not"))


def routes(router: Router) -> None:
    router.message.register(ask, InWords("stop"))
    router.callback_query.register(pause, PauseReceiving.filter())
