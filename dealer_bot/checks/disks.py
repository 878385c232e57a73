"""The store, the database, the spool, and the room they have."""

import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from dealer_bot.checks.database import access
from dealer_bot.checks.finding import Finding, bad, good, worth
from dealer_bot.checks.places import may_write, nearest
from dealer_bot.domain.numbers import parse_folder
from dealer_bot.settings import Settings
from dealer_bot.store.shelving import OWN
from dealer_bot.store.spooling import KEEP_FREE_BYTES

STORE_S = 10.0
"""How long a share may think about one look."""


def look(settings: Settings) -> Iterator[Finding]:
    yield from in_time(lambda: list(_store(settings)), settings.branch_photo, STORE_S)
    yield next(access(settings.database_path), _found(settings.database_path.parent, "база данных", "database"))
    yield next(spool(settings.spool_dir), _found(settings.spool_dir, "накопитель", "spool"))
    if not settings.telegram_api_local:
        yield worth(
            "файлы больше 20 МБ дойдут до клиента, но не лягут в папку: нужен свой сервер Bot API, см. README.ru.md",
            "files over 20 MB reach the client but not the folder: that takes your own Bot API server, see README.md",
        )
    elif settings.telegram_api_files is not None:
        yield _of_the_api_server(settings.telegram_api_files)
    yield from _free_space(settings)


def in_time(look_at: Callable[[], list[Finding]], root: Path, patience_s: float) -> list[Finding]:
    """A look at a share that may never answer: then that is what was found."""
    found: list[Finding] = []
    looking = threading.Thread(target=lambda: found.extend(look_at()), daemon=True)
    looking.start()
    looking.join(patience_s)
    if not looking.is_alive():
        return found
    return [
        bad(
            f"хранилище BRANCH_PHOTO {root} не отвечает: подключён ли диск, работает ли сеть?",
            f"the store BRANCH_PHOTO {root} does not answer: is the disk mounted, the network up?",
        )
    ]


def _store(settings: Settings) -> Iterator[Finding]:
    root = settings.branch_photo
    try:
        with os.scandir(root) as entries:
            folders = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError as error:
        yield bad(
            f"хранилище BRANCH_PHOTO {root} не открывается: {error.strerror}; верен ли путь, подключён ли диск?",
            f"the store BRANCH_PHOTO {root} can't be opened: {error.strerror}; is the path right, the disk mounted?",
        )
        return
    open_orders = [name for name in folders if _is_open_order(name, settings.closed_mark)]
    yield good(
        f"хранилище {root}: папок {len(folders)}, из них открытых {len(open_orders)}",
        f"store {root}: {len(folders)} folders, {len(open_orders)} of them open",
    )
    if not open_orders:
        yield worth(
            "в хранилище нет открытых заказ-нарядов: тот ли это диск?", "no open orders in the store: the right disk?"
        )
    elif (reason := _why_not_written(_an_order(root, open_orders))) is not None:
        yield bad(
            f"в хранилище BRANCH_PHOTO {root} нельзя писать: {reason}; дайте права пользователю бота",
            f"the store BRANCH_PHOTO {root} can't be written to: {reason}; give the bot's user the right",
        )


def _is_open_order(name: str, closed_mark: str) -> bool:
    folder = parse_folder(name, closed_mark)
    return folder is not None and not folder.closed


def _an_order(root: Path, names: list[str]) -> Path:
    """Rather a folder with a card in it than somebody's archive."""
    with_card = (root / name for name in names if any((root / name).glob("[Cc]*.[Tt][Xx][Tt]")))
    return next(with_card, root / names[0])


def _why_not_written(order: Path) -> str | None:
    """Writes for a moment where the bot itself would: into its own folder inside an order."""
    own = order / OWN
    was_there = own.is_dir()
    try:
        own.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=own) as probe:
            probe.write(b"dealer_bot check")
            probe.flush()
            os.fsync(probe.fileno())
        if not was_there:
            own.rmdir()
    except OSError as error:
        return error.strerror
    return None


def _found(folder: Path, russian: str, english: str) -> Finding:
    return good(f"{russian}: {folder}", f"{english}: {folder}")


def spool(folder: Path) -> Iterator[Finding]:
    """Why nothing can be fetched; nothing if it can."""
    present = nearest(folder)
    if not may_write(present):
        yield bad(
            f"накопитель: в {present} нельзя писать, файлы не забираются; дайте права или измените SPOOL_DIR",
            f"spool: {present} can't be written to, no file is fetched; give the right, or change SPOOL_DIR",
        )


def _of_the_api_server(folder: Path) -> Finding:
    """The bot takes files from there and removes them: it needs to see, read and remove what the server writes."""
    try:
        unfit = [
            each.name for each in folder.iterdir() if each.is_dir() and not os.access(each, os.R_OK | os.W_OK | os.X_OK)
        ]
    except OSError as error:
        return bad(
            f"папка TELEGRAM_API_FILES {folder} не открывается: {error.strerror}",
            f"the folder TELEGRAM_API_FILES {folder} can't be opened: {error.strerror}",
        )
    if unfit:
        return bad(
            f"в {folder} бот не может читать и удалять файлы сервера Bot API: запустите их от одного пользователя",
            f"in {folder} the bot can't read and remove the Bot API server's files: run both as one user",
        )
    return good(f"файлы сервера Bot API: {folder}", f"the Bot API server's files: {folder}")


def _free_space(settings: Settings) -> Iterator[Finding]:
    own = {nearest(settings.database_path.parent), nearest(settings.spool_dir)}
    for folder in sorted({*own, nearest(settings.branch_photo)}):
        try:
            free = shutil.disk_usage(folder).free
        except OSError:
            continue
        if free < KEEP_FREE_BYTES:
            find = bad if folder in own else worth
            yield find(f"на диске с {folder} меньше 1 ГБ", f"less than 1 GB free on the disk of {folder}")
