"""Answers that administrators keep ready; whoever answers a client sends them, name and order filled in."""

from dataclasses import dataclass

from database import canned, cases, people
from database.canned import Canned
from database.connection import Database
from dealer_bot.domain.canned import filled, parsed
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.messages import Handed
from dealer_bot.domain.people import Person
from dealer_bot.services.answering import Answered, answer_directly
from dealer_bot.services.care import require_care
from dealer_bot.services.naming import called_in_full, name_of
from dealer_bot.services.personnel import require_admin
from dealer_bot.services.routing import likely_order

MOST = 30


@dataclass(frozen=True, slots=True)
class Draft:
    """What would be sent, and to whom."""

    canned_id: int
    case_id: int
    text: str
    client: str | None


class ReadyAnswers:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def all(self, person_id: int) -> list[Canned]:
        """Raises DealerError."""
        return await self._db.read(_all, person_id)

    async def one(self, admin_id: int, canned_id: int) -> Canned:
        """Raises DealerError."""
        return await self._db.read(_one, admin_id, canned_id)

    async def keep(self, admin_id: int, text: str, inbox_id: int, now: int) -> None:
        """T1: the first line is the title. Raises DealerError."""
        await self._db.write(_keep, admin_id, text, inbox_id, now)

    async def remove(self, admin_id: int, canned_id: int, now: int) -> None:
        """T1. Raises DealerError."""
        await self._db.write(_remove, admin_id, canned_id, now)

    async def draft(self, person_id: int, canned_id: int, case_id: int) -> Draft:
        """Raises DealerError."""
        return await self._db.read(_draft, person_id, canned_id, case_id)

    async def send(self, person_id: int, canned_id: int, case_id: int, inbox_id: int, now: int) -> Answered:
        """T1: it goes to the client of this case, whoever one writes to by now. Raises DealerError."""
        return await self._db.write(_send_ready, person_id, canned_id, case_id, inbox_id, now)


def _all(person_id: int) -> list[Canned]:
    require_care(person_id)
    return canned.all_kept()


def _one(admin_id: int, canned_id: int) -> Canned:
    require_admin(admin_id)
    return _known(canned_id)


def _keep(admin_id: int, text: str, inbox_id: int, now: int) -> None:
    admin, read = require_admin(admin_id), parsed(text)
    if read is None:
        raise DealerError("canned-odd")
    if people.is_recorded("canned_kept", inbox_id):
        return
    if len(canned.all_kept()) >= MOST:
        raise DealerError("canned-many")
    canned.add(*read, admin.id, now)
    people.record(admin.address or "", "canned_kept", None, None, read[0], now, inbox_id)


def _remove(admin_id: int, canned_id: int, now: int) -> None:
    admin, known = require_admin(admin_id), canned.by_id(canned_id)
    if known is not None:
        canned.remove(known.id, now)
        people.record(admin.address or "", "canned_removed", None, known.title, None, now)


def _draft(person_id: int, canned_id: int, case_id: int) -> Draft:
    require_care(person_id)
    client = _client_of(case_id)
    return Draft(canned_id, case_id, _text(_known(canned_id), client), called_in_full(client))


def _send_ready(person_id: int, canned_id: int, case_id: int, inbox_id: int, now: int) -> Answered:
    person, client = require_care(person_id), _client_of(case_id)
    text = _text(_known(canned_id), client)
    # It was tapped, not written: no message of his has this id.
    handed = Handed(person.address or "", -inbox_id, "text", text)
    return answer_directly(person, client, handed, inbox_id, now)


def _text(found: Canned, client: Person) -> str:
    order = likely_order(client)
    return filled(found.text, name_of(client), order.number if order else None)


def _known(canned_id: int) -> Canned:
    found = canned.by_id(canned_id)
    if found is None:
        raise DealerError("canned-gone")
    return found


def _client_of(case_id: int) -> Person:
    case = cases.by_id(case_id)
    client = people.by_id(case.client_id) if case is not None and case.closed_at is None else None
    if client is None:
        raise DealerError("canned-closed")
    return client
