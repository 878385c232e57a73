"""Talks with care: who is in one, and whose case somebody writes to."""

from dataclasses import dataclass

from database import cases, conversations, media, orders, outbox, people, places, screens
from database.cases import Waiting
from database.connection import Database
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person, Role
from dealer_bot.services import owning
from dealer_bot.services.naming import called_in_full, who_waits
from dealer_bot.services.talk import connected_person, pass_on

MAY_ANSWER = (Role.CARE, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Writing:
    """Whom somebody writes to now."""

    case_id: int
    client: str | None


class Care:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def begin(self, person_id: int, now: int) -> None:
        """T1 of a client who turns to care: all he writes goes there. Raises DealerError."""
        await self._db.write(_begin, person_id, now)

    async def end(self, person_id: int, now: int) -> None:
        """T1 of his end: the case is closed, his words go to whoever serves him."""
        await self._db.write(_end, person_id, now)

    async def write_to(self, person_id: int, case_id: int, inbox_id: int, now: int) -> Writing:
        """T1 of "Answer": what he sends from now on goes to this client. Raises DealerError."""
        return await self._db.write(_write_to, person_id, case_id, inbox_id, now)

    async def waiting(self, person_id: int) -> list[Waiting]:
        """Who waits for an answer of care's, the longest first. Raises DealerError."""
        return await self._db.read(_waiting, person_id)

    async def write_to_person(self, person_id: int, client_id: int, inbox_id: int, now: int) -> Writing:
        """T1 of "Write to the client" where no case is known: his open one, or a new one. Raises DealerError."""
        return await self._db.write(_write_to_person, person_id, client_id, inbox_id, now)

    async def pass_on(self, person_id: int, message_id: int, inbox_id: int, now: int) -> list[str]:
        """T1 of an admin who passes a client's message to care: the names of who gets it. Raises DealerError."""
        return await self._db.write(_pass_on, person_id, message_id, inbox_id, now)

    async def leave(self, person_id: int, now: int) -> None:
        await self._db.write(_leave, person_id, now)

    async def close(self, person_id: int, inbox_id: int, now: int) -> None:
        """T1 of closing the case one writes to: its client hears of it. Raises DealerError."""
        await self._db.write(_close, person_id, None, inbox_id, now)

    async def close_one(self, person_id: int, case_id: int, inbox_id: int, now: int) -> None:
        """T1 of closing this case, whichever one writes to. Raises DealerError."""
        await self._db.write(_close, person_id, case_id, inbox_id, now)


def _begin(person_id: int, now: int) -> None:
    person = connected_person(person_id)
    case = cases.open_of(person.id)
    places.enter_care(person.id, case.id if case else None, now)


def _end(person_id: int, now: int) -> None:
    person = connected_person(person_id)
    case = cases.open_of(person.id)
    if case is not None:
        _closed(case.id, now)
    places.leave_care(person.id)


def _write_to(person_id: int, case_id: int, inbox_id: int, now: int) -> Writing:
    """A case that was closed meanwhile is no obstacle: the client has a new one."""
    person, case = require_care(person_id), cases.by_id(case_id)
    client = people.by_id(case.client_id) if case else None
    if client is None:
        raise DealerError("button-strange")
    return _turn_to(person, client, inbox_id, now)


def _turn_to(person: Person, client: Person, inbox_id: int, now: int) -> Writing:
    if not client.connected or not client.active:
        raise DealerError("care-client-away")
    current = cases.opened(client.id, now)
    places.enter_care(person.id, current, now)
    owning.take(current, person, inbox_id, now)
    _show_pin(person, now)
    return Writing(current, called_in_full(client))


def _write_to_person(person_id: int, client_id: int, inbox_id: int, now: int) -> Writing:
    person, client = require_care(person_id), people.by_id(client_id)
    if client is None or person.role is not Role.ADMIN:
        raise DealerError("button-strange")
    return _turn_to(person, client, inbox_id, now)


def _pass_on(person_id: int, message_id: int, inbox_id: int, now: int) -> list[str]:
    """Whoever of care has it already does not get it twice."""
    admin, message = people.by_id(person_id), conversations.by_id(message_id)
    if admin is None or not admin.active or admin.role is not Role.ADMIN:
        raise DealerError("no-access")
    client = people.by_id(message.author_id) if message is not None and message.side == "client" else None
    if message is None or client is None:
        raise DealerError("button-strange")
    order = orders.order_by_id(message.order_id or message.about_id or 0)
    care = [each for each in people.active_with_role(Role.CARE) if each.id != client.id]
    if not care:
        raise DealerError("care-nobody")
    cases.opened(client.id, now)
    known = {each.address for each in outbox.recipients(message.id)}
    for reader in care:
        if reader.address not in known:
            media_id = media.of_message(message.id)
            pass_on(message.id, media_id, message.kind, message.text, order, reader, inbox_id, now)
    if not people.is_recorded("passed_to_care", inbox_id):
        people.record(admin.address or "", "passed_to_care", client.address, None, None, now, inbox_id)
    return [each.called or "" for each in care]


def _waiting(person_id: int) -> list[Waiting]:
    require_care(person_id)
    return who_waits()


def _leave(person_id: int, now: int) -> None:
    person = require_care(person_id)
    if places.leave_care(person.id):
        _show_pin(person, now)


def _close(person_id: int, case_id: int | None, inbox_id: int, now: int) -> None:
    """`case_id`: None for the one he writes to."""
    person, place = require_care(person_id), places.of(person_id)
    his = place.case_id if place else None
    case = cases.by_id(case_id or his or 0)
    if case is None or case.closed_at is not None:  # the client may have begun another talk since
        return
    client = people.by_id(case.client_id)
    place_of_client = places.of(case.client_id)
    is_in_talk = place_of_client is not None and place_of_client.is_with_care
    _closed(case.id, now)
    if case.id == his:
        _leave(person.id, now)
    if client is not None and client.address is not None and is_in_talk:
        outbox.add_notice(key=f"cc{case.id}:{inbox_id}", address=client.address, notice="case-closed", args={}, at=now)


def _closed(case_id: int, now: int) -> None:
    """Nobody writes to it any more."""
    cases.close(case_id, now)
    for person_id, _ in places.writers_of(case_id):
        person = people.by_id(person_id)
        places.leave_care(person_id)
        if person is not None and person.role.is_staff:
            _show_pin(person, now)


def _show_pin(person: Person, now: int) -> None:
    if person.address is not None:
        screens.want(person.address, "pin", "", now)


def require_care(person_id: int) -> Person:
    """Whoever may answer the clients of care: its own people and admins. Raises DealerError."""
    person = people.by_id(person_id)
    if person is None or not person.active or person.role not in MAY_ANSWER:
        raise DealerError("no-access")
    return person
