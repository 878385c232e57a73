"""`orders`: what the bot sees in the store."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import WrongUsage
from dealer_bot.cli.tongue import Tongue, table

if TYPE_CHECKING:
    from dealer_bot.domain.orders import WorkOrder

_STATES = {
    "settling": "записывается",
    "open": "открыт",
    "closed": "закрыт",
    "gone": "папки нет",
    "unreadable": "не читается",
    "ambiguous": "две папки",
}


def add_to(commands: Any) -> None:
    parser = commands.add_parser("orders", help="заказ-наряды в хранилище, как их видит бот")
    parser.add_argument("fragment", nargs="?", metavar="FRAGMENT", help="часть номера или госномера")
    parser.add_argument("--date", metavar="D", help="день: 2026-11-21 или 21.11.2026")
    parser.add_argument("--json", action="store_true", help="для программ")
    parser.set_defaults(command=_run)


def _run(args: argparse.Namespace) -> int:
    from database import orders
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.looking import look_once
    from dealer_bot.cli.opening import opened

    settings = settings_or_refusal()
    say = Tongue(settings.language)
    day = _day(args.date, say)
    with opened(settings) as database:
        look_once(database, settings)
        found = database.read_now(orders.listed, args.fragment, day)
    if args.json:
        print(json.dumps([as_json(order) for order in found], ensure_ascii=False, indent=1))
    elif found:
        print(table([_row(order, say) for order in found]))
    else:
        print(say("Ничего не нашлось.", "Nothing found."))
    return 0


def _day(raw: str | None, say: Tongue) -> str | None:
    from dealer_bot.domain.content import iso_day

    day = iso_day(raw) if raw is not None else None
    if raw is not None and day is None:
        raise WrongUsage(say("--date: 2026-11-21 или 21.11.2026", "--date: 2026-11-21 or 21.11.2026"))
    return day


def as_json(order: "WorkOrder") -> dict[str, Any]:
    """The stable form for programs; a folder that is still being written counts as unreadable."""
    from dealer_bot.domain.plates import plate_latin

    settling = order.state == "settling"
    return {
        "number": order.number,
        "phone": order.phone,
        "barcode": order.barcode,
        "plate": plate_latin(order.plate) if order.plate else None,
        "day": order.day,
        "day_source": order.day_source,
        "state": "unreadable" if settling else order.state,
        "reason": "settling" if settling else order.reason,
    }


def _row(order: "WorkOrder", say: Tongue) -> tuple[str, ...]:
    state = say(_STATES[order.state], order.state)
    plate, phone = order.plate or "-", order.phone or "-"
    return order.number, order.day or "-", plate, phone, state, order.reason or ""
