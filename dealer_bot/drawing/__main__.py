"""The last weeks as a picture: `python -m dealer_bot.drawing`, days as JSON on stdin, a PNG on stdout."""

import json
import sys

from PIL import Image, ImageDraw

WIDTH, HEIGHT, MARGIN, FOOT = 1080, 640, 48, 76
GROUND, STAFF, CLIENTS, LINES, WORDS = "#ffffff", "#2f6fdb", "#f08a24", "#e3e6ea", "#5b6470"
LETTER = 40
"""A phone shows the picture at a third of its size: 13 points."""
GRID = 4

Day = tuple[str, int, int]


def draw(days: list[Day]) -> Image.Image:
    """Two bars a day: what staff sent, what clients sent."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(image)
    most = max([1, *(max(staff, clients) for _, staff, clients in days)])
    grid = min(GRID, most)
    for step in range(grid + 1):
        y = _height(most * step / grid, most)
        pen.line((MARGIN, y, WIDTH - MARGIN, y), fill=LINES, width=2)
        pen.text((MARGIN, y - LETTER - 4), str(round(most * step / grid)), fill=WORDS, font_size=LETTER)
    width = (WIDTH - 3 * MARGIN) / max(1, len(days))
    for number, (name, staff, clients) in enumerate(days):
        left = 2 * MARGIN + number * width
        _bar(pen, left + width * 0.12, width * 0.38, staff, most, STAFF)
        _bar(pen, left + width * 0.52, width * 0.38, clients, most, CLIENTS)
        if (len(days) - 1 - number) % 7 == 0:
            day = f"{name[8:10]}.{name[5:7]}"
            pen.text((left + width / 2, HEIGHT - FOOT + 12), day, fill=WORDS, anchor="ma", font_size=LETTER)
    return image


def _bar(pen: ImageDraw.ImageDraw, left: float, width: float, count: int, most: int, colour: str) -> None:
    if count:
        pen.rectangle((left, _height(count, most), left + width, HEIGHT - FOOT), fill=colour)


def _height(count: float, most: int) -> float:
    return HEIGHT - FOOT - (HEIGHT - FOOT - 2 * MARGIN) * count / most


def main() -> None:
    days = [(str(name), int(staff), int(clients)) for name, staff, clients in json.load(sys.stdin)]
    draw(days).save(sys.stdout.buffer, format="PNG", optimize=True)


if __name__ == "__main__":
    main()
