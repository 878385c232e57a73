"""What a client writes, shoots and mends."""

from aiogram import F, Router
from aiogram.types import Message

from dealer_bot.bot.common import revise
from dealer_bot.bot.filters import Is
from dealer_bot.bot.incoming import handed
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.talk import Passed, Talk


async def pass_on(message: Message, turn: Turn, t: Texts, person: Person, talk: Talk) -> None:
    said = handed(message)
    if said is None:
        turn.say(message.answer(t("not-carried")))
        return
    passed = await talk.from_client(person.id, said, turn.inbox_id, turn.now)
    if passed.is_first:
        turn.say(message.answer(_passed(passed, t), disable_notification=True))


def _passed(passed: Passed, t: Texts) -> str:
    if not passed.is_heard:
        return t("passed-nobody")
    if passed.to is None or passed.order is None:
        return t("passed-outside")
    return t("passed", to=passed.to, order=passed.order.number)


def routes() -> Router:
    router = Router(name="talking")
    router.message.register(pass_on, Is(~F.text.startswith("/")))
    router.edited_message.register(revise)
    return router
