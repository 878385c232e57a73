"""A work order's barcode is read however the picture was taken, as long as its bars can be told apart."""

from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageFilter

from dealer_bot.recognition import barcodes, decoders
from dealer_bot.recognition.barcodes import Said
from dealer_bot.recognition.bars import located
from dealer_bot.recognition.decoders import Decode, Symbol
from dealer_bot.recognition.picture import Grey
from tests.recognition.drawing import BARCODE, bars, on_paper

OTHER = "2800074366278382442612315631864110703"


def _read(picture: Image.Image) -> tuple[str, ...]:
    return barcodes.read(np.asarray(picture.convert("L")))


@pytest.mark.parametrize("odd_first", [False, True])
@pytest.mark.parametrize("program", ["zxing", "zbar"])
def test_each_program_reads_the_code_however_its_odd_digit_is_placed(program: str, odd_first: bool) -> None:
    picture = np.asarray(on_paper(bars(odd_first=odd_first)))
    (symbol,) = decoders.available()[program](picture)
    assert (symbol.text, symbol.kind, symbol.by) == (BARCODE, decoders.CODE_128, program)


@pytest.mark.parametrize("angle", [0, 7, 33, 90, 155, 180])
def test_a_sheet_may_lie_as_it_likes(angle: int) -> None:
    picture = on_paper(bars()).rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=90)
    assert _read(picture) == (BARCODE,)


def test_a_whole_page_with_a_pixel_and_a_half_for_a_module_is_read() -> None:
    picture = on_paper(bars(module=6, height=260), size=(2400, 3200)).rotate(3, Image.Resampling.BICUBIC, fillcolor=200)
    small = picture.resize((600, 800), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.4))
    assert _read(small) == (BARCODE,)


def test_two_sheets_in_one_picture_are_both_read() -> None:
    assert set(_read(on_paper(bars(), bars(OTHER, module=2)))) == {BARCODE, OTHER}


def test_what_is_said_by_both_programs_comes_first() -> None:
    code, qr = bars(module=2), Image.new("L", (10, 10), 255)
    assert _read(on_paper(code, qr))[0] == BARCODE


def test_a_picture_without_bars_gives_nothing_within_the_time_there_is() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (960, 1280), np.uint8)
    assert barcodes.read(noise, budget_s=0.2) == ()


def test_bars_are_found_where_they_are_and_nowhere_else() -> None:
    picture = on_paper(bars(module=2)).rotate(20, Image.Resampling.BICUBIC, fillcolor=245)
    (found,) = located(np.asarray(picture))
    assert found.holds(640, 800)
    assert abs(found.angle + 20) < 2
    assert 400 < found.length < 600


BLANK: Grey = np.full((8, 8), 255, np.uint8)


def _saying(by: str, *texts: str, kind: str = decoders.CODE_128) -> Decode:
    """A program that reads the same in every picture."""

    def decode(_: Grey) -> Iterator[Symbol]:
        for text in texts:
            yield Symbol(text, kind, by, 4, 4)

    return decode


def test_what_zbar_alone_says_counts_when_it_says_so_twice() -> None:
    said = Said({"zbar": _saying("zbar", BARCODE)})
    assert not said.look(BLANK) and not said.is_sure
    assert said.look(BLANK) and said.is_sure_of(BARCODE)


def test_zxing_need_not_repeat_itself_but_codes_of_other_kinds_are_never_sure() -> None:
    assert Said({"zxing": _saying("zxing", BARCODE)}).look(BLANK)
    other = Said({"zxing": _saying("zxing", "4600000000000", kind="EAN13")})
    assert not other.look(BLANK) and not other.look(BLANK) and not other.is_sure


def test_of_two_codes_that_of_an_order_comes_first_then_what_more_programs_and_the_better_one_say() -> None:
    said = Said({"zbar": _saying("zbar", "by zbar", "by both"), "zxing": _saying("zxing", "by both", "by zxing")})
    said.look(BLANK)
    assert said.best_first() == ("by both", "by zxing", "by zbar")
    said.decode = {"zbar": _saying("zbar", "by zbar", "seldom")}
    said.look(BLANK)
    said.decode = {"zxing": _saying("zxing", *["a shop's"] * 9, kind="EAN13")}
    said.look(BLANK)
    assert said.best_first() == ("by both", "by zxing", "by zbar", "seldom", "a shop's")
