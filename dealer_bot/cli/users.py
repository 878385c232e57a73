"""`users`: who may do what, from the keyboard of the server."""

import argparse
import json
from typing import Any

from dealer_bot.cli.outcome import Refused, WrongUsage
from dealer_bot.cli.tongue import Tongue, table
from dealer_bot.domain.people import Person, Role, name_of

ROLES = {role.name.lower(): role for role in Role}
_IN_RUSSIAN = {"admin": "администратор", "employee": "сотрудник", "client": "клиент", "care": "служба заботы"}


def add_to(commands: Any) -> None:
    users = commands.add_parser("users", help="люди: показать, добавить, изменить")
    actions = users.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    _add_list(actions)
    _add_add(actions)
    _add_set(actions)


def _add_list(actions: Any) -> None:
    parser = actions.add_parser("list", help="все люди")
    parser.add_argument("--json", action="store_true", help="для программ")
    parser.set_defaults(command=_list)


def _add_add(actions: Any) -> None:
    parser = actions.add_parser("add", help="записать человека до того, как он откроет бота")
    parser.add_argument("--phone", required=True, help="телефон, лучше вида +375291112233")
    parser.add_argument("--name", required=True, help="имя, под которым его знают клиенты")
    parser.add_argument("--role", required=True, choices=sorted(ROLES))
    parser.add_argument("--id", type=_telegram_id, help="номер Telegram: тогда контакт от него не нужен")
    parser.set_defaults(command=_add)


def _add_set(actions: Any) -> None:
    parser = actions.add_parser("set", help="изменить уровень, имя, телефон, активность")
    parser.add_argument("person", metavar="N", help="номер Telegram или телефон")
    parser.add_argument("--role", choices=sorted(ROLES))
    parser.add_argument("--name")
    parser.add_argument("--phone")
    activity = parser.add_mutually_exclusive_group()
    activity.add_argument("--active", action="store_true", default=None, help="бот открыт")
    activity.add_argument("--inactive", dest="active", action="store_false", help="бот закрыт")
    parser.set_defaults(command=_set)


def _telegram_id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 17 and int(text)):
        raise argparse.ArgumentTypeError("a Telegram id is a whole number")
    return int(text)


def _list(args: argparse.Namespace) -> int:
    from database import people
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import opened

    settings = settings_or_refusal()
    with opened(settings) as database:
        found = database.read_now(people.everyone)
    if args.json:
        print(json.dumps([_as_json(person) for person in found], ensure_ascii=False, indent=1))
    else:
        print(_as_text(found, Tongue(settings.language)))
    return 0


def _as_json(person: Person) -> dict[str, Any]:
    return {
        "id": telegram_id(person),
        "phone": person.phone,
        "name": person.name,
        "role": person.role.name.lower(),
        "active": person.active,
        "connected": person.connected,
    }


def telegram_id(person: Person) -> int | None:
    address = person.address or ""
    return int(address.removeprefix("tg:")) if address.startswith("tg:") else None


def _as_text(found: list[Person], say: Tongue) -> str:
    if not found:
        return say("Пока никого нет.", "Nobody yet.")
    return table([_row(person, say) for person in found])


def _row(person: Person, say: Tongue) -> tuple[str, ...]:
    role = person.role.name.lower()
    connected = say("подключён", "connected") if person.connected else say("не подключён", "not connected")
    active = say("активен", "active") if person.active else say("не активен", "inactive")
    name = person.name or say("без имени", "no name")
    return str(telegram_id(person) or "-"), person.phone or "-", name, say(_IN_RUSSIAN[role], role), connected, active


def _add(args: argparse.Namespace) -> int:
    from dealer_bot.cli import user_changes
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import now_ms, opened
    from dealer_bot.services.people_changes import Newcomer

    settings = settings_or_refusal()
    say = Tongue(settings.language)
    newcomer = Newcomer(
        _phone(args.phone, settings.phone_region, say), _name(args.name, say), ROLES[args.role], args.id
    )
    with opened(settings) as database:
        person = database.write_now(user_changes.add, newcomer, say, now_ms())
    print("  ".join(_row(person, say)))
    return 0


def _set(args: argparse.Namespace) -> int:
    from dealer_bot.cli import user_changes
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import now_ms, opened
    from dealer_bot.services.people_changes import Changes

    settings = settings_or_refusal()
    say = Tongue(settings.language)
    if args.role is args.name is args.phone is args.active is None:
        raise WrongUsage(
            say("нечего менять: укажите --role, --name, --phone, --active или --inactive", "nothing to change")
        )
    changes = Changes(
        ROLES[args.role] if args.role else None,
        None if args.name is None else _name(args.name, say),
        None if args.phone is None else _phone(args.phone, settings.phone_region, say),
        args.active,
    )
    with opened(settings) as database:
        person = database.write_now(user_changes.change, args.person, settings.phone_region, changes, say, now_ms())
    print("  ".join(_row(person, say)))
    return 0


def _phone(raw: str, region: str, say: Tongue) -> str:
    from dealer_bot.domain.phones import Phone, phone_of_field

    found = phone_of_field(raw, region)
    if isinstance(found, Phone):
        return found.e164
    raise Refused(
        say(
            "телефон не читается: пишите его целиком, вида +375291112233",
            "no phone: write it whole, like +375291112233",
        )
    )


def _name(raw: str, say: Tongue) -> str:
    name = name_of(raw)
    if name is None:
        raise Refused(say("имя должно быть от 1 до 64 знаков", "a name has 1 to 64 characters"))
    return name
