"""The door of the customer care: a Telegram reply goes to the client who wrote."""

from aiogram import F, Router
from aiogram.types import Message

from dealer_bot.bot.common import revise
from dealer_bot.bot.filters import Is
from dealer_bot.bot.incoming import handed
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.talk import Talk


async def answer(message: Message, turn: Turn, t: Texts, person: Person, talk: Talk) -> None:
    said = handed(message)
    if said is None:
        turn.say(message.answer(t("not-carried")))
        return
    answered = await talk.to_client(person.id, said, turn.inbox_id, turn.now)
    turn.say(message.answer(t("care-answered", client=answered.client or t("card-no-name"))))


def door() -> Router:
    router = Router(name="care")
    for observer in (router.message, router.edited_message):
        observer.filter(RoleIs(Role.CARE))
    router.message.register(answer, Is(~F.text.startswith("/")))
    router.edited_message.register(revise)
    return router
