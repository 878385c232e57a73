"""What a change of an order's folder means for what is under way. Runs inside the transaction that notes the change."""

from database import conversations, media, outbox, people, screens
from dealer_bot.domain.orders import OrderChange


def on_change(changes: list[OrderChange], now: int) -> None:
    for change in changes:
        order = change.after
        if change.kind == "reopened":
            media.release_closed(order.id)
            outbox.requeue(order.id, "closed", now)
        if change.before is not None and change.before.phone != order.phone and order.phone is not None:
            outbox.phone_changed(order.id, order.phone)
        if order.state == "open" and outbox.needs_tap(order.id):
            _ask_last_author(order.id, now)
        screens.touch_order(order.id, now)


def _ask_last_author(order_id: int, now: int) -> None:
    """The order can be served again: whoever worked in it last confirms the client on a new card."""
    for person_id in conversations.authors_of(order_id):
        person = people.by_id(person_id)
        if person is not None and person.is_crew and person.address is not None:
            screens.want_new(person.address, "card", str(order_id), now)
            return
