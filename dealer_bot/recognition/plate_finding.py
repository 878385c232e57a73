"""Where in a picture a plate may be: found by its symbols, by its edges and by its sheet; cut out and laid level."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey, scaled

LOOKED_AT = 1280
STRIP_HEIGHT = 64
"""Pixels of a cut strip: tesseract likes capitals of 30 to 40."""

_LOWEST, _HIGHEST = 8, 140
_SLANT = 0.55
_FEWEST, _MOST = 4, 12

Corners = np.ndarray[Any, np.dtype[np.float32]]
Boxes = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Place:
    """Four corners in the picture (left top, right top, right bottom, left bottom), and how plate-like it is."""

    corners: Corners
    worth: float

    @property
    def middle(self) -> tuple[float, float]:
        x, y = self.corners.mean(axis=0)
        return float(x), float(y)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, in pixels."""
        a, b, c, d = self.corners
        wide = (np.linalg.norm(b - a) + np.linalg.norm(c - d)) / 2
        return float(wide), float((np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2)

    def is_by(self, other: "Place") -> bool:
        """Whether both are about the same plate."""
        (x, y), (u, v) = self.middle, other.middle
        (wide, high), (broad, tall) = self.size, other.size
        is_near = abs(x - u) < 0.2 * max(wide, broad) and abs(y - v) < 0.4 * max(high, tall)
        return is_near and 0.75 < wide / max(broad, 1.0) < 1.33

    def cut_from(self, grey: Grey) -> Grey:
        """The place, level, STRIP_HEIGHT high."""
        wide, high = self.size
        width = int(np.clip(STRIP_HEIGHT * wide / max(high, 1.0), STRIP_HEIGHT, STRIP_HEIGHT * 9))
        target = np.array([(0, 0), (width, 0), (width, STRIP_HEIGHT), (0, STRIP_HEIGHT)], np.float32)
        turn = cv2.getPerspectiveTransform(self.corners, target)
        strip = cv2.warpPerspective(
            grey, turn, (width, STRIP_HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(strip, np.uint8)


def found_in(grey: Grey) -> list[Place]:
    """Places that may hold a plate, the likeliest first, in the picture's own pixels."""
    scale = min(1.0, LOOKED_AT / max(grey.shape))
    small = scaled(grey, scale) if scale < 1 else grey
    kept: list[Place] = []
    for place in sorted(_candidates(small), key=lambda place: -place.worth):
        if not any(place.is_by(other) for other in kept):
            kept.append(place)
    return [Place((place.corners / scale).astype(np.float32), place.worth) for place in kept]


def _candidates(grey: Grey) -> Iterator[Place]:
    for block in (19, 45):
        yield from _rows_of_symbols(_ink(grey, block))
    yield from _sheets(grey)
    yield from _busy_stretches(grey)


def _ink(grey: Grey, block: int) -> Grey:
    calm = cv2.GaussianBlur(grey, (3, 3), 0)
    kinds = cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV
    return np.asarray(cv2.adaptiveThreshold(calm, 255, *kinds, block, 9), np.uint8)


def _rows_of_symbols(ink: Grey) -> Iterator[Place]:
    """Dark shapes of one height side by side."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    boxes = stats[1:, :4].astype(np.float32)
    wide, high, area = boxes[:, 2], boxes[:, 3], stats[1:, 4]
    fit = (high >= _LOWEST) & (high <= _HIGHEST) & (wide <= 1.1 * high) & (wide >= 0.12 * high)
    fit &= (area >= 0.15 * wide * high) & (area <= 0.95 * wide * high)
    boxes = boxes[fit]
    for row in _chained(boxes):
        if _FEWEST <= len(row) <= _MOST:
            yield from _around(boxes[row])


def _chained(boxes: Boxes) -> list[list[int]]:
    """Boxes that stand next to each other, at one height, in rows from left to right."""
    order = np.argsort(boxes[:, 0])
    boxes = boxes[order]
    left, right = boxes[:, 0], boxes[:, 0] + boxes[:, 2]
    middle, high = boxes[:, 1] + boxes[:, 3] / 2, boxes[:, 3]
    rows: list[list[int]] = []
    row_of: dict[int, int] = {}
    for at in range(len(boxes)):
        after = np.arange(at + 1, min(at + 400, len(boxes)))
        gap = left[after] - right[at]
        even = (high[after] / high[at] > 0.78) & (high[after] / high[at] < 1.28)
        level = np.abs(middle[after] - middle[at]) < 0.16 * high[at] + _SLANT * (left[after] - left[at]).clip(0)
        near = after[even & level & (gap > -0.25 * high[at]) & (gap < 1.1 * high[at])]
        if at not in row_of:
            row_of[at] = len(rows)
            rows.append([at])
        if len(near) and int(near[0]) not in row_of:
            row_of[int(near[0])] = row_of[at]
            rows[row_of[at]].append(int(near[0]))
    return [[int(order[at]) for at in row] for row in rows]


def _around(row: Boxes) -> Iterator[Place]:
    """The strip through tops and bottoms of symbols, with a margin for those that were missed at its ends."""
    x = row[:, 0] + row[:, 2] / 2
    high = float(np.median(row[:, 3]))
    top, bottom = np.polyfit(x, row[:, 1], 1), np.polyfit(x, row[:, 1] + row[:, 3], 1)
    off = np.abs(np.polyval(bottom, x) - row[:, 1] - row[:, 3]).mean() / high
    left, right = float(row[:, 0].min()), float((row[:, 0] + row[:, 2]).max())
    long = (right - left) / high
    if off > 0.15 or not 2.0 < long < 12:
        return
    worth = 10 - abs(len(row) - 7.5) - 8 * off - abs(long - 5.5) / 2
    for margin in (0.35, 1.6) if long < 5 else (0.35,):
        ends = np.array((left - margin * high, right + margin * high))
        slack = 0.28 * high
        over, under = np.polyval(top, ends) - slack, np.polyval(bottom, ends) + slack
        corners = [(ends[0], over[0]), (ends[1], over[1]), (ends[1], under[1]), (ends[0], under[0])]
        yield Place(np.array(corners, np.float32), worth - margin)


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
    if long < 60 or short < 14 or not 2.6 < long / short < 7.5:
        return None
    hull = cv2.convexHull(outline)
    if cv2.contourArea(hull) < 0.72 * long * short:
        return None
    sharp = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, True), True)
    corners = sharp.reshape(-1, 2) if len(sharp) == 4 else cv2.boxPoints(cv2.minAreaRect(outline))
    ordered = _ordered(np.asarray(corners, np.float32))
    slope = abs(float(ordered[1][1] - ordered[0][1])) / max(1.0, float(ordered[1][0] - ordered[0][0]))
    if slope > 0.8:
        return None
    return Place(ordered, 6.5 - abs(long / short - 4.6) + (0.5 if len(sharp) == 4 else 0))


def _ordered(corners: Corners) -> Corners:
    """Left top, right top, right bottom, left bottom."""
    by_x = corners[np.argsort(corners[:, 0])]
    left, right = by_x[:2][np.argsort(by_x[:2, 1])], by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array((left[0], right[0], right[1], left[1]), np.float32)


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
    yield Place(_ordered(np.asarray(corners, np.float32)), 4.5 - abs(wide / high - 4.8) / 2)
