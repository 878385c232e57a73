"""How an account and a phone become one: the person's own contact, and nothing else."""

from dataclasses import dataclass

from database import chats, orders, outbox, people, reports, rerouting, screens
from database.connection import Database
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.phones import last_four, masked
from dealer_bot.services import hiring, inviting, people_changes
from dealer_bot.services.hiring import Link


@dataclass(frozen=True, slots=True)
class CameBack:
    """What /start has met: something that waited, and a link of staff, if he came by one."""

    waited: bool = False
    link: Link | None = None


class Connecting:
    def __init__(self, database: Database, admin_ids: tuple[int, ...]) -> None:
        self._db, self._admins = database, {f"tg:{admin_id}" for admin_id in admin_ids}

    def is_expected_admin(self, address: str) -> bool:
        return address in self._admins

    async def admit_admin(self, address: str, now: int) -> Person:
        """One of ADMIN_IDS, seen for the first time."""
        return await self._db.write(_admit_admin, address, now)

    async def set_language(self, address: str, language: str, now: int) -> None:
        await self._db.write(_set_language, address, language, now)

    async def connect(
        self, address: str, phone: str, first_name: str, invitation: str | None, inbox_id: int, now: int
    ) -> Person:
        """T1 of an own contact: bind the phone, greet, and let go what waited for it. Who he is now."""
        return await self._db.write(_connect, address, phone, first_name, invitation, inbox_id, now)

    async def has_greeted(self, inbox_id: int) -> bool:
        """Whether this update has bound a phone already."""
        return await self._db.read(outbox.has, f"g{inbox_id}")

    async def block(self, address: str, now: int) -> None:
        """He stopped the bot in Telegram."""
        await self._db.write(_block, address, now)

    async def come_back(self, address: str, invitation: str | None, inbox_id: int, now: int) -> CameBack:
        """T1 of /start: what a block held up goes, after a word of welcome; a link of staff gives its level.

        Whatever else he sends shows as well that the bot is let in again.
        """
        return await self._db.write(_come_back, address, invitation, inbox_id, now)


def _come_back(address: str, invitation: str | None, inbox_id: int, now: int) -> CameBack:
    person = people.by_address(address)
    waited = _welcome_back(address, person, invitation, inbox_id, now)
    return CameBack(waited, hiring.come_by(invitation, person, inbox_id, now) if invitation is not None else None)


def _welcome_back(address: str, person: Person | None, invitation: str | None, inbox_id: int, now: int) -> bool:
    if invitation is not None and person is not None and person.phone is not None and person.active:
        inviting.came_by(invitation, person.phone, now)
    key = f"cb{inbox_id}"
    if outbox.has(key):
        return True
    chats.unblock(address)
    _touch_orders(address, now)
    waiting = outbox.offer_held(address, "blocked", now)
    if waiting:
        outbox.add_notice(key=key, address=address, notice="come-back", args={"count": waiting}, at=now, kind="prompt")
    return waiting > 0


def _block(address: str, now: int) -> None:
    chats.block(address, now)
    _touch_orders(address, now)


def _touch_orders(address: str, now: int) -> None:
    person = people.by_address(address)
    for order in orders.living_of_phone(person.phone) if person and person.phone else []:
        screens.touch_order(order.id, now)


def _admit_admin(address: str, now: int) -> Person:
    known = people.by_address(address)
    if known is not None:
        return known
    people.record(address, "admitted", address, None, Role.ADMIN.name.lower(), now)
    screens.want(address, "menu", "", now)
    return people.add(address=address, role=Role.ADMIN)


def _set_language(address: str, language: str, now: int) -> None:
    person = people.by_address(address) or people.add(address=address)
    people.update(person.id, language=language)
    if person.connected or person.role.is_staff:
        screens.want(address, "menu", "", now)


def _connect(address: str, phone: str, first_name: str, invitation: str | None, inbox_id: int, now: int) -> Person:
    owner, account = people.by_phone(phone), people.by_address(address)
    if owner is not None and owner.address == address:
        person = owner
        if not owner.connected:
            people.bind(owner.id, phone, now, now)
    elif owner is not None and owner.address is None:
        person = _join(owner, account, address, phone, now)
    else:
        person = account or people.add(address=address)
        if owner is not None:
            _move(owner, person, phone, address, inbox_id, now)
        people.bind(person.id, phone, now, now)
    rerouting.keep_answers(person.id, phone)
    if person.consent_at is None:
        people.update(person.id, consent_at=now)
        people.record(address, "consent", address, None, None, now)
    after = people.by_id(person.id)
    assert after is not None
    link = hiring.come_by(invitation, after, inbox_id, now) if invitation is not None else None
    if link is not None and link.verdict == "given":
        after = people.by_id(person.id) or after
    if after.active:
        if link is not None and link.verdict == "refused":  # it was good when he opened it
            outbox.add_notice(
                key=f"hr{inbox_id}", address=address, notice="hire-refused", args={}, at=now, kind="prompt"
            )
        _welcome(after, phone, first_name, inbox_id, now)
        if invitation is not None:
            inviting.came_by(invitation, phone, now)
    return after


def _join(expected: Person, account: Person | None, address: str, phone: str, now: int) -> Person:
    """Somebody the dealership had written down by phone: his account takes over what was written."""
    if account is None:
        people.update(expected.id, address=address)
        people.bind(expected.id, phone, now, now)
        return expected
    keeps = people.is_last_active_admin(account.id)  # the last one can't lose his level, not even by this
    role, active = (Role.ADMIN, True) if keeps else (expected.role, expected.active)
    people.update(account.id, role=int(role), active=active, name=expected.name or account.name)
    people.bind(account.id, phone, now, now)
    people.delete_unconnected(expected.id)
    return people_changes.leave_former_level(account, now) if account.role.is_staff else account


def _move(owner: Person, person: Person, phone: str, address: str, inbox_id: int, now: int) -> None:
    """Another account has proved the phone: what was shown stays with the old one, what waits goes to the new."""
    assert owner.address is not None
    if not owner.active and not person.role.is_staff:
        people.update(person.id, active=False)
    outbox.follow(phone, owner.address, address)
    if not owner.role.is_staff:  # a greeting, a list of his orders: they are another's now
        reports.forget_words(owner.address)
    people.record(address, "phone_moved", owner.address, None, None, now)
    outbox.add_notice(
        key=f"pm{inbox_id}", address=owner.address, notice="phone-moved-away", args={"phone": masked(phone)}, at=now
    )
    outbox.alert_admins(f"pma{inbox_id}", "alert-phone-moved", {"phone": masked(phone), "name": owner.name or ""}, now)


def _welcome(person: Person, phone: str, first_name: str, inbox_id: int, now: int) -> None:
    own = orders.living_of_phone(phone)
    assert person.address is not None
    screens.want(person.address, "menu", "", now)
    chats.unblock(person.address)
    outbox.offer_held(person.address, "blocked", now)
    has_words = outbox.waits_for_words(phone)
    waiting = outbox.connect(phone, person.address, now)
    args = {
        "name": person.name or first_name,
        "tail": f"{last_four(phone)[:2]}-{last_four(phone)[2:]}",
        "orders": [[order.number, order.plate or ""] for order in own],
        "waiting": waiting,
        "has_words": has_words,
        "role": int(person.role),
    }
    outbox.add_notice(key=f"g{inbox_id}", address=person.address, notice="greeting", args=args, at=now, kind="prompt")
    for order in own:
        screens.touch_order(order.id, now)
