"""People as administrators see and change them."""

from dataclasses import dataclass
from datetime import tzinfo
from typing import Literal, get_args

from database import audit, outbox, owed, people, screens
from database.connection import Database
from dealer_bot.domain.audit import Line
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person, Role, name_of
from dealer_bot.services import people_changes
from dealer_bot.services.people_changes import Changes

PAGE = 8
LOG_PAGE = 10
Group = Literal["s", "c", "i", "a", "e", "h"]
"""Staff, clients, inactive; of the staff administrators, employees, and care, who help."""
GROUP_OF_ROLE: dict[Role, Group] = {Role.ADMIN: "a", Role.EMPLOYEE: "e", Role.CLIENT: "c", Role.CARE: "h"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of people; `total` in the whole group."""

    people: list[Person]
    group: Group
    page: int
    total: int

    @property
    def has_more(self) -> bool:
        return (self.page + 1) * PAGE < self.total


@dataclass(frozen=True, slots=True)
class Card:
    """`waiting`: messages he handed in that are still on their way to clients. `group`, `page`: where he is listed."""

    person: Person
    waiting: int
    group: Group
    page: int


class Personnel:
    def __init__(self, database: Database, timezone: tzinfo) -> None:
        self._db, self.timezone = database, timezone

    async def page(self, admin_id: int, group: Group, page: int) -> Listed:
        """Raises DealerError."""
        return await self._db.read(_page, admin_id, group, page)

    async def find(self, admin_id: int, fragment: str) -> list[Person]:
        """By a part of the name or digits of the phone. Raises DealerError."""
        return await self._db.read(_find, admin_id, fragment)

    async def card(self, admin_id: int, person_id: int) -> Card:
        """Raises DealerError."""
        return await self._db.read(_card, admin_id, person_id)

    async def log(self, admin_id: int, person_id: int, page: int) -> tuple[list[Line], bool]:
        """The audit log of one person, of all with 0; and whether there is more. Raises DealerError."""
        return await self._db.read(_log, admin_id, person_id, page)

    async def set_role(self, admin_id: int, person_id: int, role: Role, was: int, now: int) -> Card:
        """T1. `was`: the level that was to be changed. Raises DealerError, also if he has another one by now."""
        return await self._db.write(_set_role, admin_id, person_id, role, was, now)

    async def set_name(self, admin_id: int, person_id: int, name: str, now: int) -> Card:
        """T1. Raises DealerError, also for what is no name."""
        return await self._db.write(_change, admin_id, person_id, Changes(name=_name(name)), now)

    async def set_active(self, admin_id: int, person_id: int, active: bool, now: int) -> Card:
        """T1. Raises DealerError."""
        return await self._db.write(_change, admin_id, person_id, Changes(active=active), now)

    async def stop_waiting(self, admin_id: int, person_id: int, now: int) -> int:
        """T1: what he handed in and has not gone yet goes to no client. How many messages. Raises DealerError."""
        return await self._db.write(_stop_waiting, admin_id, person_id, now)


def group_of(asked: str) -> Group:
    """What a button asks for; staff, if it asks for nothing there is."""
    return next((group for group in get_args(Group) if group == asked), "s")


def require_admin(person_id: int) -> Person:
    """The role is read where the effect happens. Raises DealerError."""
    person = people.by_id(person_id)
    if person is None or not person.active or person.role is not Role.ADMIN:
        raise DealerError("no-access")
    return person


def _page(admin_id: int, group: Group, page: int) -> Listed:
    require_admin(admin_id)
    total = people.count_of(group)
    page = min(page, max(0, (total - 1) // PAGE))
    return Listed(people.listed(group, PAGE, page * PAGE), group, page, total)


def _find(admin_id: int, fragment: str) -> list[Person]:
    require_admin(admin_id)
    return people.meeting(fragment, PAGE)


def _card(admin_id: int, person_id: int) -> Card:
    require_admin(admin_id)
    return _card_of(_somebody(person_id))


def _card_of(person: Person) -> Card:
    group: Group = "i" if not person.active else "c" if person.role is Role.CLIENT else "s"
    return Card(person, owed.waiting_of_author(person.id), group, people.before(group, person) // PAGE)


def _log(admin_id: int, person_id: int, page: int) -> tuple[list[Line], bool]:
    require_admin(admin_id)
    whom = people_changes.who(_somebody(person_id)) if person_id else None
    found = audit.lines(whom, LOG_PAGE + 1, page * LOG_PAGE)
    return found[:LOG_PAGE], len(found) > LOG_PAGE


def _change(admin_id: int, person_id: int, changes: Changes, now: int) -> Card:
    admin, person = require_admin(admin_id), _somebody(person_id)
    after = people_changes.change(admin.address or "", person, changes, now)
    if after.role is not person.role and after.active and after.address is not None:
        args = {"role": int(after.role)}
        outbox.add_notice(key=f"role{after.id}:{now}", address=after.address, notice="role-now", args=args, at=now)
    return _card_of(after)


def _set_role(admin_id: int, person_id: int, role: Role, was: int, now: int) -> Card:
    """Another administrator may have changed it while this one was asked."""
    require_admin(admin_id)
    if _somebody(person_id).role not in (was, role):
        raise DealerError("person-role-other")
    return _change(admin_id, person_id, Changes(role=role), now)


def _stop_waiting(admin_id: int, person_id: int, now: int) -> int:
    admin, person = require_admin(admin_id), _somebody(person_id)
    stopped = owed.stop_of_author(person.id, now)
    if stopped:
        people.record(admin.address or "", "stopped", people_changes.who(person), None, str(len(stopped)), now)
        screens.touch_bursts(tuple(stopped), now)
    return len(stopped)


def _somebody(person_id: int) -> Person:
    person = people.by_id(person_id)
    if person is None:
        raise DealerError("button-strange")
    return person


def _name(raw: str) -> str:
    name = name_of(raw)
    if name is None:
        raise DealerError("person-name-odd")
    return name
