"""Plates found by their symbols: shapes of one height side by side, on one line or on two."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.places import Place

_LOWEST, _HIGHEST = 8, 140
_SLANT = 0.55
_FEWEST, _MOST = 4, 12
_MOST_PAIRED = 6
"""Symbols on one of two lines."""

_SLACK = 0.28
"""Of the symbols' height: room above and below."""

Boxes = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class _Row:
    """Symbols from left to right; the line through their middles, `slope` and `start`; their height."""

    count: int
    left: float
    right: float
    slope: float
    start: float
    high: float
    uneven: float

    @property
    def long(self) -> float:
        """In heights of its symbols."""
        return (self.right - self.left) / self.high

    def middle_at(self, x: float) -> float:
        return self.slope * x + self.start


def rows_in(ink: Grey) -> Iterator[Place]:
    """`ink`: white where something dark is drawn."""
    boxes = _boxes(ink)
    rows = [row for each in _chained(boxes) if 2 <= len(each) <= _MOST and (row := _row(boxes[each])).uneven < 0.15]
    for row in rows:
        if row.count >= _FEWEST and 2.0 < row.long < 12:
            worth = 10 - abs(row.count - 7.5) - 8 * row.uneven - abs(row.long - 5.5) / 2
            for margin in (0.35, 1.6) if row.long < 5 else (0.35,):
                yield Place(_around(row, row, margin), worth - margin)
    for upper, lower in permutations([row for row in rows if row.count <= _MOST_PAIRED], 2):
        if _is_over(upper, lower):
            usual = abs(upper.count + lower.count - 7)
            yield Place(_around(upper, lower, 0.3), 9 - usual - 8 * (upper.uneven + lower.uneven), 2)


def _boxes(ink: Grey) -> Boxes:
    """Of shapes that may be symbols: left, top, width, height."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    boxes = stats[1:, :4].astype(np.float32)
    wide, high, area = boxes[:, 2], boxes[:, 3], stats[1:, 4]
    fit = (high >= _LOWEST) & (high <= _HIGHEST) & (wide <= 1.1 * high) & (wide >= 0.12 * high)
    fit &= (area >= 0.15 * wide * high) & (area <= 0.95 * wide * high)
    return np.asarray(boxes[fit], np.float32)


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


def _row(row: Boxes) -> _Row:
    x, y = row[:, 0] + row[:, 2] / 2, row[:, 1] + row[:, 3] / 2
    high = float(np.median(row[:, 3]))
    slope, start = np.polyfit(x, y, 1)
    uneven = float(np.abs(slope * x + start - y).mean() + np.abs(row[:, 3] - high).mean() / 2) / high
    left, right = float(row[:, 0].min()), float((row[:, 0] + row[:, 2]).max())
    return _Row(len(row), left, right, float(slope), float(start), high, uneven)


def _is_over(upper: _Row, lower: _Row) -> bool:
    """Two lines of one plate: of one height, close to each other, over each other."""
    x = (upper.left + upper.right) / 2
    apart = (lower.middle_at(x) - upper.middle_at(x)) / upper.high
    shared = min(upper.right, lower.right) - max(upper.left, lower.left)
    is_even = 0.75 < lower.high / upper.high < 1.33 and upper.long < 5 and lower.long < 5
    is_close = 1.0 < apart < 2.0 and upper.count + lower.count >= _FEWEST + 1
    return is_even and is_close and shared > 0.5 * max(upper.right - upper.left, lower.right - lower.left)


def _around(upper: _Row, lower: _Row, margin: float) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """Corners around the symbols, at right angles to their line, with a margin for those missed at the ends."""
    left = min(upper.left, lower.left) - margin * upper.high
    right = max(upper.right, lower.right) + margin * upper.high
    slope = upper.slope if upper.count >= lower.count else lower.slope
    across = np.array((-slope, 1.0)) / np.hypot(1.0, slope)
    rise, fall = ((0.5 + _SLACK) * row.high for row in (upper, lower))
    over = [np.array((x, upper.middle_at(x))) - across * rise for x in (left, right)]
    under = [np.array((x, lower.middle_at(x))) + across * fall for x in (right, left)]
    return np.array([*over, *under], np.float32)
