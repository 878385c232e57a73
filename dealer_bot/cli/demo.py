"""`demo`: a whole dealership on this machine, without Telegram."""

import argparse
from typing import Any

LAST_PORT = 65_535


def add_to(commands: Any) -> None:
    parser = commands.add_parser("demo", help="показать работу сервиса на этом компьютере, без Telegram")
    parser.add_argument("--host", default="127.0.0.1", help="адрес страницы; не этот компьютер: страница под ключом")
    parser.add_argument("--port", type=_port, help="порт страницы; обычно 8080, а если он занят, любой свободный")
    parser.add_argument("--no-browser", action="store_true", help="не открывать браузер, только напечатать адрес")
    parser.add_argument("--terminal", action="store_true", help="сыграть показ здесь, в терминале")
    parser.add_argument("--keep", action="store_true", help="с --terminal: не заканчивать, пока не нажато Ctrl+C")
    parser.set_defaults(command=_run)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LAST_PORT}")
    return int(text)


def _run(args: argparse.Namespace) -> int:
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.demo import main, main_in_browser

    settings = settings_or_refusal()
    if args.terminal:
        return main(settings, keep=args.keep)
    return main_in_browser(settings, args.host, args.port, not args.no_browser)
