"""The door of the customer care: a Telegram reply goes to the client who wrote."""

from aiogram import F, Router

from dealer_bot.bot.case_talk import answer
from dealer_bot.bot.common import revise
from dealer_bot.bot.filters import Is
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="care")
    for observer in (router.message, router.edited_message):
        observer.filter(RoleIs(Role.CARE))
    router.message.register(answer, Is(~F.text.startswith("/")))
    router.edited_message.register(revise)
    return router
