"""Notices that the clock of the machine was set back, also while the program was off."""

import logging
import time
from collections.abc import Callable

from database import beats, clockwork
from database.connection import Database
from dealer_bot.services.listening import BEAT

log = logging.getLogger(__name__)

TOLERATED_MS = 2_000


class Timekeeper:
    """Durations are monotonic, but what is due later is a time of day in a row: a step back would make it wait."""

    def __init__(self, database: Database, monotonic_s: Callable[[], float] = time.monotonic) -> None:
        self._db, self._monotonic_s = database, monotonic_s
        self._ahead_ms: int | None = None

    async def step(self, now: int) -> None:
        """Compare the clock with the time that has really passed; called about once a minute."""
        ahead_ms = now - int(self._monotonic_s() * 1000)
        back_ms = self._ahead_ms - ahead_ms if self._ahead_ms is not None else await self._since_last_life(now)
        if back_ms > TOLERATED_MS:
            rows = await self._db.write(clockwork.set_back, back_ms, now)
            log.warning("the clock was set back by %s s: %s rows are due earlier", back_ms // 1000, rows)
        self._ahead_ms = ahead_ms

    async def _since_last_life(self, now: int) -> int:
        last = await self._db.read(beats.last, BEAT)
        return last - now if last is not None else 0
