"""A look at the store for a command, when no running bot looks at it anyway."""

import asyncio
import contextlib

from database.connection import Database, DatabaseAway
from database.exclusive import Exclusive, TakenByAnother
from dealer_bot.cli.opening import now_ms
from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.services import changes
from dealer_bot.services.indexing import LOOK_S, Indexer
from dealer_bot.settings import Settings

_WHY = {
    "away": (
        "не найдено или не отвечает; верен ли путь, подключён ли диск?",
        "not found, or it does not answer; is the path right, the disk mounted?",
    ),
    "blocked": ("это не папка; верен ли путь?", "that is no folder; is the path right?"),
    "denied": ("нет прав на чтение; дайте их пользователю бота", "no right to read; give it to the bot's user"),
    "empty": (
        "пусто, а бот помнит в нём заказ-наряды; подключён ли диск?",
        "empty, and the bot remembers orders in it; is the disk mounted?",
    ),
    "strange": (
        "в нём нет ни одного из заказ-нарядов, которые помнит бот; тот ли это диск?",
        "it holds none of the orders that the bot remembers; is it the right disk?",
    ),
}
PATIENCE_MS = 5_000
"""How long a folder that is being written may keep the command waiting."""


def look_once(database: Database, settings: Settings) -> None:
    """Bring the index up to what is on the disk, unless a running bot does, or the database has no room.

    Raises Refused if the store is away.
    """
    with contextlib.suppress(TakenByAnother, DatabaseAway), Exclusive(settings.database_path):
        asyncio.run(_look(database, settings))


async def _look(database: Database, settings: Settings) -> None:
    indexer = Indexer(
        database,
        settings.branch_photo,
        settings.closed_mark,
        settings.phone_region,
        settings.timezone,
        settings.rescan_s,
        now_ms,
        changes.on_change,
    )
    try:
        started = now_ms()
        await indexer.step(started)
        while indexer.available and indexer.pause_s < LOOK_S and now_ms() - started < PATIENCE_MS:
            await asyncio.sleep(indexer.pause_s)
            await indexer.step(now_ms())
    finally:
        indexer.close()
    if not indexer.available:
        raise _away(settings, str(indexer.state.reason))


def _away(settings: Settings, reason: str) -> Refused:
    say, root = Tongue(settings.language), settings.branch_photo
    why = say(*_WHY.get(reason, _WHY["away"]))
    return Refused(say(f"хранилище BRANCH_PHOTO {root}: {why}", f"the store BRANCH_PHOTO {root}: {why}"))
