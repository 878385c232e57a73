"""The employee's door; it admits admins, who can do all that employees can."""

from aiogram import Router

from dealer_bot.bot.employee import calendar, finding, holding, inviting, moving, shooting, working
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="employee")
    may_enter = RoleIs(Role.EMPLOYEE, Role.ADMIN)
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(may_enter)
    for room in (working, holding, moving, finding, calendar, inviting, shooting):
        room.routes(router)
    return router
