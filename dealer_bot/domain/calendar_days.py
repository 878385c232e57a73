"""Days of the dealership's own zone, in UTC epoch milliseconds."""

from datetime import UTC, datetime, time, timedelta, tzinfo


def midnight(now: int, zone: tzinfo) -> int:
    """When the day of this moment began."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone)
    return _at(datetime.combine(local.date(), time(0), zone))


def moment_today(now: int, zone: tzinfo, at: time) -> int:
    """This time of the day of this moment."""
    local = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone)
    return _at(datetime.combine(local.date(), at, zone))


def last_days(now: int, zone: tzinfo, count: int) -> list[str]:
    """ISO dates up to today."""
    today = datetime.fromtimestamp(now / 1000, UTC).astimezone(zone).date()
    return [(today - timedelta(days=back)).isoformat() for back in reversed(range(count))]


def day_of(at: int, zone: tzinfo) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).date().isoformat()


def _at(local: datetime) -> int:
    return int(local.timestamp() * 1000)
