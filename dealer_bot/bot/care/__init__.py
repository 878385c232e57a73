"""The door of the customer care."""

from aiogram import Router

from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="care")
    router.message.filter(RoleIs(Role.CARE))
    return router
