"""Draws the sample pictures of the demo into dealer_bot/samples: python scripts/draw_samples.py [FONT.ttf].

The pictures are in the repository; run this only to change them. Those with a barcode or a plate to be read come from
`benchmarks.recognition.samples`.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

SAMPLES = Path(__file__).resolve().parent.parent / "dealer_bot" / "samples"
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansCondensed-Bold.ttf"
SIZE = (1280, 960)
PLATE = "0124 MH-1"

Draw = ImageDraw.ImageDraw


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(sys.argv[1] if len(sys.argv) > 1 else FONT, size)


def draw_plate(draw: Draw, left: int, top: int, height: int) -> None:
    """A Belarusian plate; its width is 4.6 times its height."""
    width = int(height * 4.6)
    draw.rounded_rectangle((left, top, left + width, top + height), height // 8, "white", "black", max(2, height // 30))
    draw.rectangle((left + height // 12, top + height // 5, left + height // 2, top + height // 2), fill="#c8313e")
    draw.rectangle((left + height // 12, top + height // 2, left + height // 2, top + height * 6 // 10), fill="#4aa657")
    middle = (left + width // 2 + height // 4, top + height // 2)
    draw.text(middle, PLATE, "black", font(int(height * 0.72)), anchor="mm")


def garage(draw: Draw) -> None:
    """A wall, a floor, a lamp."""
    for row in range(SIZE[1]):
        shade = 205 - row // 14 if row < 640 else 120 - (row - 640) // 8
        draw.line((0, row, SIZE[0], row), fill=(shade, shade, min(255, shade + 6)))
    draw.rounded_rectangle((390, 40, 890, 62), 8, fill="#fffbe6")


def car_front(draw: Draw) -> None:
    garage(draw)
    draw.polygon([(360, 250), (920, 250), (1010, 450), (270, 450)], fill="#26323d")
    draw.rounded_rectangle((180, 430, 1100, 760), 60, fill="#8f1f2b")
    draw.rounded_rectangle((430, 500, 850, 590), 20, fill="#1b1b1d")
    for left in (220, 930):
        draw.ellipse((left, 480, left + 130, 570), fill="#f5f1da", outline="#444444", width=6)
        draw.rounded_rectangle((left, 740, left + 120, 860), 30, fill="#111111")
    draw_plate(draw, 430, 640, 92)


def panel(draw: Draw, colour: tuple[int, int, int]) -> None:
    """A piece of bodywork with light running over it."""
    for row in range(SIZE[1]):
        light = int(70 * max(0.0, 1 - abs(row - 300) / 260))
        draw.line((0, row, SIZE[0], row), fill=tuple(min(255, part + light) for part in colour))
    draw.arc((700, 520, 1500, 1320), 170, 280, fill="#111111", width=90)


def scratch(draw: Draw) -> None:
    panel(draw, (52, 78, 120))
    for shift in range(5):
        draw.line([(240, 420 + shift * 9), (520, 380 + shift * 6), (860, 430 + shift * 4)], fill="#e4e9ef", width=3)


def dent(draw: Draw) -> None:
    panel(draw, (110, 112, 116))
    for ring in range(110, 0, -2):
        shade = 150 - ring
        draw.ellipse((470 - ring * 2, 430 - ring, 470 + ring * 2, 430 + ring), fill=(shade, shade, shade + 4))


def on_the_lift(draw: Draw) -> None:
    garage(draw)
    for left in (200, 1020):
        draw.rectangle((left, 120, left + 60, 860), fill="#d9a514")
    draw.rounded_rectangle((250, 300, 1030, 430), 50, fill="#3d6b4f")
    draw.polygon([(420, 300), (500, 210), (800, 210), (880, 300)], fill="#26323d")
    for left in (330, 830):
        draw.ellipse((left, 370, left + 130, 500), fill="#151515", outline="#777777", width=14)
    draw.rectangle((240, 470, 1040, 500), fill="#b78a10")


def ready(draw: Draw) -> None:
    car_front(draw)
    draw.polygon([(1030, 120), (1090, 180), (1200, 60), (1220, 84), (1092, 222), (1008, 144)], fill="#2e9e4f")


PICTURES: dict[str, Callable[[Draw], None]] = {
    "scratch_on_the_wing": scratch,
    "dent_in_the_door": dent,
    "on_the_lift": on_the_lift,
    "ready_for_the_client": ready,
}


def main() -> None:
    SAMPLES.mkdir(exist_ok=True)
    for name, paint in PICTURES.items():
        picture = Image.new("RGB", SIZE)
        paint(ImageDraw.Draw(picture))
        picture.filter(ImageFilter.GaussianBlur(0.7)).save(SAMPLES / f"{name}.jpg", quality=50, optimize=True)


if __name__ == "__main__":
    main()
