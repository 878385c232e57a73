"""Finding a work order by what a mechanic types."""

from dataclasses import dataclass
from typing import Literal

from database import inbox, orders
from database.connection import Database
from dealer_bot.domain.lookalikes import ascii_digits
from dealer_bot.domain.numbers import number_key
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.phones import Phone, phone_of_field
from dealer_bot.domain.plates import is_whole_plate, plate_key
from dealer_bot.services.indexing import Indexer

PAGE = 8
"""Buttons of one message that a thumb can still tell apart."""

LAST_PAGE = 500
"""Nobody turns so many; a forged page costs no more than this one."""

By = Literal["number", "plate", "barcode", "phone", "name"]


@dataclass(frozen=True, slots=True)
class Found:
    """`exact`: the one order that may be opened at once. `orders`: this page of hits; `more` follow."""

    exact: WorkOrder | None
    orders: list[WorkOrder]
    more: bool = False
    by: By | None = None


class Lookup:
    """Numbers, plates, barcodes, last digits of a phone, names: in the index, and the disk where the index misses."""

    def __init__(self, database: Database, indexer: Indexer, region: str = "BY") -> None:
        self._database, self._indexer, self._region = database, indexer, region

    async def find(self, text: str, now: int, page: int = 0) -> Found:
        """One hit by number, barcode or plate is exact; several hits, or one by phone or name, are to choose from.

        What is just this comes first, then the newest; pages count from 0.
        """
        fragment = " ".join(text.split())[:128]
        if not fragment:
            return Found(None, [])
        page = min(page, LAST_PAGE)
        known = await self._database.read(_exactly, fragment, self._region, page)
        if page == 0 and known.exact is None:
            fresh = await self._indexer.look_at(fragment, now)
            known = Found(fresh, [fresh], by="number") if fresh is not None else known
        if known.orders:
            return known
        hits = await self._database.read(orders.find, fragment, PAGE + 1, page * PAGE)
        return _chosen(hits, fragment, page)

    async def asked(self, address: str, inbox_id: int) -> str | None:
        """The update by which somebody in this chat searched, as JSON; None if it is forgotten, or another chat's."""
        return await self._database.read(inbox.payload_of, address, inbox_id)


def _exactly(fragment: str, region: str, page: int) -> Found:
    """By the indexes alone: the whole number, barcode, plate or phone. A later page opens nothing."""
    if page == 0 and (order := orders.living_of_key(number_key(fragment))) is not None:
        return Found(order, [order], by="number")
    if hits := orders.living_of_barcode(fragment):
        return _page_of(hits, "barcode", page)
    if is_whole_plate(fragment) and (hits := orders.living_of_plate(plate_key(fragment))):
        return _page_of(hits, "plate", page)
    phone = phone_of_field(fragment, region)
    if isinstance(phone, Phone) and (hits := orders.living_of_phone(phone.e164)):
        return _page_of(hits, "phone", page)
    return Found(None, [])


def _page_of(hits: list[WorkOrder], by: By, page: int) -> Found:
    exact = hits[0] if len(hits) == 1 and page == 0 and by != "phone" else None
    return Found(exact, hits[page * PAGE : (page + 1) * PAGE], len(hits) > (page + 1) * PAGE, by)


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
