"""New staff by a link that says the level: good once and for a day, from an administrator who still is one."""

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


def is_for_staff(token: str) -> bool:
    return invitations.staff_of(token_hash(token)) is not None


def offered(token: str, now: int) -> Role | None:
    """The level it gives; None if it gives none any more."""
    found = invitations.staff_of(token_hash(token))
    return Role(found.role) if found is not None and found.used_by is None and _is_good(found, now) else None


def accept(token: str, person: Person, inbox_id: int, now: int) -> Role | None:
    """Within the transaction of who came with a proved phone: his level from now on, None if it gives none."""
    found = invitations.staff_of(token_hash(token))
    if found is None:
        return None
    if people.is_recorded("hired", inbox_id):
        return Role(found.role)
    if found.used_by is not None or not _is_good(found, now) or person.role is Role.ADMIN or not person.active:
        return None
    maker = people.by_id(found.made_by)
    assert maker is not None
    invitations.use(token_hash(token), person.id)
    role = Role(found.role)
    people_changes.change(maker.address or "", person, Changes(role=role), now)
    people.record(person.address or "", "hired", people_changes.who(person), None, role.name.lower(), now, inbox_id)
    _tell(maker, person, role, inbox_id, now)
    return role


def _is_good(found: StaffInvitation, now: int) -> bool:
    """What a former administrator has made opens nothing."""
    maker = people.by_id(found.made_by)
    return now < found.expires_at and maker is not None and maker.active and maker.role is Role.ADMIN


def _tell(maker: Person, person: Person, role: Role, inbox_id: int, now: int) -> None:
    args = {
        "person": person.id,
        "name": person.name or "",
        "phone": grouped(person.phone) if person.phone else "",
        "role": role.name.lower(),
    }
    outbox.add_notice(key=f"hired{inbox_id}", address=maker.address or "", notice="hired", args=args, at=now)
