"""`run`: the bot itself, until it is told to stop."""

import argparse
import logging
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue

if TYPE_CHECKING:
    from dealer_bot.settings import Settings


def add_to(commands: Any) -> None:
    parser = commands.add_parser("run", help="запустить бота (остановка: Ctrl+C или SIGTERM)")
    parser.set_defaults(command=_run)


def _run(_: argparse.Namespace) -> int:
    from dealer_bot import logs
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import require_fit

    settings = settings_or_refusal()
    if settings.bot_token is None:
        say = Tongue(settings.language)
        raise Refused(
            say(
                "нет BOT_TOKEN: получите токен у @BotFather и запишите его в .env (образец: .env.example)",
                "no BOT_TOKEN: get a token from @BotFather and write it into .env (see .env.example)",
            )
        )
    require_fit(settings)
    logs.set_up(settings.bot_token)
    _warn_of_the_spool(settings)
    from database.connection import DatabaseAway
    from database.exclusive import TakenByAnother
    from dealer_bot.cli.first_look import looking_meanwhile

    with looking_meanwhile(settings):
        from dealer_bot.app import run  # aiogram takes its seconds and its memory only here

    try:
        return run(settings)
    except TakenByAnother as taken:
        say = Tongue(settings.language)
        raise Refused(
            say("на этой базе уже работает другой бот: сначала остановите его", "another bot runs here: stop it first")
        ) from taken
    except DatabaseAway as away:
        say = Tongue(settings.language)
        raise Refused(say(f"база данных недоступна: {away}", f"the database can't be reached: {away}")) from away


def _warn_of_the_spool(settings: "Settings") -> None:
    """What people write goes on without it, so it is no reason to stay away; files wait with Telegram."""
    from dealer_bot.checks import disks

    for finding in disks.spool(settings.spool_dir):
        logging.getLogger(__name__).warning(finding.english)
