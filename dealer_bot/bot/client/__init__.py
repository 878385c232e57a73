"""The client's door: what he sends finds the one who serves him."""

from aiogram import Router

from dealer_bot.bot.client import menu, own_orders, receiving, talking, turning
from dealer_bot.bot.middlewares import RoleIs
from dealer_bot.domain.people import Role


def door() -> Router:
    router = Router(name="client")
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(RoleIs(Role.CLIENT))
    for room in (menu, own_orders, receiving, turning, talking):
        room.routes(router)
    return router
