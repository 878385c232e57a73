"""Bars that no program decodes are known by the barcodes of open orders; whatever is not certain is left to people."""

import numpy as np
import pytest

from dealer_bot.recognition import barcodes, profiles
from dealer_bot.recognition.bars import located
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.profiles import Match
from tests.recognition.drawing import BARCODE, bars, seen_from_afar

EVEN = BARCODE[:-1]
TWINS = tuple(f"{BARCODE[:at]}{(int(BARCODE[at]) + by) % 10}{BARCODE[at + 1 :]}" for at in range(37) for by in (1, 5))
OTHERS = tuple(f"28000743662783824426{number:017}" for number in range(10**15, 10**17, 10**15))


def plenty() -> Budget:
    """Of time: begun anew by who asks for it."""
    return Budget(60.0)


def _matches(picture: Grey, *known: str) -> list[Match]:
    return profiles.matched(picture, located(picture), known, plenty())


def _sure(picture: Grey, *known: str) -> list[str]:
    return [match.barcode for match in _matches(picture, *known) if match.is_sure]


@pytest.fixture(scope="module")
def far() -> Grey:
    return seen_from_afar(side=450)


def test_a_page_that_no_program_reads_is_known_by_its_bars(far: Grey) -> None:
    assert barcodes.read(far) == ()
    search = barcodes.Search(far, (*OTHERS, BARCODE))
    search.look(plenty())
    assert search.barcodes == (BARCODE,)
    assert search.has_open_order and search.alike == ()


@pytest.mark.parametrize("odd_first", [False, True])
@pytest.mark.parametrize("angle", [-4.0, 90.0, 182.0])
def test_it_may_lie_as_it_likes_and_have_its_odd_digit_first_or_last(odd_first: bool, angle: float) -> None:
    code = bars(module=4, height=210, odd_first=odd_first)
    assert _sure(seen_from_afar(code, angle=angle), *OTHERS, BARCODE) == [BARCODE]


def test_an_even_number_of_digits_is_known_too_among_those_of_other_lengths(far: Grey) -> None:
    assert _sure(seen_from_afar(bars(EVEN, module=4, height=210)), *OTHERS, BARCODE, EVEN) == [EVEN]
    assert _sure(far, *OTHERS, BARCODE, EVEN) == [BARCODE]


def test_orders_that_differ_from_an_absent_one_in_one_digit_are_never_taken_for_it(far: Grey) -> None:
    for picture in (seen_from_afar(), far):
        assert _sure(picture, *OTHERS, *TWINS) == []
        assert max(match.alike for match in _matches(picture, *TWINS)) > 0.9  # so much alike they are


def test_an_order_is_told_from_open_ones_that_differ_in_one_digit() -> None:
    assert _sure(seen_from_afar(), *TWINS, BARCODE) == [BARCODE]


def test_what_is_not_certain_becomes_a_choice_of_three_at_most(far: Grey) -> None:
    search = barcodes.Search(far, (*OTHERS, *TWINS))
    search.look(plenty())
    assert search.barcodes == () and not search.has_open_order
    assert len(search.alike) == 3 and set(search.alike) < set(TWINS)


def test_two_sheets_in_one_picture_are_both_found() -> None:
    other = OTHERS[7]
    picture = seen_from_afar(bars(module=4, height=210), bars(other, module=4, height=210))
    assert set(_sure(picture, *OTHERS, BARCODE)) == {BARCODE, other}


def test_what_was_read_beside_bars_that_nobody_reads_is_not_the_whole_answer() -> None:
    """One sheet close, one far away: the far one must not be overlooked because the close one was read."""
    close, far = bars(module=5, height=250), bars(OTHERS[7], module=3, height=170)
    picture = seen_from_afar(close, far, side=620, blur=0.9)
    assert barcodes.read(picture) == (BARCODE,)
    search = barcodes.Search(picture, (*OTHERS, BARCODE))
    search.look(plenty())
    assert set(search.barcodes) == {BARCODE, OTHERS[7]}


def test_a_picture_without_bars_resembles_no_order() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (600, 800), np.uint8)
    fence = np.tile(np.repeat([40, 220], 6), (600, 60)).astype(np.uint8)[:, :700]
    for picture in (noise, np.pad(fence, 60, constant_values=200)):
        search = barcodes.Search(picture, (*OTHERS, BARCODE))
        search.look(plenty())
        assert search.barcodes == () and search.alike == ()


def test_codes_with_too_few_bars_or_with_letters_are_left_to_the_programs(far: Grey) -> None:
    assert _matches(far, "77", "12345678901", "A2800074366278", "٢" * 37) == []


def test_without_time_nothing_is_compared(far: Grey) -> None:
    assert profiles.matched(far, located(far), (BARCODE,), Budget(0.0)) == []


def test_what_follows_the_pattern_much_less_than_the_best_is_not_offered() -> None:
    ranked = [Match("1", 0.97), Match("2", 0.95), Match("3", 0.86), Match("4", 0.85)]
    assert profiles.offered(ranked) == ("1", "2")
    assert profiles.offered([Match("1", 0.7), Match("2", 0.69)]) == ()
    assert profiles.offered([Match(str(at), 0.9) for at in range(5)]) == ("0", "1", "2")
