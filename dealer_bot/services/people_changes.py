"""What may be changed about a person, by the chat and by the command line alike. Runs inside a transaction."""

from dataclasses import dataclass
from typing import Any

from database import cases, holds, inbox, orders, outbox, people, places, reports, screens
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person, Role


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is written down; with `telegram_id` the dealership answers for the phone being his."""

    phone: str
    name: str
    role: Role
    telegram_id: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different; None leaves it as it is. `phone` is E.164."""

    role: Role | None = None
    name: str | None = None
    phone: str | None = None
    active: bool | None = None


def add(by: str, newcomer: Newcomer, now: int) -> Person:
    """Write a person down. Raises DealerError if the phone or the account is somebody's already."""
    owner = people.by_phone(newcomer.phone)
    if owner is not None and owner.role is Role.CLIENT and newcomer.telegram_id is None:
        # he connected before he was written down
        return change(by, owner, Changes(newcomer.role, newcomer.name), now)
    if owner is not None and (owner.address is not None or newcomer.telegram_id is None):
        raise DealerError("person-known")
    address = None if newcomer.telegram_id is None else f"tg:{newcomer.telegram_id}"
    account = people.by_address(address) if address else None
    if account is not None and account.phone is not None:
        raise DealerError("person-other-phone")
    if account is not None and newcomer.role is not Role.ADMIN and people.is_last_active_admin(account.id):
        raise DealerError("person-last-admin")
    person = account or people.add(address=address)
    people.update(person.id, role=int(newcomer.role), name=newcomer.name)
    people.bind(person.id, newcomer.phone, now if address else None, now)
    if owner is not None:
        people.delete_unconnected(owner.id)
    if address is not None:  # the dealership vouches for the account: nothing is left to be shared
        people.update(person.id, consent_at=now)
        outbox.connect(newcomer.phone, address, now)
    people.record(by, "added", who(person), None, newcomer.role.name.lower(), now)
    return leave_former_level(person, now) if person.role.is_staff else _fresh(person, now)


def change(by: str, found: Person, changes: Changes, now: int) -> Person:
    """Raises DealerError, also where the last active admin would be lost."""
    stays_admin = changes.role in (None, Role.ADMIN) and changes.active is not False
    if not stays_admin and people.is_last_active_admin(found.id):
        raise DealerError("person-last-admin")
    _update(by, found, {"role": changes.role, "name": changes.name, "active": changes.active}, now)
    if changes.phone is not None and changes.phone != found.phone:
        _change_phone(by, found, changes.phone, now)
    after = leave_former_level(found, now, by)
    if after.active and not found.active:
        _let_go(after, now)
    return after


def leave_former_level(before: Person, now: int, by: str = "") -> Person:
    """Who he is now; if that is something else than `before`, all ends that only his former level let him do."""
    after = _fresh(before, now)
    if (after.role, after.active) != (before.role, before.active):
        _leave_everything(before, after, now)
    if before.is_crew and not after.is_crew:
        _pass_questions(after, by, now)
    return after


def who(person: Person) -> str:
    """How the audit log names him."""
    return person.address or f"person:{person.id}"


def _update(by: str, person: Person, wanted: dict[str, Any], now: int) -> None:
    for column, value in wanted.items():
        before = getattr(person, column)
        if value is None or value == before:
            continue
        people.update(person.id, **{column: int(value) if isinstance(value, Role) else value})
        people.record(by, column, who(person), _word(before), _word(value), now)


def _change_phone(by: str, person: Person, phone: str, now: int) -> None:
    """The new phone is only expected: orders open to it when his own contact proves it."""
    if people.by_phone(phone) is not None:
        raise DealerError("person-phone-taken")
    people.bind(person.id, phone, None, now)
    people.record(by, "phone", who(person), None, None, now)
    if person.phone is not None:
        _touch_orders(person.phone, now)


def _fresh(person: Person, now: int) -> Person:
    after = people.by_id(person.id)
    assert after is not None
    if after.address is not None:
        screens.want(after.address, "menu", "", now)
    if after.phone is not None:
        _touch_orders(after.phone, now)
    return after


def _leave_everything(before: Person, person: Person, now: int) -> None:
    """What he was asked belonged to another level, what he answers for is anybody's again; who shoots on, stays."""
    if not (before.is_crew and person.is_crew):
        places.leave(person.id, now)
    places.leave_care(person.id)
    cases.disown(person.id)
    if person.address is not None:
        inbox.forget_fsm(person.address)
        screens.want(person.address, "pin", "", now)
        if before.role.is_staff and not (person.active and person.role is Role.ADMIN):
            reports.forget_words(person.address)


def _pass_questions(person: Person, by: str, now: int) -> None:
    """What he shot and never said where it belongs would lie for ever: who has let him go answers, or another admin."""
    admins = [each for each in people.active_with_role(Role.ADMIN) if each.id != person.id]
    heir = next((each for each in admins if each.address == by), admins[0] if admins else None)
    if heir is None or heir.address is None:
        return
    for hold_id, count in holds.pass_on(person.id, heir.id):
        args = {"name": person.name or "", "count": count}
        key = f"hp{hold_id}:{heir.id}:{now}"
        outbox.add_notice(key=key, address=heir.address, notice="alert-question", args=args, at=now, kind="alert")
        screens.want_new(heir.address, "hold", str(hold_id), now)


def _let_go(person: Person, now: int) -> None:
    """What waited while the bot was closed to him is looked at again."""
    if person.address is not None:
        outbox.offer_held(person.address, "inactive", now)
    if person.phone is not None and person.connected and person.address is not None:
        outbox.connect(person.phone, person.address, now)


def _touch_orders(phone: str, now: int) -> None:
    """Cards and pinned lines say who the client is and whether he is connected."""
    for order in orders.living_of_phone(phone):
        screens.touch_order(order.id, now)


def _word(value: object) -> str | None:
    return value.name.lower() if isinstance(value, Role) else None if value is None else str(value)
