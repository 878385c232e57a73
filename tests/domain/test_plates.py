"""Spaces, hyphens, case and look-alike letters never matter in a plate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.plate_countries import BELARUSIAN
from dealer_bot.domain.plates import is_whole_plate, plate_key, plate_latin

CYRILLIC = dict(zip("ABEIKMHOPCTX", "АВЕІКМНОРСТХ", strict=True))
whole_plates = st.from_regex(rf"[0-9]{{4}}[{BELARUSIAN}]{{2}}[0-8]", fullmatch=True)


@pytest.mark.parametrize(
    "raw",
    [
        "0124 МН-1",
        "0124MH1",
        "0124 mh - 1",
        "0124-мн-1",
        " 0124\u00a0МH\u20111 ",
        "０１２４ МН－１",
        "0124_MH_1",
        "0124 Мн–1",
    ],
)
def test_one_plate_however_it_is_written_is_the_same_plate(raw: str) -> None:
    assert plate_key(raw) == "0124MH1"
    assert plate_latin(raw) == "0124MH-1"
    assert is_whole_plate(raw)


@pytest.mark.parametrize(
    ("raw", "shown"), [("А 123 ВС 77", "A123BC77"), ("E123 AA-5", "E123AA5"), ("0124", "0124"), ("", ""), ("---", "")]
)
def test_what_is_no_whole_belarusian_plate_is_shown_as_its_key(raw: str, shown: str) -> None:
    assert plate_latin(raw) == shown
    assert not is_whole_plate(raw)


@given(whole_plates, st.data())
def test_alphabet_case_and_spacing_never_matter(plate: str, data: st.DataObject) -> None:
    letters = [CYRILLIC.get(char, char) if data.draw(st.booleans()) else char for char in plate]
    cased = "".join(char.lower() if data.draw(st.booleans()) else char for char in letters)
    gap, dash = data.draw(st.sampled_from(["", " ", "  ", "\u00a0"])), data.draw(st.sampled_from(["", "-", " - ", "–"]))
    assert plate_key(f"{gap}{cased[:4]}{gap}{cased[4:6]}{dash}{cased[6]}{gap}") == plate
    assert plate_latin(cased) == f"{plate[:6]}-{plate[6]}"


@given(st.text())
def test_the_key_of_a_key_is_itself(raw: str) -> None:
    assert plate_key(plate_key(raw)) == plate_key(raw)


@given(whole_plates, whole_plates)
def test_different_plates_stay_different(one: str, other: str) -> None:
    assert (plate_key(one) == plate_key(other)) == (one == other)
