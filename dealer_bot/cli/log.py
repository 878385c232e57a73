"""`log`: the protocol of an order, or of what belongs to none."""

import argparse
import json
from typing import Any

from dealer_bot.cli.outcome import Refused, WrongUsage
from dealer_bot.cli.tongue import Tongue


def add_to(commands: Any) -> None:
    parser = commands.add_parser("log", help="протокол беседы по заказ-наряду")
    parser.add_argument("order", nargs="?", metavar="ORDER", help="номер заказ-наряда целиком")
    parser.add_argument("--outside", action="store_true", help="беседы вне открытых заказ-нарядов")
    parser.add_argument("--format", choices=("text", "html", "json"), default="text")
    parser.set_defaults(command=_run)


def _run(args: argparse.Namespace) -> int:
    from database import orders, protocols
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import opened
    from dealer_bot.domain.numbers import number_key
    from dealer_bot.services import protocol_formats

    settings = settings_or_refusal()
    say = Tongue(settings.language)
    if (args.order is None) is not args.outside:
        raise WrongUsage(say("нужен либо номер заказ-наряда, либо --outside", "either ORDER or --outside is needed"))
    with opened(settings) as database:
        if args.outside:
            records = database.read_now(protocols.outside)
        else:
            order = database.read_now(orders.order_by_key, number_key(args.order))
            if order is None:
                raise Refused(say(f"заказ-наряда {args.order} бот не знает", f"the bot knows no order {args.order}"))
            records = database.read_now(protocols.of_order, order.id)
    entries = [protocol_formats.entry(record, settings.timezone) for record in records]
    if args.format == "json":
        print(json.dumps([each.as_json() for each in entries], ensure_ascii=False, indent=1))
    elif args.format == "html":
        print(protocol_formats.page(entries, args.order or say("вне заказ-нарядов", "outside orders"), say.language))
    else:
        print(protocol_formats.text(entries, say.language), end="")
    return 0
