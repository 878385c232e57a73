"""Days on which open orders began; days are ISO."""

from database import sql
from database.order_words import IS_LIVING


def days_between(first: str, last: str) -> dict[str, int]:
    """How many orders each day has, for the days that have any; both ends are ISO and counted."""
    found = sql.rows(
        f"SELECT day, count(*) FROM orders WHERE day BETWEEN ? AND ? AND {IS_LIVING} GROUP BY day", (first, last)
    )
    return dict(found)


def day_before(day: str) -> str | None:
    """The last day before this one that has orders; ISO."""
    found = sql.row(f"SELECT max(day) FROM orders WHERE day < ? AND {IS_LIVING}", (day,))
    return found[0] if found else None


def day_after(day: str) -> str | None:
    """The first day after this one that has orders; ISO."""
    found = sql.row(f"SELECT min(day) FROM orders WHERE day > ? AND {IS_LIVING}", (day,))
    return found[0] if found else None
