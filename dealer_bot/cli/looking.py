"""A look at the store for a command, when no running bot looks at it anyway."""

import asyncio
import contextlib

from database.connection import Database, DatabaseAway
from database.exclusive import Exclusive, TakenByAnother
from dealer_bot.cli.opening import now_ms
from dealer_bot.cli.outcome import Refused
from dealer_bot.cli.tongue import Tongue
from dealer_bot.services import changes
from dealer_bot.services.indexing import Indexer
from dealer_bot.settings import Settings

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
        changes.on_change,
    )
    try:
        started = now_ms()
        await indexer.step(started)
        while indexer.available and indexer.pause_s <= 1 and now_ms() - started < PATIENCE_MS:
            await asyncio.sleep(indexer.pause_s)
            await indexer.step(now_ms())
    finally:
        indexer.close()
    if not indexer.available:
        say, where = Tongue(settings.language), settings.branch_photo
        reason = indexer.state.reason
        raise Refused(say(f"хранилище {where} недоступно: {reason}", f"the store {where} is out of reach: {reason}"))
