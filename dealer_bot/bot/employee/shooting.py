"""What an employee shoots, says and mends, with an order chosen or not."""

from aiogram import F, Router
from aiogram.types import Message

from dealer_bot.bot.case_talk import answer
from dealer_bot.bot.common import revise
from dealer_bot.bot.filters import Is
from dealer_bot.bot.incoming import handed
from dealer_bot.bot.states import Finding
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.intake import Intake
from dealer_bot.services.talk import Talk


async def accept(message: Message, turn: Turn, t: Texts, person: Person, intake: Intake, talk: Talk) -> None:
    shot = handed(message)
    if shot is None:
        turn.say(message.answer(t("not-carried")))
        return
    if shot.reply_to is not None and await talk.is_outside(shot):
        await answer(message, turn, t, person, talk)
        return
    is_looking = turn.visit.state == Finding.asked.state or shot.text.startswith("/")
    await intake.accept(person.id, shot, turn.inbox_id, turn.now, is_looking=is_looking)


def routes(router: Router) -> None:
    router.message.register(accept, Is(~F.text.startswith("/")))
    router.edited_message.register(revise)
