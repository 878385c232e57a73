"""From a card that was read to what its order's row will say."""

from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from dealer_bot.domain.comparing import Job
from dealer_bot.domain.content import Content
from dealer_bot.domain.orders import DaySource, Sighting, State
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.traces import Trace

_QUARTER_MS = 15 * 60 * 1000
_BIRTHS_MS = range(631_152_000_000, 4_102_444_800_000)
"""From 1990 to 2100, as the dates of cards: shares give what has no time their own beginning of time."""


def sighting(job: Job, content: Content, trace: Trace, day: tuple[str, DaySource], looked_at: int | None) -> Sighting:
    """`looked_at` (epoch ms): when the card settled, None if it hasn't."""
    return Sighting(
        number_key=job.key,
        number=job.number,
        folder=job.name,
        state=_state(job.state, content),
        reason="closed_mark" if job.state == "closed" else content.reason,
        phone=content.phone,
        barcode=content.barcode,
        plate=content.plate_raw,
        plate_key=plate_key(content.plate_raw) if content.plate_raw else None,
        vehicle=content.vehicle,
        client_name=content.client_name,
        day=day[0],
        day_source=day[1],
        mtime_ns=trace.mtime_ns,
        size=trace.size,
        inode=trace.inode,
        looked_at=looked_at,
        ended_at=looked_at if job.state == "closed" else None,
    )


def day_of(content: Content, birth_ms: int | None, now: int, tz: tzinfo) -> tuple[str, DaySource]:
    """The order's day and where it comes from: its card, its folder's birth, or this look."""
    if content.date is not None:
        return content.date, "content"
    if birth_ms is not None and birth_ms in _BIRTHS_MS:
        return _day(birth_ms, tz), "birth"
    return _day(now, tz), "seen"


def _day(at: int, tz: tzinfo) -> str:
    return _day_of_quarter(at // _QUARTER_MS, tz)


@lru_cache(8192)
def _day_of_quarter(quarter: int, tz: tzinfo) -> str:
    """No zone's midnight lies within a quarter of an hour."""
    return datetime.fromtimestamp(quarter * _QUARTER_MS / 1000, UTC).astimezone(tz).date().isoformat()


def _state(wanted: State, content: Content) -> State:
    return "unreadable" if wanted == "open" and content.reason is not None else wanted
