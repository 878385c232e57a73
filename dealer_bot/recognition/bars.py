"""Where in a picture bars stand side by side: found by the direction of their edges, cut out and laid level."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey, scaled

_LOOKED_AT = 1280
_WINDOW = 25
"""Pixels in which edges must agree: several bars of a work order that just fills the picture."""

_AGREE = 0.7
_CANCEL = 0.15
"""Bars climb as often as they fall; the edge of a car or of a table only climbs."""

_FAINT = 6400.0
"""Mean squared gradient of bars that a camera has just noticed."""

_SHORTEST, _LOWEST, _FILLED = 90, 10, 0.45
_MOST = 4
_MARGIN = 0.08
"""Of the length, on each side: a code needs blank paper around it, and its end may have been missed by a little."""

Plane = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Bars:
    """A row of bars: its middle, its length across the bars, its height along them, in pixels; the angle in degrees."""

    x: float
    y: float
    length: float
    height: float
    angle: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the picture lies on these bars."""
        turn = np.radians(self.angle)
        along = (x - self.x) * np.cos(turn) + (y - self.y) * np.sin(turn)
        across = (y - self.y) * np.cos(turn) - (x - self.x) * np.sin(turn)
        return bool(abs(along) <= self.length / 2 and abs(across) <= self.height / 2 + 8)

    def lower(self, height: float) -> "Bars":
        """No higher than so many pixels."""
        return replace(self, height=min(self.height, height))

    def cut_from(self, grey: Grey, zoom: float) -> Grey:
        """The bars upright and level, with some paper at both ends, `zoom` times as large."""
        width = max(8, round(self.length * (1 + 2 * _MARGIN) * zoom))
        height = max(8, round(self.height * 0.9 * zoom))
        turn = cv2.getRotationMatrix2D((self.x, self.y), self.angle, zoom)
        turn[0, 2] += width / 2 - self.x
        turn[1, 2] += height / 2 - self.y
        cut = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(cut, np.uint8)


def located(grey: Grey) -> list[Bars]:
    """Rows of bars, the largest first; at most a few."""
    scale = min(1.0, _LOOKED_AT / max(grey.shape))
    found = sorted(_rows(scaled(grey, scale)), key=lambda bars: -bars.length * bars.height)
    return [_enlarged(bars, 1 / scale) for bars in found[:_MOST]]


def _enlarged(bars: Bars, by: float) -> Bars:
    return Bars(bars.x * by, bars.y * by, bars.length * by, bars.height * by, bars.angle)


def _rows(grey: Grey) -> Iterator[Bars]:
    mask, along, across = _agreeing(grey)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    for label in range(1, count):
        left, top, width, height, area = (int(value) for value in stats[label])
        if area < _SHORTEST * _LOWEST:
            continue
        window = np.s_[top : top + height, left : left + width]
        inside = labels[window] == label
        doubled = np.arctan2(across[window][inside].sum(), along[window][inside].sum())
        bars = _measured(np.argwhere(inside) + np.array((top, left)), float(doubled) / 2)
        if bars.length >= _SHORTEST and bars.height >= _LOWEST and area >= _FILLED * bars.length * bars.height:
            yield bars


def _agreeing(grey: Grey) -> tuple[Grey, Plane, Plane]:
    """Where edges of one direction stand close together, and that direction as a doubled angle (cosine, sine)."""
    x = np.asarray(cv2.Scharr(grey, cv2.CV_32F, 1, 0), np.float32)
    y = np.asarray(cv2.Scharr(grey, cv2.CV_32F, 0, 1), np.float32)
    xx, yy, xy, mean_x, mean_y = (_mean(plane) for plane in (x * x, y * y, x * y, x, y))
    energy = xx + yy + 1.0
    along, across = xx - yy, 2 * xy
    agree = np.hypot(along, across) > _AGREE * energy
    cancel = mean_x * mean_x + mean_y * mean_y < _CANCEL * energy
    strong = energy > max(_FAINT, 0.08 * float(np.percentile(energy, 99)))
    mask = (agree & cancel & strong).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), np.uint8), along, across


def _mean(plane: Plane) -> Plane:
    return np.asarray(cv2.blur(plane, (_WINDOW, _WINDOW)), np.float32)


def _measured(points: "np.ndarray[Any, np.dtype[np.int64]]", turn: float) -> Bars:
    """The rectangle around points (row, column) whose long side lies at an angle of `turn` radians."""
    y, x = points[:, 0].astype(np.float64), points[:, 1].astype(np.float64)
    along, across = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    left, right = np.percentile(along, (1, 99))
    top, bottom = np.percentile(across, (3, 97))
    u, v = (left + right) / 2, (top + bottom) / 2
    middle = u * np.cos(turn) - v * np.sin(turn), u * np.sin(turn) + v * np.cos(turn)
    return Bars(float(middle[0]), float(middle[1]), float(right - left), float(bottom - top), float(np.degrees(turn)))
