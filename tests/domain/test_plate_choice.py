"""A plate opens an order only if hardly anything speaks against it; what is less certain is offered."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.plate_choice import Choice, chosen, is_twin
from dealer_bot.domain.plate_costs import LOOK_ALIKE, OTHER, cost_of
from dealer_bot.domain.plate_countries import BELARUSIAN
from dealer_bot.domain.readings import Row

OPEN = [(1, "0124MH1"), (2, "7012ME7"), (3, "4455AB7"), (4, "9381KX5")]
PLATES = st.from_regex(rf"[0-9]{{4}}[{BELARUSIAN}]{{2}}[1-7]", fullmatch=True)


def rows(said: str) -> list[Row]:
    """`0124MH1*3 0124MI1`: what was read, and how many times."""
    told = [each.partition("*") for each in said.split()]
    return [Row(text, int(times or 1)) for text, _, times in told]


def fleet(count: int) -> list[tuple[int, str]]:
    """Other open orders: drawn at random, the same each time."""
    chance = random.Random(3)
    return [(number, _some_plate(chance)) for number in range(1000, 1000 + count)]


def _some_plate(chance: random.Random) -> str:
    return "".join(chance.choices("0123456789", k=4) + chance.choices(BELARUSIAN, k=2) + chance.choices("1234567"))


@pytest.mark.parametrize(
    "said",
    [
        "0124MH1*2",
        "BY0124MH1 0124MH1",  # with its country
        "O124MHI*2",  # shapes that a digit and a letter share
        "0124MH1*3 0124MN1",  # one reading of four sees another letter
        "0124MH1*2 CASTR05W30 880020",  # what else hangs in a workshop
        "0124MH1*2 0124*3 MH1",  # parts of it
    ],
)
def test_a_plate_read_twice_with_hardly_a_word_against_it_opens_its_order(said: str) -> None:
    assert chosen(rows(said), OPEN).sure == "0124MH1"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("0124MH1", "read only once"),
        ("0124MK1*3", "a letter unlike its own"),
        ("0124MN1*3", "a letter that looks like its own"),
        ("0124MH1*2 0124MI1", "a third says something else"),
        ("0124MH1*2 012481", "a third has read something else where two have read letters"),
        ("0124MH1*4 124MH1*2", "two of six have not seen its first symbol"),
        ("0124MH1*2 0124MK1*4", "most say something else"),
        ("0124MH*6", "a part of it"),
        ("0124MH1*9 7012ME7", "two cars, one read nine times"),
        ("0124MH1*2 5511XX4*2", "a second car that has no order"),
    ],
)
def test_whatever_is_less_certain_is_offered_and_not_opened(said: str, why: str) -> None:
    choice = chosen(rows(said), OPEN)
    assert choice.likely[0] == 1 and choice.sure is None, why


def test_a_plate_that_no_order_has_means_none() -> None:
    for said in ("5566CC2*6", "0987MH1*3", "1111AA1 2222BB2", ""):
        assert chosen(rows(said), OPEN).sure is None
    assert chosen(rows("5566CC2*6"), OPEN).likely == ()


@pytest.mark.parametrize(
    "said",
    [
        "0124M*2 90124MK",  # a light on its end
        "24MH1*3 F24MH1",  # a light on its beginning
        "0124 1240",  # four digits, and no letter
        "8012488 0124 M124MX 88002003040*2",  # parts of it among much else
    ],
)
def test_parts_of_a_plate_offer_the_order_that_holds_them_and_never_open_it(said: str) -> None:
    choice = chosen(rows(said), [*OPEN, *fleet(300)])
    assert choice.likely[0] == 1 and choice.sure is None


def test_a_part_that_more_orders_hold_than_can_be_offered_offers_none() -> None:
    held = [(n, f"0124{letters}{n}") for n, letters in enumerate(("MH", "AA", "EX", "KC"), 1)]
    assert set(chosen(rows("0124*2 01245"), held[:3]).likely) == {1, 2, 3}
    assert chosen(rows("0124*2 01245"), held).likely == ()
    same_car = [(n, "0124MH1") for n in range(1, 9)]
    assert chosen(rows("0124*2 01245"), same_car).likely == (8, 7, 6)


@pytest.mark.parametrize("said", ["5W30*3 3040*2", "88002003040*3 5W30", "WI3G0 800200 P90401", "5566CC2*3 5566CC"])
def test_what_is_no_part_of_any_plate_offers_nothing(said: str) -> None:
    assert chosen(rows(said), [*OPEN, *fleet(300)]).likely == ()


def test_where_a_whole_plate_was_clearly_read_only_what_is_nearly_it_is_offered() -> None:
    assert chosen(rows("0124MH1*2"), [(1, "0125MH1"), (2, "0125MN1"), (3, "0185MH1"), (4, "0124XX5")]).likely == (1, 2)
    assert chosen(rows("0124MH1*3"), [*OPEN, (9, "0185MH1")]) == Choice((1,), "0124MH1")


def test_two_orders_of_one_car_are_to_choose_from_the_newer_first() -> None:
    assert chosen(rows("0124MH1*6"), [*OPEN, (9, "0124MH1")]).likely[:2] == (9, 1)
    assert chosen(rows("0124MH1*6"), [*OPEN, (9, "0124MH1")]).sure is None


def test_a_plate_that_is_nearly_the_same_leads_to_a_question() -> None:
    choice = chosen(rows("0124MH1*6"), [*OPEN, (9, "0124MN1")])
    assert choice.likely[:2] == (1, 9) and choice.sure is None


def test_a_lead_that_is_too_small_leads_to_a_question() -> None:
    assert chosen(rows("0124MH5*3"), [(1, "0124MH5")]).sure == "0124MH5"
    assert chosen(rows("0124MH5*3"), [(1, "0124MH5"), (2, "D124MHS")]).sure is None


def test_letters_that_look_alike_are_nearer_than_others() -> None:
    known = [(1, "0124MI1"), (2, "0134MH1"), (3, "0124MN1"), (4, "9999AA9")]
    assert chosen(rows("0124MH1*2"), known).likely == (3, 2, 1)


def test_at_most_three_are_offered_the_newest_of_equals_first() -> None:
    assert chosen(rows("1234AB5"), [(n, "1234AB6") for n in range(1, 9)]).likely == (8, 7, 6)


def test_what_was_read_most_often_counts_for_more() -> None:
    assert chosen(rows("1111AA1*2 2222BB2"), [(1, "2222BB2"), (2, "1111AA1")]).likely == (2, 1)


def test_what_a_card_says_instead_of_a_plate_opens_nothing() -> None:
    assert chosen(rows("1234*6"), [(1, "1234")]).sure is None


def test_plates_one_symbol_apart_are_twins() -> None:
    assert all(is_twin("0124MH1", other) for other in ("0124MH1", "0124MH2", "124MH1", "0124MHK1"))
    assert not any(is_twin("0124MH1", other) for other in ("0124MA2", "0142MH1", "7012ME7"))


@given(PLATES, st.integers(0, 6), st.sampled_from(f"0123456789{BELARUSIAN}"))
def test_no_symbol_that_differs_in_a_plate_costs_as_little_as_being_sure(plate: str, place: int, symbol: str) -> None:
    """Digits stand for digits and letters for letters: no two plates that can both exist may be taken for one."""
    other = plate[:place] + symbol + plate[place + 1 :]
    if other != plate and symbol.isdigit() == plate[place].isdigit():
        assert cost_of(other, plate) > 0.25
        assert chosen([Row(other, 6)], [(1, plate)]).sure is None


@given(PLATES)
def test_a_cost_is_nothing_for_itself_and_small_with_its_surroundings(plate: str) -> None:
    assert cost_of(plate, plate) == 0
    assert cost_of(f"BY{plate}", plate) == cost_of(f"{plate}BY", plate) == pytest.approx(0.24)
    assert cost_of(plate[1:], plate) == cost_of(plate[:-1], plate) == pytest.approx(0.7)


def test_only_shapes_of_a_letter_and_a_digit_cost_so_little_that_an_order_may_be_opened() -> None:
    for cost, pairs in LOOK_ALIKE.items():
        assert cost < OTHER
        assert cost > 0.25 or all(a.isdigit() != b.isdigit() or {a, b} <= set("OQDIL") for a, b in pairs)


def test_of_random_fleets_none_is_opened_for_a_car_that_is_not_there() -> None:
    chance = random.Random(8)
    for _ in range(50):
        known = [(number, _some_plate(chance)) for number in range(300)]
        absent = _some_plate(chance)
        if absent not in {key for _, key in known}:
            assert chosen([Row(absent, 3), Row(f"BY{absent}", 2)], known).sure is None
