"""What `users add` and `users set` change, each as one transaction."""

from dataclasses import dataclass
from typing import Any

from database import orders, outbox, people, screens
from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.phones import Phone, phone_of_field

BY = "cli"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is written down; with `telegram_id` the dealership answers for the phone being his."""

    phone: str
    name: str
    role: Role
    telegram_id: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different; None leaves it as it is."""

    role: Role | None
    name: str | None
    phone: str | None
    active: bool | None


def add(newcomer: Newcomer, say: Tongue, now: int) -> Person:
    """Write a person down. Raises Refused if the phone or the account is somebody's already."""
    owner = people.by_phone(newcomer.phone)
    if owner is not None and owner.role is Role.CLIENT and newcomer.telegram_id is None:
        _update(owner, {"role": newcomer.role, "name": newcomer.name}, now)  # he connected before he was written down
        return _fresh(owner, now)
    if owner is not None and (owner.address is not None or newcomer.telegram_id is None):
        raise Refused(
            say("этот телефон уже записан: измените человека командой users set", "this phone is known: use users set")
        )
    address = None if newcomer.telegram_id is None else f"tg:{newcomer.telegram_id}"
    account = people.by_address(address) if address else None
    if account is not None and account.phone is not None:
        raise Refused(
            say("у этого номера Telegram другой телефон: users set", "this account has another phone: use users set")
        )
    if account is not None and newcomer.role is not Role.ADMIN and people.is_last_active_admin(account.id):
        raise Refused(say("это последний активный администратор", "this is the last active admin"))
    person = account or people.add(address=address)
    people.update(person.id, role=int(newcomer.role), name=newcomer.name)
    people.bind(person.id, newcomer.phone, now if address else None, now)
    if owner is not None:
        people.delete_unconnected(owner.id)
    if address is not None:  # the dealership vouches for the account: nothing is left to be shared
        people.update(person.id, consent_at=now)
        outbox.connect(newcomer.phone, address, now)
    people.record(BY, "added", _who(person), None, newcomer.role.name.lower(), now)
    return _fresh(person, now)


def change(person: str, region: str, changes: Changes, say: Tongue, now: int) -> Person:
    """Change somebody found by Telegram id or phone. Raises Refused, also where the last active admin would be lost."""
    found = _find(person, region, say)
    stays_admin = changes.role in (None, Role.ADMIN) and changes.active is not False
    if not stays_admin and people.is_last_active_admin(found.id):
        raise Refused(say("это последний активный администратор", "this is the last active admin"))
    _update(found, {"role": changes.role, "name": changes.name, "active": changes.active}, now)
    if changes.phone is not None and changes.phone != found.phone:
        _change_phone(found, changes.phone, say, now)
    after = _fresh(found, now)
    if after.active and not found.active:
        _let_go(after, now)
    return after


def _find(text: str, region: str, say: Tongue) -> Person:
    digits = text.isascii() and text.isdigit()
    phone = phone_of_field(text, region)
    by_id = people.by_address(f"tg:{int(text)}") if digits and len(text) < 17 else None
    by_phone = people.by_phone(phone.e164) if isinstance(phone, Phone) else None
    if by_id is not None and by_phone is not None and by_id.id != by_phone.id:
        raise Refused(say("так зовутся двое: напишите телефон с «+»", "two people match: write the phone with a +"))
    found = by_id or by_phone
    if found is None:
        raise Refused(say("такого человека нет: python -m dealer_bot users list", "nobody like that: see users list"))
    return found


def _update(person: Person, wanted: dict[str, Any], now: int) -> None:
    for column, value in wanted.items():
        before = getattr(person, column)
        if value is None or value == before:
            continue
        people.update(person.id, **{column: int(value) if isinstance(value, Role) else value})
        people.record(BY, column, _who(person), _word(before), _word(value), now)


def _change_phone(person: Person, phone: str, say: Tongue, now: int) -> None:
    """The new phone is only expected: orders open to it when his own contact proves it."""
    if people.by_phone(phone) is not None:
        raise Refused(say("этот телефон уже записан за другим человеком", "this phone is somebody else's"))
    people.bind(person.id, phone, None, now)
    people.record(BY, "phone", _who(person), None, None, now)
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


def _who(person: Person) -> str:
    return person.address or f"person:{person.id}"


def _word(value: object) -> str | None:
    return value.name.lower() if isinstance(value, Role) else None if value is None else str(value)
