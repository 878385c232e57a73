"""The evening's digest: once a day, whose client got nothing, who waits longest, and the figures of the day."""

from datetime import time, tzinfo

from database import beats, figures, outbox, people
from database.connection import Database
from dealer_bot.domain.calendar_days import midnight, moment_today
from dealer_bot.domain.people import Role
from dealer_bot.services.naming import who_waits

BEAT = "digest"
NAMED = 20


class Digest:
    """`at`: when, in the dealership's zone; None: never."""

    def __init__(self, database: Database, timezone: tzinfo, at: time | None) -> None:
        self._db, self._timezone, self._at = database, timezone, at

    async def step(self, now: int) -> None:
        """Called about once a minute. A first start late in the evening tells nothing of a day it has not seen."""
        if self._at is None:
            return
        due, last = moment_today(now, self._timezone, self._at), await self._db.read(beats.last, BEAT)
        if last is None:
            await self._db.write(beats.beat, BEAT, now)
        elif last < due <= now:
            await self._db.write(self._tell, due, now)

    def _tell(self, due: int, now: int) -> None:
        last = beats.last(BEAT)
        if last is not None and last >= due:
            return
        beats.beat(BEAT, now)
        since = midnight(now, self._timezone)
        day, quiet, waiting = figures.since(since), figures.quiet_orders(since, now), who_waits()
        args = {
            "day": [day.shots, day.words, day.answers, day.delivered, day.connected, day.alerts, day.open_orders],
            "quiet": [" · ".join(filter(None, each)) for each in quiet[:NAMED]],
            "quiet_count": len(quiet),
            "waiting": [[each.called or "", now - each.since, each.owner or ""] for each in waiting[:NAMED]],
            "waiting_count": len(waiting),
        }
        for admin in people.active_with_role(Role.ADMIN):
            key = f"digest{due}:{admin.id}"
            outbox.add_notice(key=key, address=admin.address or "", notice="digest", args=args, at=now, kind="alert")
