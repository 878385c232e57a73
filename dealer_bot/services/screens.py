"""Views made from rows, at the moment they are shown."""

from collections.abc import Iterable, Sequence
from zlib import crc32

from database import bursts, cases, chats, orders, people, places
from database.bursts import Files, Sends
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
        if order.is_living
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
    place = bursts.place_of(burst_id)
    if place is None:
        return None
    order_id, number, stage = place
    files, sends = bursts.files_of(burst_id), bursts.sends_of(burst_id)
    shots = [each for each in sends if each.is_media]
    texts = [each for each in sends if not each.is_media and not each.is_later]
    return StatusView(
        burst_id=burst_id,
        order_id=order_id,
        number=number,
        stage=stages.label(stage) if stage else None,
        hidden=stages.is_hidden(stage),
        media=_count(files),
        kept=_count(files, "kept"),
        too_big=_count(files, "too_big"),
        lost=_count(files, "lost"),
        held=_summed((each.hold, each.count) for each in files),
        deliveries=_count(shots),
        delivered=_count(shots, "sent"),
        texts=_count(texts),
        texts_delivered=_count(texts, "sent"),
        waits=_summed((_why(each), each.count) for each in sends),
        store_away=_is_any_waiting(files, "fetched", STORE),
        disk_fails=_is_any_waiting(files, "wanted", DISK),
        taken_back=bursts.taken_back(burst_id),
    )


def _count(rows: Sequence[Files | Sends], state: str | None = None) -> int:
    return sum(each.count for each in rows if state in (None, each.state))


def _summed(counted: Iterable[tuple[str | None, int]]) -> tuple[tuple[str, int], ...]:
    sums: dict[str, int] = {}
    for name, count in counted:
        if name:
            sums[name] = sums.get(name, 0) + count
    return tuple(sorted(sums.items()))


def _is_any_waiting(files: list[Files], state: str, what: str) -> bool:
    return any((each.state, each.hold, each.error) == (state, None, what) for each in files)


def _why(sends: Sends) -> str | None:
    """What keeps it from the client, if anything does: a file that is being fetched is only under way."""
    if sends.state == "held":
        return sends.reason if sends.reason != "media" else None
    return sends.state if sends.state in ("refused", "unknown", "gone") else None
