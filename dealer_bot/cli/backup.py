"""`backup` and `restore`: the database as one file, made while the bot runs, and put back when it does not."""

import argparse
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.settings import Settings

if TYPE_CHECKING:
    from database.backups import NoBackup
    from dealer_bot.services.backups import Restored

TAKEN_FOR_S = 5.0
"""As long as a look of another command at the store may hold the lock."""


def add_to(commands: Any) -> None:
    backup = commands.add_parser("backup", help="записать копию базы в файл (бот может работать)")
    backup.add_argument("file", metavar="FILE", type=Path, help="новый файл; готовый не заменяется")
    backup.set_defaults(command=_backup)
    restore = commands.add_parser("restore", help="вернуть базу из копии (бот остановлен)")
    restore.add_argument("file", metavar="FILE", type=Path, help="файл, записанный командой backup")
    restore.set_defaults(command=_restore)


def _backup(args: argparse.Namespace) -> int:
    from database.backups import NoBackup
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import now_ms
    from dealer_bot.services import backups

    settings = settings_or_refusal()
    say, path = Tongue(settings.language), settings.database_path
    if not path.is_file():
        raise Refused(say(f"базы данных {path} ещё нет", f"there is no database {path} yet"))
    try:
        size = backups.make(path, args.file, now_ms())
    except FileExistsError:
        raise Refused(say(f"файл {args.file} уже есть, выберите другой", f"{args.file} is there already")) from None
    except NoBackup as error:
        raise _not_whole(settings, path, error) from error
    except (OSError, sqlite3.Error) as error:
        why = f"{args.file}: {_why(error)}"
        raise Refused(say(f"копия не записана, {why}", f"no backup was made, {why}")) from error
    print(say(f"копия базы записана: {args.file}, {size} байт", f"the backup is written: {args.file}, {size} bytes"))
    return 0


def _restore(args: argparse.Namespace) -> int:
    from database.backups import NoBackup
    from database.connection import DatabaseAway
    from database.exclusive import Exclusive, TakenByAnother
    from dealer_bot.cli.configured import settings_or_refusal
    from dealer_bot.cli.opening import now_ms, refusal, require_local
    from dealer_bot.services import backups

    settings = settings_or_refusal()
    say, path = Tongue(settings.language), settings.database_path
    if not args.file.is_file():
        raise Refused(say(f"файла {args.file} нет", f"there is no file {args.file}"))
    require_local(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with Exclusive(path, TAKEN_FOR_S):
            done = backups.restore(path, settings.spool_dir, args.file, settings.timezone, now_ms())
    except TakenByAnother:
        raise Refused(say("бот работает: сначала остановите его", "the bot is running: stop it first")) from None
    except NoBackup as error:
        raise _not_whole(settings, args.file, error) from error
    except (OSError, sqlite3.Error, DatabaseAway) as error:
        why = refusal(settings, error)
        raise Refused(say(f"база не восстановлена: {why}", f"not restored: {why}")) from error
    print("\n".join(_told(done, settings)))
    return 0


def _why(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _not_whole(settings: Settings, path: Path, error: "NoBackup") -> Refused:
    from dealer_bot.checks.database import told

    say = Tongue(settings.language)
    if error.flaw is None:
        return Refused(say(f"{path} — не копия базы бота", f"{path} is no backup of this bot"))
    if error.flaw.kind == "damaged":
        return Refused(say(f"{path} повреждён ({error})", f"{path} is damaged ({error})"))
    finding = told(error.flaw, path)
    return Refused(say(finding.russian, finding.english))


def _told(done: "Restored", settings: Settings) -> list[str]:
    say, laid = Tongue(settings.language), done.laid
    made = _moment(done.made_at, settings) or say("неизвестного времени", "an unknown time")
    lines = [say(f"База восстановлена из копии от: {made}.", f"Restored from the backup of: {made}.")]
    if done.aside is not None:
        lines.append(say(f"Прежняя база: {done.aside}", f"The database that was here: {done.aside}"))
    if done.spool_aside is not None:
        lines.append(
            say(
                f"Файлы накопителя, о которых копия не знает: {done.spool_aside}",
                f"Files of the spool that the backup does not know: {done.spool_aside}",
            )
        )
    lines.append(
        say(
            "Потеряно всё, что записано после копии: сообщения, заказ-наряды сотрудников, изменения людей"
            " (уровни, имена, номера). Проверьте: python -m dealer_bot users list",
            "What was written after the backup is lost: messages, places of employees, changes of people"
            " (levels, names, phones). Look at: python -m dealer_bot users list",
        )
    )
    if done.knew:
        lines.append(
            say(
                "Из прежней базы взято: кто отключён или понижен, кто остановил получение, чей номер подтвердил другой,"
                " что отозвано у клиентов.",
                "Taken over from the database that was here: who is inactive or has a lower level, who has stopped,"
                " whose phone has moved, what was taken back from clients.",
            )
        )
    lines.append(
        say(
            f"Ждало в копии и само не пойдёт: отправок {laid.deliveries}, входящих {laid.updates},"
            f" вопросов сотрудникам {laid.questions}. Администраторы узнают об этом при запуске.",
            f"Was on its way in the backup and does not go by itself: deliveries {laid.deliveries},"
            f" updates {laid.updates}, questions to staff {laid.questions}. Admins will be told at the start.",
        )
    )
    return lines


def _moment(at: int | None, settings: Settings) -> str | None:
    if at is None:
        return None
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(settings.timezone).strftime("%d.%m.%Y %H:%M:%S")
