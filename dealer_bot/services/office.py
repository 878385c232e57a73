"""What administrators and care work with, by the names that handlers know."""

from collections.abc import Callable
from typing import Any

from database.connection import Database
from dealer_bot.services.care import Care
from dealer_bot.services.hiring import Hiring
from dealer_bot.services.overview import Overview
from dealer_bot.services.personnel import Personnel
from dealer_bot.services.protocols import Protocols
from dealer_bot.services.ready_answers import ReadyAnswers
from dealer_bot.services.room import Room
from dealer_bot.settings import Settings


def room_of(database: Database, settings: Settings) -> Room:
    folders = {"store": settings.branch_photo, "database": settings.database_path, "spool": settings.spool_dir}
    return Room(database, folders, settings.disk_min_gb, settings.smtp_to if settings.smtp_host else ())


def office(database: Database, settings: Settings, room: Room, wake_lane: Callable[[str], None]) -> dict[str, Any]:
    """`wake_lane`: there is something to handle in it."""
    return {
        "personnel": Personnel(database, settings.timezone),
        "hiring": Hiring(database, settings.bot_token or ""),
        "protocols": Protocols(database, settings.timezone),
        "overview": Overview(database, settings.timezone, room, wake_lane),
        "care": Care(database),
        "ready_answers": ReadyAnswers(database),
    }
