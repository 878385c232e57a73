"""The administrator's door."""

from aiogram import Router

from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="admin")
    router.message.filter(RoleIs(Role.ADMIN))
    return router
