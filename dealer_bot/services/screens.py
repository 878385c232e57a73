"""Views made from rows, at the moment they are shown."""

from zlib import crc32

from database import cases, chats, orders, people, places, sql
from database.screens import Screen
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.parcels import DISK, STORE
from dealer_bot.domain.people import Person, Place, Role
from dealer_bot.domain.phones import last_four
from dealer_bot.domain.stages import Stages
from dealer_bot.domain.views import CardView, CaseView, MenuView, NoPlaceView, PinView, StatusView, View
from dealer_bot.services.naming import name_of
from dealer_bot.services.questions import question
from dealer_bot.services.reading_views import reading_view

ANSWERABLE = ("open", "settling", "unreadable")


def view_of(screen: Screen, stages: Stages) -> View | None:
    """None: nothing to show any more."""
    person = people.by_address(screen.address)
    if screen.slot == "menu":
        return MenuView(int(person.role)) if person else None
    if person is not None and person.active and screen.slot == "pin" and person.role in (Role.CARE, Role.ADMIN):
        place = places.of(person.id)
        if place is None or place.case_id is not None or person.role is Role.CARE:
            return _case_pin(person, place)
    if person is None or not person.is_crew:
        return None  # who is no longer of the crew learns nothing new
    if screen.slot == "card":
        return _card(int(screen.subject), stages)
    if screen.slot == "pin":
        return _pin(screen.address, stages)
    if screen.slot == "reading":
        return reading_view(int(screen.subject))
    if screen.slot == "hold":
        return question(int(screen.subject), stages)
    return _status(int(screen.subject), stages)


def seen_code(order: WorkOrder) -> str:
    """Changes with the phone: a tap on an older card does not confirm a newer client."""
    return f"{crc32((order.phone or '').encode()) & 0xFFFFFF:06x}"


def client_of(order: WorkOrder) -> Person | None:
    return people.by_phone(order.phone) if order.phone else None


def client_state(order: WorkOrder, client: Person | None) -> str:
    """no_phone, not_connected, inactive, stopped, blocked or connected."""
    if order.phone is None:
        return "no_phone"
    if client is None or not client.connected or client.address is None:
        return "not_connected"
    if not client.active:
        return "inactive"
    if client.paused_at is not None:
        return "stopped"
    return "blocked" if chats.is_blocked(client.address) else "connected"


def _card(order_id: int, stages: Stages) -> CardView | None:
    order = orders.order_by_id(order_id)
    if order is None:
        return None
    client = client_of(order)
    return CardView(
        order_id=order.id,
        number=order.number,
        state=order.state,
        reason=order.reason,
        plate=order.plate,
        vehicle=order.vehicle,
        client_name=(client.name if client else None) or order.client_name,
        last_four=last_four(order.phone) if order.phone else None,
        client_state=client_state(order, client),
        seen=seen_code(order),
        stages=tuple((stage.code, stage.label, stages.is_hidden(stage.folder)) for stage in stages.all)
        if order.state in ANSWERABLE
        else (),
    )


def _pin(address: str, stages: Stages) -> PinView | NoPlaceView:
    person = people.by_address(address)
    place = places.of(person.id) if person else None
    order = orders.order_by_id(place.order_id) if place and place.order_id else None
    if place is None or order is None:
        return NoPlaceView()
    client = client_of(order)
    return PinView(
        order_id=order.id,
        number=order.number,
        state=order.state,
        plate=order.plate,
        stage=stages.label(place.stage),
        hidden=stages.is_hidden(place.stage),
        client_name=(client.name if client else None) or order.client_name,
        client_state=client_state(order, client),
    )


def _case_pin(person: Person, place: Place | None) -> CaseView | NoPlaceView:
    case = cases.by_id(place.case_id) if place and place.case_id else None
    client = people.by_id(case.client_id) if case else None
    if case is None or client is None:
        return NoPlaceView(person.role is Role.CARE)
    return CaseView(case.id, name_of(client), client.phone)


