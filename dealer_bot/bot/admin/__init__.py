"""The administrator's door: /admin and what is behind it; what employees can do, he does through theirs."""

from aiogram import Router

from dealer_bot.bot.admin import alarms, menu, people, protocols, ready, state
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="admin")
    for observer in (router.message, router.callback_query):
        observer.filter(RoleIs(Role.ADMIN))
    for room in (menu, alarms, people, protocols, ready, state):
        room.routes(router)
    return router
