"""`log`: the protocol of an order, or of what belongs to none."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import Refused, WrongUsage
from dealer_bot.cli.tongue import Tongue

if TYPE_CHECKING:
    from database.connection import Database


def add_to(commands: Any) -> None:
    parser = commands.add_parser("log", help="протокол беседы по заказ-наряду")
    parser.add_argument("order", nargs="?", metavar="ORDER", help="номер заказ-наряда целиком")
    parser.add_argument(
        "--visit", type=int, metavar="N", help="который из заказ-нарядов с этим номером, с первого; иначе нынешний"
    )
    parser.add_argument("--outside", action="store_true", help="беседы вне открытых заказ-нарядов")
    parser.add_argument("--format", choices=("text", "html", "json"), default="text")
    parser.set_defaults(command=_run)


def _run(args: argparse.Namespace) -> int:
    from database import protocols
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import opened
    from dealer_bot.services import protocol_formats

    settings = settings_or_refusal()
    say = Tongue(settings.language)
    if (args.order is None) is not args.outside:
        raise WrongUsage(say("нужен либо номер заказ-наряда, либо --outside", "either ORDER or --outside is needed"))
    if args.visit is not None and args.outside:
        raise WrongUsage(say("--visit бывает только у номера заказ-наряда", "--visit needs an ORDER"))
    with opened(settings) as database:
        if args.outside:
            records = database.read_now(protocols.outside)
        else:
            records = database.read_now(protocols.of_order, _order_id(database, args.order, args.visit, say))
    entries = [protocol_formats.entry(record, settings.timezone) for record in records]
    if not entries:
        print(say("в этом протоколе пока ничего нет", "nothing is in this protocol yet"), file=sys.stderr)
    if args.format == "json":
        print(json.dumps([each.as_json() for each in entries], ensure_ascii=False, indent=1))
    elif args.format == "html":
        print(protocol_formats.page(entries, args.order or say("вне заказ-нарядов", "outside orders"), say.language))
    else:
        print(protocol_formats.text(entries, say.language), end="")
    return 0


def _order_id(database: "Database", number: str, visit: int | None, say: Tongue) -> int:
    """Numbers come again each year: each visit has a protocol of its own. Raises Refused."""
    from database import orders
    from dealer_bot.domain.numbers import number_key

    key = number_key(number)
    visits, now = database.read_now(orders.visits_of_key, key), database.read_now(orders.order_by_key, key)
    if now is None:
        raise Refused(
            say(
                f"заказ-наряда {number} бот не знает: python -m dealer_bot orders",
                f"the bot knows no order {number}: python -m dealer_bot orders",
            )
        )
    if visit is not None and not 0 < visit <= len(visits):
        count = len(visits)
        raise Refused(say(f"с этим номером заказ-нарядов: {count}", f"work orders with this number: {count}"))
    chosen = visits[visit - 1] if visit else now
    if len(visits) > 1:
        which = visits.index(chosen) + 1, len(visits)
        told = say("заказ-наряд № {} из {} с этим номером", "work order no. {} of {} with this number").format(*which)
        print(f"{told} (--visit N)", file=sys.stderr)
    return chosen.id
