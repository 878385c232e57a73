"""Protocols for the chat: page by page, nothing cut, and whole as a file."""

import asyncio
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Literal

from database import blobs, cases, orders, outbox, people, protocols, reports
from database.connection import Database
from database.protocols import Record, Scope
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import pieces_of, units
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.parcels import Blob
from dealer_bot.domain.people import Person, Role
from dealer_bot.services import protocol_formats

ROOM = 3_500
"""UTF-16 units of a page: Telegram takes 4,096 with the heading."""
RECENT = 6
FOUND = 8
OWN = 3
MIME = {"html": "text/html", "text": "text/plain"}
Format = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a message; nearly all have one."""

    message_id: int
    piece: int


@dataclass(frozen=True, slots=True)
class Page:
    """`older`, `newer`: beside which spot the next page lies, None where there is none."""

    scope: Scope
    order: WorkOrder | None
    client: Person | None
    text: str
    older: Spot | None
    newer: Spot | None
    case_id: int | None = None
    is_open_case: bool = False
    own_orders: tuple[WorkOrder, ...] = ()


class Protocols:
    def __init__(self, database: Database, timezone: tzinfo) -> None:
        self._db, self._timezone = database, timezone

    @staticmethod
    def scope(order_id: int) -> Scope:
        """Whose protocol; 0: all that is outside orders."""
        return Scope(order_id or None)

    async def history(self, person_id: int, case_id: int, beside: Spot | None, newer: bool, language: str) -> Page:
        """All that the client of this case and the dealership said. Raises DealerError."""
        return await self._db.read(self._history, person_id, case_id, beside, newer, language)

    async def recent(self, person_id: int) -> list[WorkOrder]:
        """The orders in which something was said last. Raises DealerError."""
        return await self._db.read(_recent, person_id)

    async def find(self, person_id: int, fragment: str) -> list[WorkOrder]:
        """Orders in any state by a part of the number or the plate, the newest first. Raises DealerError."""
        return await self._db.read(_find, person_id, fragment)

    async def page(self, person_id: int, scope: Scope, beside: Spot | None, newer: bool, language: str) -> Page:
        """The page before (or after) a spot, the newest where none is given. Raises DealerError."""
        return await self._db.read(self._page, person_id, scope, beside, newer, language)

    async def title(self, person_id: int, scope: Scope) -> str | None:
        """The order's number; None outside orders. Raises DealerError."""
        order = await self._db.read(_order_of, person_id, scope)
        return order.number if order else None

    async def take(
        self, person_id: int, scope: Scope, form: Format, title: str, language: str, inbox_id: int, now: int
    ) -> None:
        """T1: the whole protocol as a file comes to who asked for it. Raises DealerError."""
        records = await self._db.read(_whole, person_id, scope)
        data = await asyncio.to_thread(self._rendered, records, form, title, language)
        name = f"{title}.{'html' if form == 'html' else 'txt'}"
        await self._db.write(_hand_over, person_id, Blob(name, MIME[form], data), inbox_id, now)

    def _rendered(self, records: list[Record], form: Format, title: str, language: str) -> bytes:
        entries = [protocol_formats.entry(each, self._timezone) for each in records]
        if form == "html":
            return protocol_formats.page(entries, title, language).encode()
        return protocol_formats.text(entries, language).encode("utf-8-sig")  # Notepad of old Windows wants the mark

    def _history(self, person_id: int, case_id: int, beside: Spot | None, newer: bool, language: str) -> Page:
        case = cases.by_id(case_id)
        if case is None:
            raise DealerError("button-strange")
        page = self._page(person_id, Scope(client_id=case.client_id), beside, newer, language)
        phone = page.client.phone if page.client else None
        own = orders.living_of_phone(phone)[:OWN] if phone else []
        return replace(page, case_id=case.id, is_open_case=case.closed_at is None, own_orders=tuple(own))

    def _page(self, person_id: int, scope: Scope, beside: Spot | None, newer: bool, language: str) -> Page:
        _may_read(person_id, scope)
        found = protocols.around(scope, beside.message_id if beside else None, newer)
        pieces = [piece for each in found for piece in self._pieces(*each, scope, language, newer)]
        if beside is not None:
            ahead = [each for each in pieces if _is_beyond(each[0], beside, newer)]
            is_cut = len(ahead) < len(pieces)
            pieces = ahead
        else:
            is_cut = False
        shown = _fitting(pieces)
        rest = len(pieces) > len(shown)
        spots = [spot for spot, _ in shown] if newer else [spot for spot, _ in reversed(shown)]
        texts = [text for _, text in shown] if newer else [text for _, text in reversed(shown)]
        older = spots[0] if spots and (is_cut if newer else rest) else None
        later = spots[-1] if spots and (rest if newer else is_cut) else None
        order = orders.order_by_id(scope.order_id) if scope.order_id else None
        client = people.by_id(scope.client_id) if scope.client_id else None
        return Page(scope, order, client, "\n\n".join(texts), older, later)

    def _pieces(
        self, message_id: int, records: list[Record], scope: Scope, language: str, newer: bool
    ) -> list[tuple[Spot, str]]:
        entries = [protocol_formats.entry(each, self._timezone) for each in records]
        with_order = scope.order_id is None
        whole = "\n".join(protocol_formats.paragraph(each, language, with_order=with_order) for each in entries)
        cut = [(Spot(message_id, n), each.text) for n, each in enumerate(pieces_of(whole, None, ROOM))]
        return cut if newer else cut[::-1]


