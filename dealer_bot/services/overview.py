"""The state of things as administrators see it, and what they may do about what failed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import tzinfo

from database import cases, failures, figures, outbox, people, screens
from database.cases import Waiting
from database.connection import Database
from database.figures import Day
from dealer_bot.domain.calendar_days import day_of, last_days, midnight
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.failures import Failed, Held, Late
from dealer_bot.services.naming import who_waits
from dealer_bot.services.personnel import require_admin
from dealer_bot.services.room import Room, Space

PAGE = 8
FOLDERS = 20
WEEKS_DAYS = 28


@dataclass(frozen=True, slots=True)
class Failures:
    """A page of what failed; what waits and why; closed orders whose clients came late; updates nobody handled."""

    failed: list[Failed]
    page: int
    total: int
    waiting: list[Held]
    late: list[Late]
    late_total: int
    dead: int

    @property
    def has_more(self) -> bool:
        return (self.page + 1) * PAGE < self.total


@dataclass(frozen=True, slots=True)
class Storage:
    """Folders that can't be read for certain, with reasons, and the room on each disk."""

    troubled: list[tuple[str, str]]
    page: int
    total: int
    spaces: list[Space]

    @property
    def has_more(self) -> bool:
        return (self.page + 1) * FOLDERS < self.total


class Overview:
    def __init__(self, database: Database, timezone: tzinfo, room: Room, wake_lane: Callable[[str], None]) -> None:
        self._db, self.timezone, self._room, self._wake_lane = database, timezone, room, wake_lane

    async def counts(self, admin_id: int) -> tuple[int, int]:
        """How many deliveries have failed, and how many clients wait for care. Raises DealerError."""
        return await self._db.read(_counts, admin_id)

    async def failures(self, admin_id: int, page: int) -> Failures:
        """Raises DealerError."""
        return await self._db.read(_failures, admin_id, page)

    async def failed(self, admin_id: int, outbox_id: int) -> Failed:
        """Raises DealerError."""
        return await self._db.read(_failed, admin_id, outbox_id)

    async def page_of(self, outbox_id: int) -> int:
        """On which page of what failed it is, or was."""
        return await self._db.read(failures.before, outbox_id) // PAGE

    async def handle_again(self, admin_id: int, inbox_id: int, now: int) -> int:
        """T1: updates that were set aside are handled now, wherever their senders are. How many. Raises DealerError."""
        lanes = await self._db.write(_handle_again, admin_id, inbox_id, now)
        for lane in lanes:
            self._wake_lane(lane)
        return len(lanes)

    async def release(self, admin_id: int, order_id: int, inbox_id: int, now: int) -> None:
        """T1: what a closed order's late client has not got goes to him. Raises DealerError."""
        await self._db.write(_release, admin_id, order_id, inbox_id, now)

    async def storage(self, admin_id: int, page: int) -> Storage:
        """Raises DealerError."""
        troubled, total = await self._db.read(_troubled, admin_id, page)
        return Storage(troubled, page, total, self._room.spaces)

    async def today(self, admin_id: int, now: int) -> tuple[Day, list[Waiting]]:
        """Raises DealerError."""
        return await self._db.read(_today, admin_id, midnight(now, self.timezone))

    async def weeks(self, admin_id: int, inbox_id: int, now: int) -> None:
        """T1: a picture of the last weeks comes to who asked for it. Raises DealerError."""
        days = await self._db.read(self._days, now)
        await self._db.write(_ask_weeks, admin_id, days, inbox_id, now)

    def _days(self, now: int) -> list[tuple[str, int, int]]:
        """(date, what staff sent, what clients sent) of each day."""
        names = last_days(now, self.timezone, WEEKS_DAYS)
        counts = {name: [0, 0] for name in names}
        for at, is_client in figures.moments(midnight(now, self.timezone) - WEEKS_DAYS * 24 * 3_600_000):
            day = counts.get(day_of(at, self.timezone))
            if day is not None:
                day[is_client] += 1
        return [(name, *counts[name]) for name in names]  # type: ignore[misc]


def _counts(admin_id: int) -> tuple[int, int]:
    require_admin(admin_id)
    return failures.count(), len(cases.waiting())


def _failures(admin_id: int, page: int) -> Failures:
    require_admin(admin_id)
    total = failures.count()
    page = min(page, max(0, (total - 1) // PAGE))
    shown = failures.failed(PAGE, page * PAGE)
    late, dead = failures.late(), failures.dead_lanes()
    return Failures(shown, page, total, failures.waiting(), late[:PAGE], len(late), len(dead))


def _failed(admin_id: int, outbox_id: int) -> Failed:
    require_admin(admin_id)
    found = failures.by_id(outbox_id)
    if found is None:
        raise DealerError("retry-nothing")
    return found


def _handle_again(admin_id: int, inbox_id: int, now: int) -> list[str]:
    admin, dead = require_admin(admin_id), failures.dead_lanes()
    if not people.is_recorded("handled_again", inbox_id):
        failures.revive([each for each, _ in dead], now)
        people.record(admin.address or "", "handled_again", None, None, str(len(dead)), now, inbox_id)
    return list(dict.fromkeys(lane for _, lane in dead))


def _release(admin_id: int, order_id: int, inbox_id: int, now: int) -> None:
    admin = require_admin(admin_id)
    if not people.is_recorded("released", inbox_id):
        count = failures.release(order_id, now)
        people.record(admin.address or "", "released", str(order_id), None, str(count), now, inbox_id)
        screens.touch_order(order_id, now)


def _troubled(admin_id: int, page: int) -> tuple[list[tuple[str, str]], int]:
    require_admin(admin_id)
    return failures.troubled(FOLDERS, page * FOLDERS), failures.troubled_count()


def _today(admin_id: int, since: int) -> tuple[Day, list[Waiting]]:
    require_admin(admin_id)
    return figures.since(since), who_waits()


def _ask_weeks(admin_id: int, days: list[tuple[str, int, int]], inbox_id: int, now: int) -> None:
    admin = require_admin(admin_id)
    key, args = f"weeks{inbox_id}", {"days": days}
    outbox.add_notice(key=key, address=admin.address or "", notice="weeks", args=args, at=now, kind="prompt")
