"""Invitations into an order, and what the crew hears of those who came by one with another phone."""

from database import conversations, invitations, orders, outbox, people
from database.connection import Database
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.invitations import order_token, token_hash
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person
from dealer_bot.domain.phones import masked
from dealer_bot.services.desk import crew_member


class Inviting:
    def __init__(self, database: Database, secret: str) -> None:
        self._db, self._secret = database, secret

    async def invite(self, person_id: int, order_id: int, inbox_id: int, now: int) -> WorkOrder:
        """T1: the link's picture and a text to pass on come to who asked for them. Raises DealerError."""
        return await self._db.write(self._invite, person_id, order_id, inbox_id, now)

    def _invite(self, person_id: int, order_id: int, inbox_id: int, now: int) -> WorkOrder:
        person, order = crew_member(person_id), orders.order_by_id(order_id)
        if order is None or not order.is_living:
            raise DealerError("order-closed", order=order.number if order else "")
        token = order_token(self._secret, order.id)
        invitations.add(token_hash(token), order.id, person.id)
        assert person.address is not None
        args = {"number": order.number, "plate": order.plate or "", "token": token}
        for notice in ("invitation", "invitation-text"):
            outbox.add_notice(
                key=f"{notice}:{inbox_id}", address=person.address, notice=notice, args=args, at=now, kind="prompt"
            )
        return order


def came_by(token: str, phone: str, now: int) -> None:
    """Within the transaction of who came: if the order has another phone, its last employee hears of it, once."""
    known = invitations.order_of(token_hash(token))
    order = orders.order_by_id(known[0]) if known else None
    if known is None or order is None or not order.is_living or order.phone == phone:
        return
    reader = _last_employee(order, made_by=known[1])
    if reader is not None and reader.address is not None:
        notice = "invited-other-phone" if order.phone else "invited-no-phone"
        outbox.add_notice(
            key=f"{notice}:{order.id}:{order.phone}:{phone}",
            address=reader.address,
            notice=notice,
            args={"number": order.number, "phone": masked(phone)},
            at=now,
            order_id=order.id,
        )


def _last_employee(order: WorkOrder, made_by: int) -> Person | None:
    crew = (people.by_id(each) for each in [*conversations.authors_of(order.id), made_by])
    return next((each for each in crew if each is not None and each.is_crew and each.address), None)
