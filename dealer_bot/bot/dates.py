"""Days and months as people write them."""

from datetime import date
from functools import cache
from typing import Any


def month_title(month: date, language: str) -> str:
    """«Сентябрь 2026»."""
    return _formatted(month, "LLLL y", language)


def day_title(day: date, language: str) -> str:
    """«15 сентября 2026»."""
    return _formatted(day, "d MMMM y", language)


def week(language: str) -> list[tuple[int, str]]:
    """Seven days from the one that begins a week: the number that `date.weekday` gives, and what it is called."""
    locale = _locale(language)
    names = locale.days["stand-alone"]["short"]
    order = [(locale.first_week_day + n) % 7 for n in range(7)]
    return [(number, names[number]) for number in order]


def months(language: str) -> list[str]:
    names = _locale(language).months["stand-alone"]["wide"]
    return [names[number].capitalize() for number in range(1, 13)]


def _formatted(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    written: str = format_date(day, pattern, locale=_locale(language))
    return written[:1].upper() + written[1:]


@cache
def _locale(language: str) -> Any:
    from babel import Locale  # ten megabytes of memory that only a calendar is worth

    return Locale.parse(language)
