"""Who hands something in, where he is, which order that is, and whether it was handed in before: one read."""

from dataclasses import dataclass

from database import orders, people, places, sql
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Person, Place


@dataclass(frozen=True, slots=True)
class Standing:
    """As it is in this transaction. `known`: message and hold that an earlier run of the same update has made.

    `place`: None also where the update is handled again, out of its turn: where he was then nobody knows any more.
    """

    person: Person
    place: Place | None
    order: WorkOrder | None
    known: tuple[int, int | None] | None


def _of(alias: str, columns: str) -> list[str]:
    return [f"{alias}.{name}" for name in columns.split(", ")]


_PEOPLE, _PLACES, _ORDERS = people.COLUMNS.split(", "), _of("l", places.COLUMNS), _of("o", orders.COLUMNS)
_AFTER_PERSON = len(_PEOPLE)
_AFTER_PLACE = _AFTER_PERSON + len(_PLACES)
_STANDING = f"""
    SELECT {", ".join((*_PEOPLE, *_PLACES, *_ORDERS))}, m.id, m.hold_id
    {people.FROM}
    LEFT JOIN places l ON l.person_id = p.id
        AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.id = ? AND i.again_at IS NOT NULL)
    LEFT JOIN orders o ON o.id = l.order_id
    LEFT JOIN messages m ON m.source_address = ? AND m.source_message_id = ?
    WHERE p.id = ?
"""


def of(person_id: int, address: str, telegram_message_id: int, inbox_id: int) -> Standing | None:
    """None: nobody of this id."""
    found = sql.row(_STANDING, (inbox_id, address, telegram_message_id, person_id))
    if found is None:
        return None
    place, order = found[_AFTER_PERSON:_AFTER_PLACE], found[_AFTER_PLACE:-2]
    return Standing(
        people.from_row(found[:_AFTER_PERSON]),
        Place(*place) if place[2] is not None else None,
        WorkOrder(*order) if order[0] is not None else None,
        found[-2:] if found[-2] is not None else None,
    )
