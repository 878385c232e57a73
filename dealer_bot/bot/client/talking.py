"""What a client writes, shoots and mends."""

from aiogram import F, Router

from dealer_bot.bot.common import revise
from dealer_bot.bot.filters import Is
from dealer_bot.bot.passing import pass_on


def routes(router: Router) -> None:
    router.message.register(pass_on, Is(~F.text.startswith("/")))
    router.edited_message.register(revise)
