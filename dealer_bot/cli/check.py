"""`check`: what is missing on this machine, and how to get it."""

import argparse
import asyncio
import smtplib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.settings import Settings, SettingsError, load

if TYPE_CHECKING:
    from dealer_bot.checks.finding import Finding


def add_to(commands: Any) -> None:
    parser = commands.add_parser("check", help="проверить настройки и этот компьютер")
    parser.set_defaults(command=_run)


def _run(_: argparse.Namespace) -> int:
    try:
        settings = load()
    except SettingsError as error:
        print("\n".join(map(str, error.problems)))
        raise Refused(f"ошибок в настройках: {len(error.problems)}") from None
    say = Tongue(settings.language)
    findings = _look(settings)
    for finding in findings:
        print(finding.level.value, say(finding.russian, finding.english))
    missing = sum(finding.level.name == "BAD" for finding in findings)
    if missing:
        raise Refused(say(f"не хватает необходимого: {missing}", f"necessary things missing: {missing}"))
    return 0


def _look(settings: Settings) -> "list[Finding]":
    from dealer_bot.checks import database, disks, programs, token, words

    return [
        asyncio.run(token.look(settings)),
        *words.look(settings),
        *attention_words(settings),
        *mail(settings),
        *disks.look(settings),
        *database.look(settings),
        *programs.look(settings),
    ]


def attention_words(settings: Settings) -> "Iterator[Finding]":
    """What administrators would be told, before the bot runs."""
    from dealer_bot.bot.texts import texts
    from dealer_bot.checks.finding import worth
    from dealer_bot.domain.attention_list import BrokenList, words_of

    try:
        words_of(settings.attention_words.read_bytes())
    except (BrokenList, OSError) as error:
        broken = error if isinstance(error, BrokenList) else BrokenList("gone")
        russian, english = (texts(each)("alert-attention", why=broken.why, line=broken.line) for each in ("ru", "en"))
        yield worth(russian, english)


def mail(settings: Settings) -> "Iterator[Finding]":
    """Whether the server would take a warning, as far as it says so before one is sent."""
    from dealer_bot.bot.mail_server import mail_server, opened
    from dealer_bot.checks.finding import good, worth

    server = mail_server(settings)
    if server is None:
        return
    where = f"{server.host}:{server.port}"
    try:
        opened(server).close()
    except smtplib.SMTPAuthenticationError:
        yield worth(
            f"почтовый сервер {where} не принимает имя или пароль: проверьте SMTP_USER, а в .env SMTP_PASSWORD",
            f"the mail server {where} refuses name or password: check SMTP_USER, and SMTP_PASSWORD in .env",
        )
    except (smtplib.SMTPException, OSError) as error:
        kind = type(error).__name__
        yield worth(
            f"нет связи с почтовым сервером {where}, {kind}: проверьте SMTP_HOST и SMTP_PORT",
            f"no way to the mail server {where}, {kind}: check SMTP_HOST and SMTP_PORT",
        )
    else:
        yield good(f"почтовый сервер {where}", f"mail server {where}")