def _status(burst_id: int, stages: Stages) -> StatusView | None:
    first = sql.row(
        "SELECT m.order_id, o.number, m.stage FROM messages m LEFT JOIN orders o ON o.id = m.order_id WHERE m.id = ?",
        (burst_id,),
    )
    if first is None:
        return None
    media = sql.rows(
        "SELECT d.state, d.hold, count(*), d.error FROM messages m JOIN media d ON d.message_id = m.id"
        " WHERE m.burst_id = ? AND d.state <> 'dropped' GROUP BY d.state, d.hold, d.error",
        (burst_id,),
    )
    sends = sql.rows(
        "SELECT o.state, o.reason, count(*), o.media_id IS NOT NULL, o.args IS NULL FROM messages m"
        " JOIN outbox o ON o.message_id = m.id"
        " WHERE m.burst_id = ? AND o.to_client = 1 AND o.kind = 'delivery' AND o.op = 'send'"
        " AND o.state <> 'withdrawn' AND o.recalled_at IS NULL"
        " GROUP BY o.state, o.reason, o.media_id IS NOT NULL, o.args IS NULL",
        (burst_id,),
    )
    texts = [row for row in sends if not row[3] and row[4]]  # later parts of a long one are not counted
    return StatusView(
        burst_id=burst_id,
        order_id=first[0],
        number=first[1],
        stage=stages.label(first[2]) if first[2] else None,
        hidden=stages.is_hidden(first[2]),
        media=sum(row[2] for row in media),
        kept=sum(row[2] for row in media if row[0] == "kept"),
        too_big=sum(row[2] for row in media if row[0] == "too_big"),
        lost=sum(row[2] for row in media if row[0] == "lost"),
        held=tuple(sorted(_held(media).items())),
        deliveries=sum(row[2] for row in sends if row[3]),
        delivered=sum(row[2] for row in sends if row[3] and row[0] == "sent"),
        texts=sum(row[2] for row in texts),
        texts_delivered=sum(row[2] for row in texts if row[0] == "sent"),
        waits=tuple(sorted(_waits(sends).items())),
        store_away=any(row[:2] == ("fetched", None) and row[3] == STORE for row in media),
        disk_fails=any(row[:2] == ("wanted", None) and row[3] == DISK for row in media),
        taken_back=_taken_back(burst_id),
    )


def _held(media: list[sql.Row]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for _, hold, number, _ in media:
        if hold:
            counted[hold] = counted.get(hold, 0) + number
    return counted


def _taken_back(burst_id: int) -> tuple[tuple[str, int], ...]:
    """Copies of it that are gone from the client's chat, or should be: done, under_way, failed, unknown.

    And `unsure`: what may have arrived before, where the bot can't find it.
    """
    found = sql.rows(
        "SELECT CASE WHEN o.op = 'send' THEN 'unsure' WHEN o.state = 'sent' THEN 'done'"
        " WHEN o.state = 'refused' THEN 'failed' WHEN o.state = 'unknown' THEN 'unknown' ELSE 'under_way' END,"
        " count(DISTINCT m.id) FROM messages m JOIN outbox o ON o.message_id = m.id"
        " WHERE m.burst_id = ? AND o.to_client = 1 AND (o.op = 'delete' AND o.key LIKE 'd%' AND o.state <> 'gone'"
        "  OR o.op = 'send' AND o.state = 'unknown' AND o.recalled_at IS NOT NULL)"
        " GROUP BY 1 ORDER BY 1",
        (burst_id,),
    )
    return tuple((row[0], row[1]) for row in found)


def _waits(sends: list[sql.Row]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for state, reason, number, *_ in sends:
        key = (
            reason
            if state == "held" and reason != "media"
            else state
            if state in ("refused", "unknown", "gone")
            else None
        )
        if key:
            counted[key] = counted.get(key, 0) + number
    return counted
