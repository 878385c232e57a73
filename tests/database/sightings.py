"""Orders as looks see them, put into a database and looked for."""

from database import orders
from database.connection import Database
from dealer_bot.domain.numbers import number_key
from dealer_bot.domain.orders import OrderChange, Sighting, State
from dealer_bot.domain.plates import plate_key

PHONE, OTHER_PHONE = "+375298888808", "+375297777777"
NOW = 1_795_000_000_000


def seen(
    number: str = "a00017732",
    state: State = "open",
    phone: str | None = PHONE,
    plate: str | None = None,
    barcode: str | None = None,
    name: str | None = None,
    reason: str | None = None,
    day: str = "2026-11-21",
    card: int = 1,
    folder: str | None = None,
) -> Sighting:
    return Sighting(
        number_key=number_key(number),
        number=number,
        folder=folder or number,
        state=state,
        reason=reason,
        phone=phone,
        barcode=barcode,
        plate=plate,
        plate_key=plate_key(plate) if plate else None,
        client_name=name,
        day=day,
        day_source="birth",
        mtime_ns=card,
        size=card,
        inode=card,
        looked_at=None if state == "settling" else NOW,
    )


def recorded(database: Database, *sightings: Sighting) -> list[tuple[int, OrderChange | None]]:
    return [database.write_now(orders.record, one, NOW) for one in sightings]


def ended(database: Database, order_id: int, state: State = "closed") -> OrderChange | None:
    return database.write_now(orders.end, order_id, state, None, NOW)


def found(database: Database, fragment: str, limit: int = 10, offset: int = 0) -> list[str]:
    return [order.number for order in database.read_now(orders.find, fragment, limit, offset)]
