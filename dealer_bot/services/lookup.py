"""Finding a work order by what a mechanic types."""

from dataclasses import dataclass
from typing import Literal

from database import orders
from database.connection import Database
from dealer_bot.domain.lookalikes import ascii_digits
from dealer_bot.domain.numbers import number_key
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.phones import Phone, phone_of_field
from dealer_bot.domain.plates import is_whole_plate, plate_key
from dealer_bot.services.indexing import Indexer

PAGE = 8
"""Buttons of one message that a thumb can still tell apart."""

By = Literal["number", "plate", "barcode", "phone", "name"]


@dataclass(frozen=True, slots=True)
class Found:
    """`exact`: the one order that may be opened at once. `orders`: this page of hits, newest first; `more` follow."""

    exact: WorkOrder | None
    orders: list[WorkOrder]
    more: bool = False
    by: By | None = None


class Lookup:
    """Numbers, plates, barcodes, last digits of a phone, names: in the index, and the disk where the index misses."""

    def __init__(self, database: Database, indexer: Indexer, region: str = "BY") -> None:
        self._database, self._indexer, self._region = database, indexer, region

    async def find(self, text: str, now: int, page: int = 0) -> Found:
        """One hit by number, barcode or plate is exact; several hits, or one by phone or name, are to choose from."""
        fragment = " ".join(text.split())[:128]
        if not fragment:
            return Found(None, [])
        known = await self._database.read(_exactly, fragment, self._region)
        if known.exact is None and (fresh := await self._indexer.look_at(fragment, now)) is not None:
            known = Found(fresh, [fresh], by="number")
        if known.orders:
            return known
        hits = await self._database.read(orders.find, fragment, PAGE + 1, page * PAGE)
        return _chosen(hits, fragment, page)


def _exactly(fragment: str, region: str) -> Found:
    """By the indexes alone: the whole number, barcode, plate or phone."""
    if (order := orders.living_of_key(number_key(fragment))) is not None:
        return Found(order, [order], by="number")
    if hits := orders.living_of_barcode(fragment):
        return _one_or_all(hits, "barcode")
    if is_whole_plate(fragment) and (hits := orders.living_of_plate(plate_key(fragment))):
        return _one_or_all(hits, "plate")
    phone = phone_of_field(fragment, region)
    if isinstance(phone, Phone) and (hits := orders.living_of_phone(phone.e164)):
        return Found(None, hits[:PAGE], len(hits) > PAGE, "phone")
    return Found(None, [])


def _one_or_all(hits: list[WorkOrder], by: By) -> Found:
    return Found(hits[0] if len(hits) == 1 else None, hits[:PAGE], len(hits) > PAGE, by)


def _chosen(hits: list[WorkOrder], fragment: str, page: int) -> Found:
    by = _meeting(hits[0], fragment) if hits else None
    is_sure = by == "number" or (by == "plate" and is_whole_plate(fragment))
    exact = hits[0] if len(hits) == 1 and page == 0 and is_sure else None
    return Found(exact, hits[:PAGE], len(hits) > PAGE, by)


def _meeting(order: WorkOrder, fragment: str) -> By:
    """By which of its words an order was found."""
    number, compact = number_key(order.number), plate_key(fragment)
    if number_key(fragment) in number or (compact and compact in number):
        return "number"
    if compact and compact in (order.plate_key or ""):
        return "plate"
    digits = "".join(filter(str.isdigit, ascii_digits(fragment)))
    return "phone" if digits and (order.phone or "").endswith(digits) else "name"
