"""The button under what may not have arrived, for whoever sent it, is to read it, or keeps watch over all."""

from aiogram import Router
from aiogram.types import CallbackQuery

from dealer_bot.bot.callbacks import Repeat, RepeatOne
from dealer_bot.bot.middlewares import RoleIs, answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.retrying import Retrying


async def repeat(
    query: CallbackQuery, callback_data: Repeat, turn: Turn, t: Texts, person: Person, retrying: Retrying
) -> None:
    await retrying.burst(person.id, callback_data.burst_id, turn.inbox_id, turn.now)
    await answer_quietly(query, t("repeated"))


async def repeat_one(
    query: CallbackQuery, callback_data: RepeatOne, turn: Turn, t: Texts, person: Person, retrying: Retrying
) -> None:
    await retrying.one(person.id, callback_data.outbox_id, turn.inbox_id, turn.now)
    await answer_quietly(query, t("repeated"))


def door() -> Router:
    router = Router(name="repeating")
    router.callback_query.filter(RoleIs(Role.ADMIN, Role.EMPLOYEE, Role.CARE))
    router.callback_query.register(repeat, Repeat.filter())
    router.callback_query.register(repeat_one, RepeatOne.filter())
    return router
