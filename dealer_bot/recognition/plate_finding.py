"""Where in a picture a plate may be: found by its symbols, by its sheet and by its edges, the cheapest way first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey, scaled
from dealer_bot.recognition.places import Place, ordered
from dealer_bot.recognition.symbol_rows import rows_in

LOOKED_AT = 1280
_AGAIN = 2.0
"""Each further way of cutting out one plate is worth so much less: other places come first."""

_ROW_WITHIN = 5.0


def found_in(grey: Grey) -> list[Place]:
    """Places that may hold a plate, the likeliest first, in the picture's own pixels."""
    scale = min(1.0, LOOKED_AT / max(grey.shape))
    small = scaled(grey, scale) if scale < 1 else grey
    rows = [row for block in (19, 45) for row in rows_in(_ink(small, block))]
    sheets = [_with_a_row(sheet, rows) for sheet in _sheets(small)]
    return [place.scaled(1 / scale) for place in _each_once([*rows, *sheets, *_busy_stretches(small)])]


def _with_a_row(sheet: Place, rows: Iterable[Place]) -> Place:
    """A sheet with symbols in it is the best there is: its corners tell how to lay it level."""
    wide, high = sheet.size
    within = any(sheet.holds(row) and row.size[0] < 1.1 * wide and row.size[1] < 1.1 * high for row in rows)
    return replace(sheet, worth=sheet.worth + _ROW_WITHIN) if within else sheet


def _each_once(places: Sequence[Place]) -> list[Place]:
    """By worth; what is about a plate that another place is about already comes later."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: -place.worth):
        if not any(place.is_as(other) for other in kept):
            again = sum(place.holds(other) or other.holds(place) for other in kept)
            kept.append(replace(place, worth=place.worth - _AGAIN * again))
    return sorted(kept, key=lambda place: -place.worth)


def _ink(grey: Grey, block: int) -> Grey:
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    kinds = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return np.asarray(cv2.adaptiveThreshold(calm, 255, *kinds, block, 9), np.uint8)


def _sheets(grey: Grey) -> Iterator[Place]:
    """Light four-cornered sheets of a plate's proportions."""
    calm = np.asarray(cv2.bilateralFilter(grey, 5, 40, 5), np.uint8)
    for edges in (cv2.Canny(calm, 40, 120), _light(calm)):
        outlines, _ = cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        for outline in outlines:
            if len(outline) >= 4 and (place := _four_cornered(np.asarray(outline))) is not None:
                yield place


def _light(grey: Grey) -> Grey:
    kinds = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY
    return np.asarray(cv2.adaptiveThreshold(grey, 255, *kinds, 151, -8), np.uint8)


def _four_cornered(outline: "np.ndarray[Any, Any]") -> Place | None:
    (_, _), (wide, high), _ = cv2.minAreaRect(outline)
    long, short = max(wide, high), min(wide, high)
    lines = 1 if long / max(short, 1.0) > 2.2 else 2
    if long < 40 * (1 + (lines == 1) / 2) or short < 14 * lines or not 1.1 < long / short < 7.5:
        return None
    hull = cv2.convexHull(outline)
    if cv2.contourArea(hull) < 0.72 * long * short:
        return None
    sharp = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
    corners = sharp.reshape(-1, 2) if len(sharp) == 4 else cv2.boxPoints(cv2.minAreaRect(outline))
    level = ordered(np.asarray(corners, np.float32))
    slope = abs(float(level[1][1] - level[0][1])) / max(1.0, float(level[1][0] - level[0][0]))
    if slope > 0.8 or level[1][0] - level[0][0] < 0.6 * long:
        return None
    usual = abs(long / short - 4.6) if lines == 1 else 1.5 + abs(long / short - 1.6)
    return Place(level, 5.5 - usual + (0.5 if len(sharp) == 4 else 0), lines)


def _busy_stretches(grey: Grey) -> Iterator[Place]:
    """Stretches with many upright edges close together: what is left of symbols that blur has joined."""
    for size in (9, 19):
        hollow = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, np.ones((size, size * 2), np.uint8))
        upright = np.abs(np.asarray(cv2.Sobel(hollow, cv2.CV_32F, 1, 0)))
        level = cv2.convertScaleAbs(cv2.GaussianBlur(upright, (5, 5), 0), alpha=0.5)
        joined = cv2.morphologyEx(level, cv2.MORPH_CLOSE, np.ones((size // 2, size * 2), np.uint8))
        _, mask = cv2.threshold(joined, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
        outlines, _ = cv2.findContours(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((5, 9), np.uint8)),
                                       cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)  # fmt: skip
        for outline in outlines:
            yield from _stretch(np.asarray(outline))


def _stretch(outline: "np.ndarray[Any, Any]") -> Iterator[Place]:
    (x, y), (wide, high), angle = cv2.minAreaRect(outline)
    if wide < high:
        wide, high, angle = high, wide, angle + 90
    if wide < 60 or high < 10 or not 2.5 < wide / high < 9 or abs((angle + 90) % 180 - 90) > 35:
        return
    corners = cv2.boxPoints(((x, y), (wide * 1.08, high * 1.25), angle))
    yield Place(ordered(np.asarray(corners, np.float32)), 4.5 - abs(wide / high - 4.8) / 2)
