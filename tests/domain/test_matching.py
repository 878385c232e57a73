"""A misread plate has a piece in common with the right one, and edits are counted as the textbook does."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.matching import distance, edits_allowed, pieces_of
from dealer_bot.domain.plate_countries import BELARUSIAN

PLATES = st.from_regex(rf"[0-9]{{4}}[{BELARUSIAN}]{{2}}[1-7]", fullmatch=True)
EDITS = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(f"0123456789{BELARUSIAN}-"), st.booleans()), max_size=2)


def misread(plate: str, edits: list[tuple[int, str, bool]]) -> str:
    """A letter taken for another, lost (`-`), or invented."""
    letters = list(plate)
    for place, letter, invents in edits:
        if letter == "-":
            del letters[min(place, len(letters) - 1)]
        elif invents:
            letters.insert(place, letter)
        else:
            letters[min(place, len(letters) - 1)] = letter
    return "".join(letters)


@pytest.mark.parametrize(("plate", "allowed"), [("1234AB5", 2), ("ABC12", 1), ("AB", 0), ("A", 0)])
def test_a_short_plate_may_be_wrong_in_less(plate: str, allowed: int) -> None:
    assert edits_allowed(plate) == allowed
    assert "".join(pieces_of(plate)) == plate and len(pieces_of(plate)) == allowed + 1


@given(PLATES, EDITS)
def test_whatever_is_near_enough_has_a_piece_of_the_reading(plate: str, edits: list[tuple[int, str, bool]]) -> None:
    read = misread(plate, edits)
    if distance(read, plate, edits_allowed(read)) is not None:
        assert any(piece in plate for piece in pieces_of(read))


@given(PLATES, EDITS)
def test_edits_are_never_counted_higher_than_they_were_made(plate: str, edits: list[tuple[int, str, bool]]) -> None:
    counted = distance(misread(plate, edits), plate, 2)
    assert counted is not None and counted <= len(edits)
    assert (counted == 0) == (misread(plate, edits) == plate)


def textbook(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, facing in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != facing)))
        before = now
    return before[-1]


def test_a_distance_is_what_the_textbook_says_up_to_two() -> None:
    chance = random.Random(5)
    for _ in range(5000):
        one, other = ("".join(chance.choices("01A", k=chance.randint(3, 7))) for _ in range(2))
        for most in (0, 1, 2):
            expected = textbook(one, other)
            assert distance(one, other, most) == (expected if expected <= most else None), (one, other)
