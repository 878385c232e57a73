"""The front of a car with a Belarusian plate, among what stands in a workshop."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.recognition.camera import Chance, Pixels
from benchmarks.recognition.sheets import font

LETTERS = "ABEIKMHOPCTX"
PLATE_MM = (520, 112)
_FONTS = ("DejaVuSansCondensed-Bold", "DejaVuSans-Bold", "DejaVuSansMono-Bold", "DejaVuSansCondensed")
_SCENE = (2000, 1500)
_COLOURS = ("#8f1f2b", "#1d3557", "#e8e8e6", "#20242a", "#6b705c", "#b8bcc2", "#3d6b4f", "#d9a514")


@dataclass(frozen=True, slots=True)
class Car:
    """One car of the set: its plate as `1234AB-5`, how wide it is in the picture, and what is the matter with it."""

    plate: str
    width: int
    dirt: float = 0.0
    glare: float = 0.0


def some_plate(chance: Chance) -> str:
    digits = "".join(map(str, chance.integers(0, 10, 4)))
    letters = "".join(LETTERS[at] for at in chance.integers(0, len(LETTERS), 2))
    return f"{digits}{letters}-{chance.integers(1, 8)}"


def plate_image(plate: str, width: int = 1040, font_name: str = _FONTS[0], *, has_flag: bool = True) -> Image.Image:
    """A plate in front: four digits, two letters, the region; with the flag or without, as they were made."""
    height = round(width * PLATE_MM[1] / PLATE_MM[0])
    image = Image.new("RGB", (width, height), "#f4f4f0")
    draw = ImageDraw.Draw(image)
    edge = max(2, height // 28)
    draw.rounded_rectangle((0, 0, width - 1, height - 1), height // 8, outline="#111111", width=edge)
    left = edge * 3
    if has_flag:
        _flag(draw, left, height)
        left = round(height * 0.62)
    text = f"{plate[:4]} {plate[4:]}"
    letters = font(round(height * 0.74), font_name)
    squeezed = Image.new("L", (round(draw.textlength(text, letters)) + 8, height), 0)
    ImageDraw.Draw(squeezed).text((4, height / 2), text, 255, letters, anchor="lm")
    room = (width - left - edge * 4, height)
    mask = squeezed.resize((min(room[0], round(squeezed.width * 1.15)), height))
    image.paste("#15151a", (left + (room[0] - mask.width) // 2, 0), mask)
    return image


def _flag(draw: ImageDraw.ImageDraw, left: int, height: int) -> None:
    box = (left, height * 0.2, left + height * 0.38, height * 0.5)
    draw.rectangle(box, "#c8313e")
    draw.rectangle((box[0], height * 0.42, box[2], box[3]), "#4aa657")
    draw.text((left + height * 0.19, height * 0.68), "BY", "#15151a", font(round(height * 0.24)), anchor="mm")


def scene_of(car: Car, chance: Chance) -> Pixels:
    """The scene before a camera sees it (BGR), and the plate somewhere in its lower half."""
    image = Image.new("RGB", _SCENE, "#9a9c9e")
    draw = ImageDraw.Draw(image)
    _workshop(draw, chance)
    middle = round(_SCENE[0] / 2 + chance.uniform(-200, 200)), round(_SCENE[1] * chance.uniform(0.55, 0.75))
    scale = car.width / 520 * _SCENE[0] / 1280
    _body(draw, middle, max(0.5, scale), chance)
    plate = plate_image(car.plate, 1040, _FONTS[chance.integers(len(_FONTS))], has_flag=bool(chance.random() < 0.8))
    wide = round(car.width * _SCENE[0] / 1280)
    plate = _soiled(plate, car, chance).resize(
        (wide, round(wide * PLATE_MM[1] / PLATE_MM[0])), Image.Resampling.LANCZOS
    )
    frame = wide // 40
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
        draw.text(at, words, "#f0f0e8", font(int(chance.uniform(24, 60)), _FONTS[0]))
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
