"""A client's orders, and their media once more."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import client_keys
from dealer_bot.bot.callbacks import MyOrder, SendAgain
from dealer_bot.bot.common import is_key
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.own_orders import OwnOrder, OwnOrders


async def show_all(message: Message, turn: Turn, t: Texts, person: Person, own_orders: OwnOrders) -> None:
    found = await own_orders.all(person.id, turn.now)
    if found:
        turn.say(message.answer(t("my-orders", count=len(found)), reply_markup=client_keys.own_orders(t, found)))
    else:
        turn.say(message.answer(t("my-orders-none")))


async def show_one(
    query: CallbackQuery, callback_data: MyOrder, turn: Turn, t: Texts, person: Person, own_orders: OwnOrders
) -> None:
    assert query.message is not None
    own = await own_orders.one(person.id, callback_data.order_id)
    buttons = client_keys.send_again(t, own.order.id) if own.shots else None
    turn.say(query.message.answer(_card(own, t), reply_markup=buttons))
    await answer_quietly(query)


async def send_again(
    query: CallbackQuery, callback_data: SendAgain, turn: Turn, t: Texts, person: Person, own_orders: OwnOrders
) -> None:
    count = await own_orders.send_again(person.id, callback_data.order_id, turn.inbox_id, turn.now)
    await answer_quietly(query, t("again-comes", count=count) if count else t("again-none"))


def _card(own: OwnOrder, t: Texts) -> str:
    order = own.order
    lines = [t("card-order", order=order.number)]
    if car := ", ".join(part for part in (order.plate, order.vehicle) if part):
        lines.append(t("card-car", car=car))
    if not order.is_living:
        lines.append(t("card-closed"))
    return "\n".join([*lines, t("my-order-shots", count=own.shots) if own.shots else t("again-none")])


def routes(router: Router) -> None:
    router.message.register(show_all, is_key("key-my-orders"))
    router.callback_query.register(show_one, MyOrder.filter())
    router.callback_query.register(send_again, SendAgain.filter())
