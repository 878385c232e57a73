"""The database for one command, beside a bot that may be running."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from database.connection import Database, DatabaseAway
from dealer_bot.checks import database as condition
from dealer_bot.checks.finding import Finding
from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.settings import Settings


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The open database; what goes wrong with it is one line, not a traceback. Raises Refused."""
    require_local(settings)
    database = Database(settings.database_url)
    try:
        database.open()
    except Exception as error:  # no rights, no room, no database at all: whatever it is, the command can't be done
        raise refusal(settings, error) from error
    try:
        yield database
    except DatabaseAway as error:
        raise refusal(settings, error) from error
    finally:
        database.close()


def require_local(settings: Settings) -> None:
    """Raises Refused if the database would lie on a share."""
    _refuse(settings, condition.place(settings.database_path))


def require_fit(settings: Settings) -> None:
    """A look through the whole file before the bot writes to it: 2 s a gigabyte in memory. Raises Refused."""
    _refuse(settings, condition.look(settings))


def _refuse(settings: Settings, findings: Iterable[Finding]) -> None:
    for finding in findings:
        raise Refused(Tongue(settings.language)(finding.russian, finding.english))


def refusal(settings: Settings, error: Exception) -> Refused:
    """What keeps the database from being opened, as `check` would put it; else in the system's words."""
    say, path = Tongue(settings.language), settings.database_path
    for finding in condition.access(path):
        return Refused(say(finding.russian, finding.english))
    return Refused(say(f"база данных {path} недоступна: {error}", f"the database {path} is out of reach: {error}"))


def now_ms() -> int:
    return time.time_ns() // 1_000_000
