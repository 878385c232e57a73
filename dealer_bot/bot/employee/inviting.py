"""The button that invites an order's client."""

from aiogram import Router
from aiogram.types import CallbackQuery

from dealer_bot.bot.callbacks import Invite
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.inviting import Inviting


async def invite(query: CallbackQuery, callback_data: Invite, turn: Turn, person: Person, inviting: Inviting) -> None:
    await inviting.invite(person.id, callback_data.order_id, turn.inbox_id, turn.now)
    await answer_quietly(query)


def routes(router: Router) -> None:
    router.callback_query.register(invite, Invite.filter())