def _is_beyond(spot: Spot, beside: Spot, newer: bool) -> bool:
    here, there = (spot.message_id, spot.piece), (beside.message_id, beside.piece)
    return here > there if newer else here < there


def _fitting(pieces: list[tuple[Spot, str]]) -> list[tuple[Spot, str]]:
    room, shown = ROOM, list[tuple[Spot, str]]()
    for spot, text in pieces:
        room -= units(text) + 2
        if room < 0 and shown:
            break
        shown.append((spot, text))
    return shown


def _may_read(person_id: int, scope: Scope) -> None:
    """Admins read all; care reads the talks of its clients, and their orders. Raises DealerError."""
    person = people.by_id(person_id)
    if person is None or not person.active:
        raise DealerError("no-access")
    if person.role is Role.ADMIN:
        return
    if person.role is not Role.CARE or not _is_of_care(scope):
        raise DealerError("no-access")


def _is_of_care(scope: Scope) -> bool:
    if scope.client_id is not None:
        return cases.has_any(scope.client_id)
    order = orders.order_by_id(scope.order_id) if scope.order_id else None
    client = people.by_phone(order.phone) if order is not None and order.phone else None
    return client is not None and cases.has_any(client.id)


def _recent(person_id: int) -> list[WorkOrder]:
    _may_read(person_id, Scope())
    found = [orders.order_by_id(each) for each in protocols.last_spoken(RECENT)]
    return [each for each in found if each is not None]


def _find(person_id: int, fragment: str) -> list[WorkOrder]:
    _may_read(person_id, Scope())
    return orders.listed(fragment)[::-1][:FOUND]


def _order_of(person_id: int, scope: Scope) -> WorkOrder | None:
    _may_read(person_id, scope)
    return orders.order_by_id(scope.order_id) if scope.order_id else None


def _whole(person_id: int, scope: Scope) -> list[Record]:
    _may_read(person_id, scope)
    return protocols.of(scope)


def _hand_over(person_id: int, blob: Blob, inbox_id: int, now: int) -> None:
    person, key = people.by_id(person_id), f"pf{inbox_id}"
    if person is None or person.address is None or not person.active or person.role not in (Role.ADMIN, Role.CARE):
        raise DealerError("no-access")
    if not outbox.has(key):
        reports.add_file(key=key, address=person.address, notice="protocol-file", blob_id=blobs.add(blob), at=now)
