"""The database: on a disk of this machine, whole, and of this version."""

import os
from collections.abc import Iterator
from pathlib import Path

from database.condition import Flaw, bot_of, flaw_of
from dealer_bot.checks.finding import Finding, bad
from dealer_bot.checks.places import may_write, nearest
from dealer_bot.settings import Settings
from dealer_bot.store.mounted import network_kind


def access(path: Path) -> Iterator[Finding]:
    """Why the bot may not write there; nothing if it may."""
    folder = nearest(path.parent)
    if not may_write(folder):
        yield bad(
            f"база данных: в {folder} нельзя писать; дайте права пользователю бота или измените DATABASE_URL",
            f"database: {folder} can't be written to; give the bot's user the right, or change DATABASE_URL",
        )
    elif path.is_dir():
        yield bad(
            f"база данных: {path} это папка; в DATABASE_URL нужен путь к файлу",
            f"database: {path} is a folder; DATABASE_URL takes the path of a file",
        )
    elif path.exists() and not os.access(path, os.R_OK | os.W_OK):
        yield bad(
            f"база данных: файл {path} другого пользователя; запускайте команды от того же пользователя, что и бота",
            f"database: {path} is another user's file; run the commands as the user that runs the bot",
        )


def look(settings: Settings) -> Iterator[Finding]:
    """What keeps the bot from working on its database; nothing if all is well, or if there is none yet."""
    yield from place(settings.database_path)
    flaw = flaw_of(settings.database_path)
    if flaw is not None:
        yield told(flaw, settings.database_path)
    else:
        yield from owner(settings)


def owner(settings: Settings) -> Iterator[Finding]:
    """Telegram numbers the messages of each bot anew: another bot's photo would be taken for one handed in before."""
    path, own = settings.database_path, (settings.bot_token or "").partition(":")[0]
    known = bot_of(path)
    if own and known not in (None, own):
        yield bad(
            f"база данных {path} другого бота (его номер {known}): верните его BOT_TOKEN"
            " или укажите в DATABASE_URL новый файл",
            f"the database {path} is another bot's (its id is {known}): put its BOT_TOKEN back,"
            " or give DATABASE_URL a new file",
        )


def place(path: Path) -> Iterator[Finding]:
    """A network share keeps neither SQLite's locks nor its shared memory: the database would be damaged there."""
    kind = network_kind(path)
    if kind is not None:
        yield bad(
            f"база данных {path} лежит на сетевом диске ({kind}), там она испортится:"
            " укажите в DATABASE_URL папку на диске этого компьютера",
            f"the database {path} is on a network file system ({kind}) and would be damaged there:"
            " put it on a disk of this machine (DATABASE_URL)",
        )


def told(flaw: Flaw, path: Path) -> Finding:
    """What to do about it."""
    if flaw.kind == "newer":
        return bad(
            f"база данных {path} от более новой версии программы ({flaw.detail}):"
            " обновите программу или восстановите прежнюю копию: python -m dealer_bot restore ФАЙЛ",
            f"the database {path} is of a newer version ({flaw.detail}):"
            " update the program or restore an older backup: python -m dealer_bot restore FILE",
        )
    if flaw.kind == "foreign":
        return bad(
            f"{path} — база данных другой программы: проверьте DATABASE_URL",
            f"{path} is another program's database: check DATABASE_URL",
        )
    return bad(
        f"база данных {path} повреждена ({flaw.detail}):"
        " восстановите её из резервной копии: python -m dealer_bot restore ФАЙЛ",
        f"the database {path} is damaged ({flaw.detail}): restore it from a backup: python -m dealer_bot restore FILE",
    )
