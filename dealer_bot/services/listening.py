"""When Telegram was last heard: what that says at a start, and about what may have been lost meanwhile."""

from datetime import UTC, datetime, tzinfo

from database import beats, outbox
from database.connection import Database

BEAT = "telegram"
RECENT_MS = 120_000
"""A bot that heard Telegram so short a time ago has only been restarted."""

NOTED_EVERY_MS = 60_000
KEPT_BY_TELEGRAM_MS = 24 * 3600 * 1000
"""How long updates wait for a bot (core.telegram.org/bots/api, Getting updates)."""


class Listening:
    def __init__(self, database: Database, timezone: tzinfo, bot_id: int) -> None:
        self._db, self._timezone, self._bot_id = database, timezone, bot_id
        self._noted_at: int | None = None

    async def is_recent(self, now: int) -> bool:
        """Whether this database was the last to hear Telegram, a moment ago."""
        last = await self._db.read(beats.last, BEAT)
        return last is not None and abs(now - last) <= RECENT_MS

    async def note(self, now: int) -> None:
        """Telegram has answered; admins are told once of a silence longer than Telegram keeps messages."""
        if self._noted_at is None or abs(now - self._noted_at) >= NOTED_EVERY_MS:
            await self._db.write(self._note, now)
            self._noted_at = now

    async def disputed(self, now: int) -> None:
        """Another program keeps taking updates from this one: admins are told, once an hour."""
        await self._db.write(outbox.alert_admins, f"dispute{now // 3_600_000}", "alert-two-bots", {}, now)

    def _note(self, now: int) -> None:
        last = beats.last(BEAT)
        if last is not None and now - last > KEPT_BY_TELEGRAM_MS:
            args = {"since": self._told(last), "until": self._told(now)}
            outbox.alert_admins(f"silence{last}", "alert-silence", args, now)
        beats.beat(BEAT, now)
        beats.remember_bot(self._bot_id, now)

    def _told(self, at: int) -> str:
        return datetime.fromtimestamp(at / 1000, UTC).astimezone(self._timezone).strftime("%d.%m.%Y %H:%M")
