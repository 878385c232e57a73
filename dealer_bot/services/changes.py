"""What a change of an order's folder means for what is under way. Runs inside the transaction that notes the change."""

from database import chats, confirmations, conversations, media, order_work, orders, outbox, people, places, screens
from dealer_bot.domain.orders import OrderChange
from dealer_bot.domain.people import Role


def on_change(changes: list[OrderChange], now: int) -> None:
    concerned = order_work.of([change.order_id for change in changes])
    for change in (each for each in changes if each.order_id in concerned):
        order = change.after
        if change.kind == "reopened":
            media.release_closed(order.id)
            outbox.requeue(order.id, "closed", now)
            if order.phone is not None and not confirmations.is_confirmed(order.id, order.phone):
                outbox.phone_changed(order.id, None)
        if order.reason == orders.REUSED:  # what waited was for the former client
            outbox.end_visit(order.id, now)
            media.hold_unshelved(order.id)
        if order.state == "open" and order.phone is not None:
            client = people.by_phone(order.phone)
            if client is not None and client.connected and client.address is not None:
                outbox.connect(order.phone, client.address, now)  # what waited while the order could not be served
        has_new_client = change.before is not None and change.before.phone != order.phone and order.phone is not None
        if has_new_client:
            outbox.phone_changed(order.id, order.phone)
        if order.state == "open" and (has_new_client or outbox.needs_tap(order.id)):
            _ask_for_confirmation(order.id, now)
        screens.touch_order(order.id, now)


def _ask_for_confirmation(order_id: int, now: int) -> None:
    """Whoever works in it, or did so last if something waits, confirms the client on a new card."""
    addresses = [address for _, address in places.crews_of(order_id) if not chats.is_blocked(address)]
    if outbox.needs_tap(order_id) and not addresses:
        addresses = _last_author(order_id)
    for address in addresses:
        screens.want_new(address, "card", str(order_id), now)


def _last_author(order_id: int) -> list[str]:
    """Or the administrators, where nobody who worked in it can be asked any more: what waits would wait for ever."""
    crew = [each for each in filter(None, map(people.by_id, conversations.authors_of(order_id))) if each.is_crew]
    reached = [each.address for each in crew if each.address is not None and not chats.is_blocked(each.address)]
    return reached[:1] or [each.address for each in people.active_with_role(Role.ADMIN) if each.address is not None]
