"""Days that have open orders, a month at a time."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dealer_bot.domain.orders import WorkOrder


@dataclass(frozen=True, slots=True)
class Month:
    """`counts`: open orders by day of the month. `earlier`, `later`: the nearest months that have any.

    `is_present`: it is this month in the dealership.
    """

    first: date
    is_present: bool
    counts: Mapping[int, int]
    earlier: date | None
    later: date | None


@dataclass(frozen=True, slots=True)
class Served:
    """An order and who worked in it last; None: nobody yet."""

    order: WorkOrder
    by: str | None


@dataclass(frozen=True, slots=True)
class DayPage:
    """Some of a day's open orders, newest first; pages count from 1."""

    day: date
    count: int
    served: tuple[Served, ...]
    page: int
    pages: int


def first_of_month(day: date) -> date:
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def real_day(year: int | None, month: int | None, day: int | None = 1) -> date | None:
    """None for what no calendar has: buttons can be forged."""
    try:
        return date(year or 0, month or 0, day or 0)
    except (ValueError, OverflowError):
        return None


def day_of_number(ordinal: int) -> date | None:
    """The day that `date.toordinal` numbers so; None for what no calendar has."""
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None
