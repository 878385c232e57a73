"""A car's plate is read as `1234AB-5`, wherever in the picture it is and however the phone was held."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from dealer_bot.domain.plate_choice import chosen
from dealer_bot.domain.plate_forms import believed
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Miss, Row
from dealer_bot.recognition import plates
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.picture import Grey, opened
from dealer_bot.recognition.plate_finding import found_in
from dealer_bot.recognition.reading import read

SAMPLES = Path(__file__).resolve().parents[2] / "dealer_bot" / "samples"
PROGRAM = plates.program_of("")


def patient() -> Budget:
    """A busy machine is no reason to read less."""
    return Budget(30.0)


needs_tesseract = pytest.mark.skipif(PROGRAM is None, reason="tesseract is not on this machine")


def _car(plate: str = "7012 ME-7", width: int = 260, at: tuple[int, int] = (700, 640)) -> Image.Image:
    """A dark car with a plate of so many pixels in a light room."""
    picture = Image.new("L", (1280, 960), 150)
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((200, 300, 1100, 780), 60, 70)
    for slat in range(8):
        draw.line((420, 380 + slat * 16, 880, 380 + slat * 16), 130, 4)
    high = width * 112 // 520
    left, top = at[0] - width // 2, at[1] - high // 2
    draw.rounded_rectangle((left, top, left + width, top + high), high // 8, 240, 20, 3)
    font = ImageFont.load_default(high * 0.82)
    draw.text((at[0] + high // 5, at[1]), plate, 20, font, anchor="mm", stroke_width=max(1, high // 50))
    return picture


def _best(picture: Image.Image) -> str:
    return next(iter(believed(_rows(picture))), "")


@needs_tesseract
@pytest.mark.parametrize("angle", [-12, 0, 9])
def test_a_phone_may_be_held_askew(angle: int) -> None:
    assert _best(_car().rotate(angle, Image.Resampling.BICUBIC, fillcolor=150)) == "7012ME-7"


@needs_tesseract
def test_a_plate_seen_from_the_side_is_laid_level() -> None:
    corners = np.array([(0, 0), (1280, 0), (1280, 960), (0, 960)], np.float32)
    seen = np.array([(60, 40), (1210, 130), (1180, 800), (20, 930)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, seen)
    turned = cv2.warpPerspective(np.asarray(_car()), matrix, (1280, 960), borderValue=150)
    assert _best(Image.fromarray(np.asarray(turned, np.uint8))) == "7012ME-7"


@needs_tesseract
def test_in_the_dark_and_out_of_focus_it_is_read_too() -> None:
    dim = _car().point(lambda light: light * 0.3).filter(ImageFilter.GaussianBlur(1.2))
    assert _best(dim) == "7012ME-7"


@needs_tesseract
def test_a_small_plate_askew_and_out_of_focus_is_read() -> None:
    askew = _car(width=120).rotate(10, Image.Resampling.BICUBIC, fillcolor=150)
    assert _best(askew.filter(ImageFilter.GaussianBlur(1.6))) == "7012ME-7"


@needs_tesseract
def test_a_strip_that_ends_the_program_costs_no_other_place(tmp_path: Path) -> None:
    dies_of_much = tmp_path / "tesseract"
    dies_of_much.write_text(f'#!/bin/sh\ntest $(wc -c < "$1") -gt 150000 && kill -FPE $$\nexec {PROGRAM} "$@"\n')
    dies_of_much.chmod(0o700)
    assert "7012ME-7" in believed(plates.read(np.asarray(_car()), str(dies_of_much), patient()))


@needs_tesseract
@pytest.mark.parametrize("lines", [("7012", "ME-7"), ("4489", "AT 72")], ids=["Belarus", "Russia, a motorcycle"])
def test_a_plate_on_two_lines_is_read_as_one(lines: tuple[str, str]) -> None:
    picture = _car("")
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((620, 560, 780, 700), 10, 240, 20, 3)
    for row, line in enumerate(lines):
        draw.text((700, 598 + row * 64), line, 20, ImageFont.load_default(52), anchor="mm", stroke_width=1)
    turned = picture.rotate(6, Image.Resampling.BICUBIC, fillcolor=150)
    assert plate_key(_best(turned)) == plate_key("".join(lines))


@needs_tesseract
@pytest.mark.parametrize("plate", ["B743 KH45", "GD 70165", "RJP 281", "KA5502 MC"])
def test_plates_of_the_neighbours_are_read(plate: str) -> None:
    assert _best(_car(plate)) == plate_key(plate)


@needs_tesseract
def test_a_light_on_the_plate_does_not_hide_it() -> None:
    seen = np.asarray(_car(width=320), np.float32)
    rows, columns = np.mgrid[: seen.shape[0], : seen.shape[1]]
    glare = 190 * np.exp(-(((columns - 640) / 60) ** 2) - ((rows - 640) / 60) ** 2)
    assert _best(Image.fromarray(np.clip(seen + glare, 0, 255).astype(np.uint8))) == "7012ME-7"


OPEN = [(1, "7012ME7"), (2, "4455AB7"), (3, "0124MH1")]


def _rows(picture: Image.Image) -> tuple[Row, ...]:
    assert PROGRAM is not None
    return plates.read(np.asarray(picture), PROGRAM, patient())


@needs_tesseract
def test_two_cars_in_a_picture_are_both_read_and_neither_is_opened() -> None:
    picture = _car()
    picture.paste(_car("4455 AB-7").crop((500, 560, 900, 720)), (100, 790))
    rows = _rows(picture)
    assert {"7012ME-7", "4455AB-7"} <= set(list(believed(rows))[:3])
    choice = chosen(rows, OPEN)
    assert {1, 2} <= set(choice.likely) and choice.sure is None


@needs_tesseract
def test_a_clear_picture_opens_its_own_order_and_no_other() -> None:
    rows = _rows(_car())
    assert chosen(rows, OPEN).sure == "7012ME7"
    assert chosen(rows, OPEN[1:]).sure is None
    assert chosen(rows, [(1, "7012ME1"), (2, "7017ME7"), (3, "7012MK7")]).sure is None


@needs_tesseract
def test_a_photo_without_a_car_gives_no_clear_plate() -> None:
    noise = np.random.default_rng(2).integers(0, 255, (48, 64), np.uint8).repeat(12, 0).repeat(12, 1)
    assert PROGRAM is not None
    assert max(believed(plates.read(noise, PROGRAM)).values(), default=0.0) < 0.7


def test_the_plate_is_among_the_first_places_that_are_looked_at() -> None:
    picture: Grey = np.asarray(_car(at=(420, 700)))
    middles = [place.middle for place in found_in(picture)[:3]]
    assert any(abs(x - 420) < 40 and abs(y - 700) < 20 for x, y in middles)


@needs_tesseract
def test_the_demos_car_is_read() -> None:
    found = read(SAMPLES / "car_front_0124MH1.jpg", "")
    assert (found.plates[0], found.cause) == ("0124MH-1", None)


@needs_tesseract
def test_a_work_order_gives_the_plate_printed_on_it() -> None:
    assert PROGRAM is not None
    rows = plates.read(opened(SAMPLES / "work_order_a00017732.jpg"), PROGRAM, patient())
    assert next(iter(believed(rows))) == "0124MH-1"


def test_without_tesseract_a_good_picture_says_what_is_missing(tmp_path: Path) -> None:
    _car().save(tmp_path / "car.png")
    assert read(tmp_path / "car.png", str(tmp_path / "no tesseract")).cause is Miss.NOT_INSTALLED


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (lambda picture: picture.resize((320, 240)), Miss.TOO_SMALL),
        (lambda picture: picture.point(lambda light: light * 0.12), Miss.DARK),
        (lambda picture: picture.filter(ImageFilter.GaussianBlur(9)), Miss.BLURRED),
        (lambda picture: picture.crop((0, 0, 1280, 600)), Miss.NOTHING_FOUND),
    ],
)
def test_a_miss_says_what_is_the_matter_with_the_picture(tmp_path: Path, spoil: object, cause: Miss) -> None:
    assert callable(spoil)
    spoil(_car("")).save(tmp_path / "car.png")
    assert read(tmp_path / "car.png", "").cause in {cause, Miss.NOT_INSTALLED if PROGRAM is None else cause}
