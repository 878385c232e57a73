"""How an order is found again."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from database import order_days, order_words, orders
from database.connection import Database
from tests.database.sightings import OTHER_PHONE, found, recorded, seen

FLEET = [
    seen("a00017732", plate="0124 МН-1", name="Пётр Щукин", barcode="28001"),
    seen("a00017741", plate="4455 АВ-7", phone="+375291770177", name="Анна"),
    seen("a00017702", plate="1212 КК-5", phone=OTHER_PHONE, state="unreadable", reason="order_mismatch"),
    seen("b177", plate="1770 AA-1", phone=None, state="settling"),
]


@pytest.mark.parametrize(
    ("fragment", "numbers"),
    [
        *(("177", ["b177", "a00017702", "a00017741", "a00017732"]), ("7732", ["a00017732"]), ("А000177", None)),
        *(("0124", ["a00017732"]), ("0124 мн", ["a00017732"]), ("24mh-1", ["a00017732"]), ("4455AB7", ["a00017741"])),
        *(("8808", ["a00017732"]), ("88-08", ["a00017732"]), ("+375 29 888-88-08", ["a00017732"]), ("888", [])),
        *(("петр", ["a00017732"]), ("ЩУКИН", ["a00017732"]), ("пётр щук", ["a00017732"]), ("нна", ["a00017741"])),
        *(("b1", ["b177"]), ("7", None), ("КК", ["a00017702"]), ("%", []), ("_", []), ("!", []), ("", []), ("  ", [])),
        *(('"', []), ("a OR b", []), ("NEAR(", []), ("*", []), ("'; DROP TABLE orders", []), ("\0", []), ("---", [])),
    ],
)
def test_a_fragment_finds_what_a_person_would_find(
    database: Database, fragment: str, numbers: list[str] | None
) -> None:
    recorded(database, *FLEET)
    everything = ["b177", "a00017702", "a00017741", "a00017732"]
    expected = everything[1:] if fragment == "А000177" else numbers or (everything if fragment == "7" else [])
    assert found(database, fragment) == expected


def test_a_phone_is_found_by_its_last_digits_alone(database: Database) -> None:
    recorded(database, seen("b1", phone="+375291770177"))
    assert [found(database, text) for text in ("0177", "177", "1770", "2917")] == [["b1"], ["b1"], [], []]


def test_long_lists_come_by_pages(database: Database) -> None:
    recorded(database, *(seen(f"a{n}", phone=None) for n in range(100, 125)))
    pages = [found(database, "a1", 10, start) for start in (0, 10, 20)]
    assert [len(page) for page in pages] == [10, 10, 5]
    assert pages[0][0] == "a124"
    assert len({number for page in pages for number in page}) == 25


def test_what_is_just_the_fragment_comes_before_what_only_holds_it(database: Database) -> None:
    names = ["Иван", "Иванова Мария", "Иван", "Иван Иванов", "Марьиван"]
    recorded(database, *(seen(f"a{n}", name=name, phone=None) for n, name in enumerate(names)))
    assert found(database, "иван", 10) == ["a2", "a0", "a4", "a3", "a1"]
    assert [found(database, "иван", 2, start) for start in (0, 2, 4)] == [["a2", "a0"], ["a4", "a3"], ["a1"]]
    recorded(database, seen("b1", plate="AA 77", phone=None), seen("b2", plate="1 AA 77", phone=None))
    assert found(database, "aa77") == ["b1", "b2"]


def test_a_changed_order_is_found_by_its_new_words_alone(database: Database) -> None:
    recorded(database, seen(plate="0124 МН-1"), seen(plate="9999 МН-1", card=2))
    assert (found(database, "0124"), found(database, "9999")) == ([], ["a00017732"])


def test_days_and_lists_of_a_day(database: Database) -> None:
    recorded(database, seen("a1"), seen("a2"), seen("a3", day="2026-11-30"), seen("a4", day="2026-12-01"))
    assert database.read_now(order_days.days_between, "2026-11-01", "2026-11-30") == {"2026-11-21": 2, "2026-11-30": 1}
    assert [order.number for order in database.read_now(orders.living_of_day, "2026-11-21", 9)] == ["a2", "a1"]
    assert [order.number for order in database.read_now(orders.listed, None, "2026-12-01")] == ["a4"]
    assert [order.number for order in database.read_now(orders.listed, "а3", None)] == ["a3"]


def test_exact_questions_are_answered_from_an_index(database: Database) -> None:
    plans = database.read_now(
        lambda: [
            str(
                orders.sql.rows(
                    f"EXPLAIN QUERY PLAN SELECT id FROM orders WHERE {column} = ? AND {order_words.IS_LIVING}", ("x",)
                )
            )
            for column in ("number_key", "plate_key", "barcode", "phone", "day")
        ]
    )
    assert all("USING" in plan and "INDEX" in plan for plan in plans), plans


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=200, deadline=None
)
@given(st.text(max_size=60))
def test_any_text_may_be_searched_for(database: Database, fragment: str) -> None:
    if not database.read_now(orders.counts):
        recorded(database, *FLEET)
    database.read_now(orders.find, fragment.encode(errors="replace").decode(), 10, 0)
    database.read_now(orders.listed, fragment.encode(errors="replace").decode(), None)
