"""New staff by a link that says the level: good once and for a day, from an administrator who still is one."""

from dataclasses import dataclass
from typing import Literal

from database import invitations, outbox, people
from database.connection import Database
from database.invitations import StaffInvitation
from dealer_bot.domain.invitations import staff_token, token_hash
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.phones import grouped
from dealer_bot.services import people_changes
from dealer_bot.services.people_changes import Changes
from dealer_bot.services.personnel import require_admin

GOOD_FOR_MS = 24 * 3600 * 1000
OFFERED = (Role.EMPLOYEE, Role.CARE, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Link:
    """What a link of staff did for who came by it: `role` is what he has by it, would have, or has anyway.

    own: it gave him his level before. offered: it will, once his phone is proved. needless: he has that level, or a
    higher one, and it stays good for somebody else. refused: it is good no more.
    """

    verdict: Literal["given", "own", "offered", "needless", "refused"]
    role: Role


class Hiring:
    def __init__(self, database: Database, secret: str) -> None:
        self._db, self._secret = database, secret

    async def invite(self, admin_id: int, role: Role, inbox_id: int, now: int) -> None:
        """T1: the link comes to the admin who asked for it. Raises DealerError."""
        await self._db.write(self._invite, admin_id, role, inbox_id, now)

    def _invite(self, admin_id: int, role: Role, inbox_id: int, now: int) -> None:
        admin = require_admin(admin_id)
        token = staff_token(self._secret, inbox_id)
        invitations.add_staff(token_hash(token), int(role), admin.id, now + GOOD_FOR_MS)
        if not people.is_recorded("invited", inbox_id):
            people.record(admin.address or "", "invited", None, None, role.name.lower(), now, inbox_id)
        args = {"role": role.name.lower(), "cause": inbox_id}
        key = f"invitation-staff:{inbox_id}"
        address = admin.address or ""
        outbox.add_notice(key=key, address=address, notice="invitation-staff", args=args, at=now, kind="prompt")


def come_by(token: str, person: Person | None, inbox_id: int, now: int) -> Link | None:
    """Within the transaction of who came, with a proved phone or before it. None: no link of staff."""
    found = invitations.staff_of(token_hash(token))
    if found is None:
        return None
    role = Role(found.role)
    if people.is_recorded("hired", inbox_id):
        return Link("given", role)
    if person is not None and found.used_by == person.id:
        return Link("own", person.role)
    if not _is_good(found, now) or (person is not None and not person.active):
        return Link("refused", role)
    if person is not None and person.role in (Role.ADMIN, role):
        return Link("needless", person.role)
    if person is None or not person.connected:
        return Link("offered", role)
    _hire(token, found.made_by, person, role, inbox_id, now)
    return Link("given", role)


def _hire(token: str, made_by: int, person: Person, role: Role, inbox_id: int, now: int) -> None:
    maker = people.by_id(made_by)
    assert maker is not None
    invitations.use(token_hash(token), person.id)
    people_changes.change(maker.address or "", person, Changes(role=role), now)
    people.record(person.address or "", "hired", people_changes.who(person), None, role.name.lower(), now, inbox_id)
    _tell(maker, person, role, inbox_id, now)


def _is_good(found: StaffInvitation, now: int) -> bool:
    """What a former administrator has made opens nothing."""
    maker = people.by_id(found.made_by)
    is_fresh = found.used_by is None and now < found.expires_at
    return is_fresh and maker is not None and maker.active and maker.role is Role.ADMIN


def _tell(maker: Person, person: Person, role: Role, inbox_id: int, now: int) -> None:
    args = {
        "person": person.id,
        "name": person.name or "",
        "phone": grouped(person.phone) if person.phone else "",
        "role": role.name.lower(),
    }
    outbox.add_notice(key=f"hired{inbox_id}", address=maker.address or "", notice="hired", args=args, at=now)
