"""A file is given up when it was asked for all day, not when a day has gone by."""

from database import sql
from dealer_bot.domain.parcels import DISK
from dealer_bot.services import fetches
from tests.database.chats import NOW, Chats, chats

__all__ = ["chats"]

WEEKEND_MS = 62 * 3600 * 1000


def _asked_in_vain(chats: Chats, now: int) -> tuple[str, int]:
    chats.database.write_now(fetches.record_later, 1, now, 1_000, "network")
    ((state, tries),) = chats.database.read_now(sql.rows, "SELECT state, tries FROM media")
    return state, tries


def test_a_photo_of_friday_is_asked_for_on_monday_too(chats: Chats) -> None:
    chats.delivers()
    assert _asked_in_vain(chats, NOW + WEEKEND_MS) == ("wanted", 1)


def test_what_was_asked_for_all_day_in_vain_is_said_to_be_lost(chats: Chats) -> None:
    chats.delivers()
    chats.does("UPDATE media SET tries = ?", fetches.FETCH_TRIES)
    assert _asked_in_vain(chats, NOW + WEEKEND_MS)[0] == "lost"
    assert chats.asks("SELECT notice FROM outbox WHERE kind = 'alert'") == [("alert-lost",)]


def test_a_disk_that_was_full_for_long_is_no_reason_to_give_a_file_up(chats: Chats) -> None:
    chats.delivers()
    chats.does("UPDATE media SET tries = ?, error = ?", 10 * fetches.FETCH_TRIES, DISK)
    assert _asked_in_vain(chats, NOW + WEEKEND_MS) == ("wanted", 1)
