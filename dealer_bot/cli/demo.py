"""`demo`: a whole dealership on this machine, without Telegram."""

import argparse
from typing import Any


def add_to(commands: Any) -> None:
    parser = commands.add_parser("demo", help="показать работу сервиса на этом компьютере, без Telegram")
    parser.add_argument("--keep", action="store_true", help="не заканчивать, пока не нажато Ctrl+C")
    parser.set_defaults(command=_run)


def _run(args: argparse.Namespace) -> int:
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.demo import main

    return main(settings_or_refusal(), keep=args.keep)
