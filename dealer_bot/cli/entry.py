"""The way in: reads the arguments, loads the settings, runs one command."""

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence

from dealer_bot.cli import backup, check, demo, log, orders, recognise, run, users
from dealer_bot.cli.outcome import Refused, WrongUsage

DONE, REFUSED, INTERRUPTED = 0, 1, 130
COMMANDS = (run, demo, check, users, orders, log, recognise, backup)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused with one line on stderr, 2 wrong usage."""
    _speak_utf8()
    parser = build_parser()
    args = parser.parse_args(argv)
    try:
        return int(args.command(args))
    except WrongUsage as wrong:
        parser.error(str(wrong))
    except Refused as refused:
        print(f"dealer_bot: {refused}", file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `… | head` has read enough
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dealer_bot", description="Бот сервиса автоцентра")
    commands = parser.add_subparsers(metavar="КОМАНДА", required=True)
    for module in COMMANDS:
        module.add_to(commands)
    return parser


def _speak_utf8() -> None:
    """A pipe or a file gets UTF-8 on every system; what can't be written is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
