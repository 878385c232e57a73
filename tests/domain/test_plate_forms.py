"""A row of symbols, misread as they are, is taken for the plates it may have been."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealer_bot.domain.plate_countries import BELARUSIAN, FORMS
from dealer_bot.domain.plate_forms import MOST, SYMBOLS, fitted

cars = st.from_regex(rf"[0-9]{{4}}[{BELARUSIAN}]{{2}}-[1-7]", fullmatch=True)


def _best(text: str) -> str:
    found = fitted(text)
    return min(found, key=lambda plate: found[plate])


@settings(max_examples=40)
@given(cars)
def test_a_clean_plate_is_itself_and_costs_nothing(plate: str) -> None:
    assert _best(plate) == plate
    assert fitted(plate)[plate] == 0


@pytest.mark.parametrize(
    ("read", "plate"),
    [
        ("0124 МН-1", "0124MH-1"),
        ("BY 0124MH-1", "0124MH-1"),
        ("O124MH-I", "0124MH-1"),
        ("01248H-1", "0124BH-1"),
        ("I0124MH-1", "0124MH-1"),
        ("0124-MH.1 BY", "0124MH-1"),
        ("0124MHB1", "0124MH-1"),
        ("AB1234-5", "AB12345"),
        ("A1234B-5", "A1234B5"),
    ],
)
def test_what_programs_usually_misread_is_put_right(read: str, plate: str) -> None:
    assert _best(read) == plate


@pytest.mark.parametrize("text", ["", "CASTROL", "5W-30", "8 800 200-30-40", "12345678", "ABCEHKMO", "0124MH"])
def test_words_and_numbers_of_a_workshop_are_no_plates(text: str) -> None:
    assert all(cost > 0.5 for cost in fitted(text).values())


@settings(max_examples=60)
@given(st.text(st.sampled_from(SYMBOLS + " -."), max_size=16))
def test_whatever_was_read_each_plate_has_a_form_and_a_bearable_cost(text: str) -> None:
    for plate, cost in fitted(text).items():
        assert 0 <= cost < MOST
        assert any(len(form.pattern) == len(plate.replace("-", "")) for form in FORMS)
