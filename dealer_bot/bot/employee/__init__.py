"""The employee's door; it admits admins, who can do all that employees can."""

from aiogram import Router

from dealer_bot.bot.employee import finding, inviting, shooting, working
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="employee")
    may_enter = RoleIs(Role.EMPLOYEE, Role.ADMIN)
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(may_enter)
    router.include_routers(working.routes(), finding.routes(), inviting.routes(), shooting.routes())
    return router
