"""Thousands of new orders are found before the index of words knows them, and after; nothing is found twice."""

import pytest

from database import order_words, orders
from database.connection import Database
from tests.database.sightings import NOW, OTHER_PHONE, ended, found, recorded, seen
from tests.database.test_orders_search import FLEET

CROWD = orders.MANY + 20
FRAGMENTS = (
    "177",
    "7732",
    "А000177",
    "0124 мн",
    "24mh-1",
    "8808",
    "петр",
    "анна",
    "пётр щук",
    "b1",
    "7",
    "КК",
    "%",
    '"',
    "n0",
)


def moved_in(database: Database) -> list[int]:
    """The fleet, and a crowd that makes it a first start."""
    crowd = [seen(f"n{n:04d}", "settling", phone=None) for n in range(CROWD)]
    return database.write_now(orders.insert_new, [*crowd, *FLEET])


def written(database: Database, count: int = 50) -> int:
    """In how many steps."""
    steps = 1
    while database.write_now(order_words.write_some, count):
        steps += 1
    return steps


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_fragment_finds_the_same_before_while_and_after_the_words_are_written(
    database: Database, fragment: str
) -> None:
    recorded(database, seen("old177", phone=OTHER_PHONE))
    moved_in(database)
    before = found(database, fragment, 500)
    assert database.write_now(order_words.write_some, 60)
    assert found(database, fragment, 500) == before
    written(database)
    assert not database.read_now(order_words.are_put_off)
    assert found(database, fragment, 500) == before
    assert len(before) == len(set(before))


def test_pages_go_on_from_the_orders_without_words_to_those_with_them(database: Database) -> None:
    recorded(database, *(seen(f"n1{n:02d}", phone=None) for n in range(15)))
    moved_in(database)
    whole = found(database, "n", 500)
    assert [number for start in range(0, 200, 7) for number in found(database, "n", 7, start)] == whole


@pytest.mark.parametrize(
    ("fragment", "numbers"),
    [
        *(("КК", ["a00017702"]), ("ин", ["a00017732"]), ("пё", ["a00017732"]), ("В7", ["a00017741"])),
        *(("ю", ["old"]), ("яю", ["old"]), ("ЩЩ", []), ("%", []), ("%_", []), ('"', []), ('""', []), ("ﬁ", [])),
    ],
)
def test_two_letters_find_old_orders_behind_thousands_of_new_ones(
    database: Database, fragment: str, numbers: list[str]
) -> None:
    recorded(database, *FLEET, seen("old", phone=None, name="Зоя Яю"))
    crowd = [seen(f"n{n:04d}", "settling", phone=None) for n in range(order_words.NEWEST + 20)]
    database.write_now(orders.insert_new, crowd)
    written(database, 2000)
    assert found(database, fragment) == numbers
    assert len(found(database, "n0", 500, 300)) == 500


def test_what_changes_before_its_words_are_written_is_found_as_it_is_now(database: Database) -> None:
    ids = moved_in(database)
    recorded(database, seen(plate="9999 МН-1", card=2))
    ended(database, ids[-1])
    for _ in range(2):
        assert (found(database, "0124"), found(database, "9999")) == ([], ["a00017732"])
        assert found(database, "b177") == []
        written(database)


def test_an_order_that_comes_meanwhile_is_found_at_once_and_once(database: Database) -> None:
    moved_in(database)
    recorded(database, seen("c5", phone=None))
    for _ in range(2):
        assert found(database, "c5") == ["c5"]
        written(database)


def test_few_new_orders_have_their_words_at_once(database: Database) -> None:
    database.write_now(orders.insert_new, [seen("a1"), seen("a2")])
    assert not database.read_now(order_words.are_put_off)
    assert found(database, "a1") == ["a1"]
    assert database.write_now(orders.settle, [1, 2], NOW) == []


def test_the_words_come_in_steps_that_leave_the_writer_to_others(database: Database) -> None:
    moved_in(database)
    assert written(database, 50) == (CROWD + len(FLEET)) // 50 + 1
