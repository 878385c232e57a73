"""A client turns to care, and ends the talk."""

from aiogram import Router
from aiogram.types import Message

from dealer_bot.bot import client_keys
from dealer_bot.bot.common import is_key
from dealer_bot.bot.filters import InWords
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.care import Care


async def begin(message: Message, turn: Turn, t: Texts, person: Person, care: Care) -> None:
    await care.begin(person.id, turn.now)
    turn.say(message.answer(t("care-begun"), reply_markup=client_keys.talk_with_care(t)))


async def end(message: Message, turn: Turn, t: Texts, person: Person, care: Care) -> None:
    await care.end(person.id, turn.now)
    turn.say(message.answer(t("care-ended"), reply_markup=client_keys.menu(t)))


def routes(router: Router) -> None:
    router.message.register(begin, InWords("care"))
    router.message.register(begin, is_key("key-care"))
    router.message.register(end, is_key("key-care-end"))
