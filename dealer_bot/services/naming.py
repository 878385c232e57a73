"""What clients are called to those who answer them: by the base, else by the card of their order."""

from dataclasses import replace

from database import cases, people
from database.cases import Waiting
from dealer_bot.domain.people import Person, called
from dealer_bot.services.routing import likely_order


def name_of(client: Person) -> str | None:
    """His name in the base, else the one on the card of the order he is probably served in."""
    if client.name:
        return client.name
    order = likely_order(client)
    return order.client_name if order else None


def called_in_full(client: Person) -> str | None:
    """His name, else his whole phone: for administrators and care alone."""
    return called(name_of(client), client.phone)


def who_waits() -> list[Waiting]:
    """Who waits for an answer of care's, the longest first."""
    return [each if each.client else replace(each, client=_name_of(each.client_id)) for each in cases.waiting()]


def _name_of(client_id: int) -> str | None:
    client = people.by_id(client_id)
    return name_of(client) if client else None
