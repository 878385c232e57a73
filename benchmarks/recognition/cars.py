"""A car with its plate, among what stands in a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.recognition.camera import Chance, Pixels
from benchmarks.recognition.plate_drawing import FONTS, Look, drawn
from benchmarks.recognition.sheets import font

_SCENE = (2000, 1500)
_COLOURS = ("#8f1f2b", "#1d3557", "#e8e8e6", "#20242a", "#6b705c", "#b8bcc2", "#3d6b4f", "#d9a514")


@dataclass(frozen=True, slots=True)
class Car:
    """One car of the set: its plate, how wide it is in the picture, and what is the matter with it."""

    look: Look
    width: int
    dirt: float = 0.0
    glare: float = 0.0


def scene_of(car: Car, chance: Chance) -> Pixels:
    """The scene before a camera sees it (BGR), and the plate somewhere in its lower half."""
    image = Image.new("RGB", _SCENE, "#9a9c9e")
    draw = ImageDraw.Draw(image)
    _workshop(draw, chance)
    middle = round(_SCENE[0] / 2 + chance.uniform(-200, 200)), round(_SCENE[1] * chance.uniform(0.55, 0.75))
    scale = car.width / car.look.size_mm[0] * _SCENE[0] / 1280
    _body(draw, middle, max(0.5, scale), chance)
    clean = drawn(car.look, 1040, FONTS[chance.integers(len(FONTS))])
    wide = round(car.width * _SCENE[0] / 1280)
    high = round(wide * car.look.size_mm[1] / car.look.size_mm[0])
    plate = _soiled(clean, car, chance).resize((wide, high), Image.Resampling.LANCZOS)
    frame = high // 9
    left, top = middle[0] - wide // 2, middle[1] - plate.height // 2
    draw.rectangle((left - frame, top - frame, left + wide + frame, top + plate.height + 3 * frame), "#0c0c0e")
    draw.text((middle[0], top + plate.height + frame), "автоцентр.бел", "#dddddd", font(max(8, frame * 2)), anchor="ma")
    image.paste(plate, (left, top))
    return np.ascontiguousarray(np.asarray(image)[..., ::-1])


def _workshop(draw: ImageDraw.ImageDraw, chance: Chance) -> None:
    for _ in range(14):
        x, y = chance.uniform(0, _SCENE[0]), chance.uniform(0, _SCENE[1] * 0.6)
        wide, high = chance.uniform(40, 500, 2)
        shade = tuple(int(part) for part in chance.integers(40, 220, 3))
        draw.rectangle((x, y, x + wide, y + high), shade)
    for place, words in enumerate(("ПОСТ 3", "CASTROL", "8 800 200-30-40", "Не курить", "5W-30")):
        at = (chance.uniform(0, _SCENE[0] * 0.8), 40 + place * 90)
        draw.text(at, words, "#f0f0e8", font(int(chance.uniform(24, 60)), FONTS[0]))
    draw.rectangle((0, _SCENE[1] * 0.8, *_SCENE), "#5b5d60")


def _body(draw: ImageDraw.ImageDraw, middle: Sequence[int], scale: float, chance: Chance) -> None:
    """Body, grille with its slats, lamps, bumper: all that looks like a plate and is none."""
    x, y = middle
    reach = 900 * scale
    draw.rounded_rectangle((x - reach, y - 520 * scale, x + reach, y + 260 * scale), 60, _COLOURS[chance.integers(8)])
    draw.rounded_rectangle((x - 430 * scale, y - 330 * scale, x + 430 * scale, y - 130 * scale), 20, "#18181a")
    for slat in range(9):
        top = y - (310 - slat * 20) * scale
        draw.line((x - 410 * scale, top, x + 410 * scale, top), "#77797c", max(2, round(5 * scale)))
    for side in (-1, 1):
        lamp = (x + side * 650 * scale, y - 260 * scale)
        wide, high = 150 * scale, 80 * scale
        draw.ellipse((lamp[0] - wide, lamp[1] - high, lamp[0] + wide, lamp[1] + high), "#f2efdc", "#333333", 8)
    draw.rectangle((x - reach, y - 90 * scale, x + reach, y + 95 * scale), _COLOURS[chance.integers(8)])


def _soiled(plate: Image.Image, car: Car, chance: Chance) -> Image.Image:
    pixels = np.asarray(plate, np.float32)
    height, width = pixels.shape[:2]
    if car.dirt:
        spots = chance.normal(0, 1, (height // 8 + 1, width // 8 + 1)).astype(np.float32)
        cover = np.clip(
            cv2.resize(spots, (width, height), interpolation=cv2.INTER_CUBIC) - 1.2 + car.dirt * 1.6, 0, 0.85
        )
        pixels = pixels * (1 - cover[..., None]) + np.array((112, 96, 74), np.float32) * cover[..., None]
    if car.glare:
        rows, columns = np.mgrid[0:height, 0:width]
        at = chance.uniform(0.1, 0.9) * width
        light = (
            np.exp(-(((columns - at) / (0.16 * width)) ** 2) - ((rows - height / 2) / height) ** 2) * 330 * car.glare
        )
        pixels = pixels + light[..., None].astype(np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
