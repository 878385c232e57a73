"""A strip that leans, or whose symbols blur has joined, is made fit to be read."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.strips import cleaned


def _strip(leaning: float = 0.0, blur: float = 0.0) -> Grey:
    """`leaning`: pixels to the side for each one up, as a plate seen from above and from the side."""
    picture = Image.new("L", (340, 64), 235)
    ImageDraw.Draw(picture).text((170, 32), "7012 ME-7", 25, ImageFont.load_default(52), anchor="mm", stroke_width=1)
    shear = (1, leaning, -32 * leaning, 0, 1, 0)
    strip = np.asarray(picture.transform(picture.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC, 1, 235))
    return np.asarray(cv2.GaussianBlur(strip, (0, 0), blur), np.uint8) if blur else strip


def _apart(one: Grey, other: Grey) -> float:
    return float(np.abs(one.astype(int) - other).mean())


@pytest.mark.parametrize("leaning", [-0.4, -0.2, 0.2, 0.4])
def test_a_strip_that_leans_is_also_given_upright(leaning: float) -> None:
    straight, leant = list(cleaned(_strip())), list(cleaned(_strip(leaning)))
    assert _apart(leant[3], straight[3]) < _apart(leant[1], straight[1]) / 2


def test_a_strip_that_stands_upright_is_not_made_to_lean() -> None:
    _, even, _, sharp = cleaned(_strip())
    assert _apart(sharp, even) < 15


def test_what_blur_has_smeared_is_also_given_in_black_and_white() -> None:
    _, even, _, sharp = cleaned(_strip(blur=4))
    assert _neither_black_nor_white(sharp) < _neither_black_nor_white(even) / 2


def _neither_black_nor_white(strip: Grey) -> float:
    return float(((strip > 40) & (strip < 215)).mean())
