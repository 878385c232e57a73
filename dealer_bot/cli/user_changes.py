"""What `users add` and `users set` change, each as one transaction; refusals in the words of the command line."""

from database import people
from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person
from dealer_bot.domain.phones import Phone, phone_of_field
from dealer_bot.services import people_changes
from dealer_bot.services.people_changes import Changes, Newcomer

BY = "cli"
_REFUSALS = {
    "person-known": (
        "этот телефон уже записан: измените человека командой users set",
        "this phone is known: use users set",
    ),
    "person-other-phone": (
        "у этого номера Telegram другой телефон: users set",
        "this account has another phone: use users set",
    ),
    "person-last-admin": ("это последний активный администратор", "this is the last active admin"),
    "person-phone-taken": ("этот телефон уже записан за другим человеком", "this phone is somebody else's"),
}


def add(newcomer: Newcomer, say: Tongue, now: int) -> Person:
    """Write a person down. Raises Refused if the phone or the account is somebody's already."""
    try:
        return people_changes.add(BY, newcomer, now)
    except DealerError as error:
        raise Refused(say(*_REFUSALS[error.key])) from None


def change(person: str, region: str, changes: Changes, say: Tongue, now: int) -> Person:
    """Change somebody found by Telegram id or phone. Raises Refused, also where the last active admin would be lost."""
    found = _find(person, region, say)
    try:
        return people_changes.change(BY, found, changes, now)
    except DealerError as error:
        raise Refused(say(*_REFUSALS[error.key])) from None


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
