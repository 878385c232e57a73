"""Finding a work order by its day."""

from datetime import date, datetime, tzinfo

from database import conversations, order_days, orders
from database.connection import Database
from dealer_bot.domain.days import DayPage, Month, Served, first_of_month, last_of_month

PAGE = 8
"""Orders of one message: each takes a line and a button."""


class Days:
    """`timezone`: the dealership's; its calendar begins a day when the dealership does."""

    def __init__(self, database: Database, timezone: tzinfo) -> None:
        self._db, self._timezone = database, timezone

    async def present(self, now: int) -> Month:
        """The month that it is in the dealership."""
        return await self.month(self._today(now), now)

    async def month(self, day: date, now: int) -> Month:
        return await self._db.read(_month, first_of_month(day), self._today(now))

    async def beside(self, day: date, is_later: bool, now: int) -> Month:
        """The nearest month with open orders before or after this day's; its own where there is none."""
        return await self._db.read(_beside, first_of_month(day), is_later, self._today(now))

    def _today(self, now: int) -> date:
        return datetime.fromtimestamp(now / 1000, self._timezone).date()

    async def orders(self, day: date, page: int) -> DayPage:
        """A page that is no more is the last one."""
        return await self._db.read(_page, day, page)


def _month(first: date, today: date) -> Month:
    last = last_of_month(first)
    found = order_days.days_between(first.isoformat(), last.isoformat())
    return Month(
        first=first,
        is_present=first == first_of_month(today),
        counts={date.fromisoformat(day).day: count for day, count in found.items()},
        earlier=_month_of(order_days.day_before(first.isoformat())),
        later=_month_of(order_days.day_after(last.isoformat())),
    )


def _month_of(day: str | None) -> date | None:
    return first_of_month(date.fromisoformat(day)) if day else None


def _beside(first: date, is_later: bool, today: date) -> Month:
    shown = _month(first, today)
    target = shown.later if is_later else shown.earlier
    return _month(target, today) if target else shown


def _page(day: date, page: int) -> DayPage:
    count = order_days.days_between(day.isoformat(), day.isoformat()).get(day.isoformat(), 0)
    pages = max(1, -(-count // PAGE))
    page = min(page, pages)
    found = orders.living_of_day(day.isoformat(), PAGE, (page - 1) * PAGE)
    served = tuple(Served(order, conversations.last_author(order.id)) for order in found)
    return DayPage(day, count, served, page, pages)
