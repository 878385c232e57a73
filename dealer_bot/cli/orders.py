"""`orders`: what the bot sees in the store."""

import argparse
import json
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import WrongUsage
from dealer_bot.cli.tongue import Tongue, table

if TYPE_CHECKING:
    from dealer_bot.domain.orders import WorkOrder

PHONE_TAIL = 3
"""From so many last digits on a phone is looked for."""

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
    parser.add_argument("fragment", nargs="?", metavar="FRAGMENT", help="часть номера, госномера, телефона, имени")
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
        found = database.read_now(orders.listed, None, day)
    if args.fragment is not None:
        found = [order for order in found if _matches(order, args.fragment)]
    if args.json:
        print(json.dumps([as_json(order) for order in found], ensure_ascii=False, indent=1))
    else:
        print(_as_text(found, say, is_whole=args.fragment is day is None))
    return 0


def _day(raw: str | None, say: Tongue) -> str | None:
    from dealer_bot.domain.content import iso_day

    day = iso_day(raw) if raw is not None else None
    if raw is not None and day is None:
        raise WrongUsage(say("--date: 2026-11-21 или 21.11.2026", "--date: 2026-11-21 or 21.11.2026"))
    return day


def _matches(order: "WorkOrder", fragment: str) -> bool:
    from dealer_bot.domain.lookalikes import fold
    from dealer_bot.domain.plates import plate_key

    text, plate = fold(fragment.strip()), plate_key(fragment)
    digits = "".join(char for char in fragment if char.isdecimal())
    return (
        text in fold(order.number)
        or (bool(plate) and plate in (order.plate_key or ""))
        or (len(digits) >= PHONE_TAIL and (order.phone or "").endswith(digits))
        or text in fold(order.client_name or "")
        or text == order.barcode
    )


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


def _as_text(found: list["WorkOrder"], say: Tongue, *, is_whole: bool) -> str:
    """A line an order; in the whole list folders without a card (archives, bins) are one counted line."""
    from dealer_bot.domain.content import NO_CONTENT

    bare = [order for order in found if is_whole and order.reason == NO_CONTENT]
    rows = [_row(order, say) for order in found if order not in bare]
    lines = [table(rows)] if rows else []
    if bare:
        names = ", ".join(order.number for order in bare[:5]) + (", …" if len(bare) > 5 else "")
        lines.append(
            say(f"Папок без content.txt: {len(bare)} ({names})", f"Folders without content.txt: {len(bare)} ({names})")
        )
    return "\n".join(lines) or say("Ничего не нашлось.", "Nothing found.")


def _row(order: "WorkOrder", say: Tongue) -> tuple[str, ...]:
    state = say(_STATES[order.state], order.state)
    return order.number, order.day or "-", order.plate or "-", order.phone or "-", state, _reason(order, say)


def _reason(order: "WorkOrder", say: Tongue) -> str:
    """Why nothing can be sent; that an order is closed or gone says its state."""
    from dealer_bot.bot.texts import texts, why_not_sent

    if order.reason is None or order.state not in ("unreadable", "ambiguous"):
        return ""
    return why_not_sent(order.reason, texts(say.language))
