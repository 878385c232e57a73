"""A talk with care is closed once, however late somebody presses; whom the bot is closed to waits for nothing."""

from database import cases, people, places, sql
from database.connection import Database
from dealer_bot.domain.people import Role
from dealer_bot.services.care import Care

NOW = 1_000_000
VERA, PETER = 1, 2


def _talk() -> int:
    case_id = cases.opened(PETER, NOW)
    places.enter_care(PETER, case_id, NOW)
    return case_id


def _people() -> int:
    people.add(address="tg:1", role=Role.CARE, name="Вера")
    people.add(address="tg:2", name="Пётр")
    people.bind(PETER, "+375291112233", NOW, NOW)
    return _talk()


async def test_an_old_button_closes_no_talk_that_was_begun_since(database: Database) -> None:
    first, care = database.write_now(_people), Care(database)
    await care.close_one(VERA, first, 7, NOW)
    second = database.write_now(_talk)
    for inbox_id in (7, 8):  # fed again, and pressed again
        await care.close_one(VERA, first, inbox_id, NOW + 1)
    told = database.read_now(sql.rows, "SELECT address, notice FROM outbox")
    assert told == [("tg:2", "case-closed")]
    still_open = database.read_now(cases.open_of, PETER)
    assert second != first and still_open is not None and still_open.id == second
    place = database.read_now(places.of, PETER)
    assert place is not None and place.is_with_care


def test_whom_the_bot_is_closed_to_waits_for_no_answer_until_it_is_opened(database: Database) -> None:
    case_id = database.write_now(_people)
    for active, expected in ((True, [case_id]), (False, []), (True, [case_id])):
        database.write_now(lambda is_active=active: people.update(PETER, active=is_active))
        assert [each.case_id for each in database.read_now(cases.waiting)] == expected
