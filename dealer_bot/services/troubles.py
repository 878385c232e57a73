"""The store or the server's own disk fails: files wait, their authors and the admins are told, nothing is given up."""

from collections.abc import Iterable

from database import media, outbox, screens
from database.media import Shelf, Wanted
from dealer_bot.domain.parcels import DISK, STORE
from dealer_bot.store.errors import Away

LONGEST_PAUSE_MS = 30_000
TELL_AFTER_TRIES = 2
"""What passes by itself within seconds is no alarm."""
ALARM_EVERY_MS = 15 * 60_000


def shelving_fails(shelf: Shelf, kind: Away, now: int) -> None:
    """The store did not take a file: again soon."""
    media.put_off(shelf.id, now + _pause_ms(shelf.tries), STORE)
    screens.touch_burst_of(shelf.message_id, now)
    if shelf.tries >= TELL_AFTER_TRIES:
        _alarm("store", "alert-store", kind, now)


def store_is_silent(now: int) -> None:
    """The store does not answer: everything that is to go there waits."""
    _touch(media.mark("fetched", STORE), now)
    _alarm("store", "alert-store", "away", now)


def fetch_fails(wanted: Wanted, now: int) -> None:
    """The spool did not take a file: again soon, for as long as it takes, since Telegram still has it."""
    media.put_off(wanted.id, now + _pause_ms(wanted.tries), DISK)
    _touch([media.message_of(wanted.id)], now)
    if wanted.tries >= TELL_AFTER_TRIES:
        _alarm("disk", "alert-disk-fails", "", now)


def nothing_is_fetched(alert: str, now: int) -> None:
    """No room, or no spool."""
    _touch(media.mark("wanted", DISK), now)
    _alarm("disk", alert, "", now)


def _pause_ms(tries: int) -> int:
    return min(LONGEST_PAUSE_MS, 1_000 << min(tries, 5))


def _touch(message_ids: Iterable[int], now: int) -> None:
    for message_id in message_ids:
        screens.touch_burst_of(message_id, now)


def _alarm(what: str, alert: str, kind: str, now: int) -> None:
    outbox.alert_admins(f"{what}{now // ALARM_EVERY_MS}", alert, {"kind": kind} if kind else {}, now)
