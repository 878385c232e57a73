"""A place in a picture that may hold a plate: four corners, from which it is cut out and laid level."""

from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey

STRIP_HEIGHT = 64
"""Pixels of a cut strip: tesseract likes capitals of 30 to 40."""

_WIDEST = 9

Corners = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Place:
    """Left top, right top, right bottom, left bottom; how plate-like it is; on how many lines its symbols stand."""

    corners: Corners
    worth: float
    lines: int = 1

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

    def is_as(self, other: "Place") -> bool:
        """Whether both would be cut out the same."""
        (x, y), (u, v) = self.middle, other.middle
        (wide, high), (broad, tall) = self.size, other.size
        is_near = abs(x - u) < 0.08 * max(wide, broad) and abs(y - v) < 0.15 * max(high, tall)
        return is_near and 0.85 < wide / max(broad, 1.0) < 1.18 and 0.8 < high / max(tall, 1.0) < 1.25

    def holds(self, other: "Place") -> bool:
        """Whether the other one's middle is within this one."""
        x, y = other.middle
        return cv2.pointPolygonTest(self.corners, (x, y), False) >= 0

    def scaled(self, scale: float) -> "Place":
        return replace(self, corners=(self.corners * scale).astype(np.float32))

    def cut_from(self, grey: Grey) -> Grey:
        """The place, level, STRIP_HEIGHT high; two lines side by side."""
        if self.lines == 1:
            return self._level(grey, STRIP_HEIGHT)
        both = self._level(grey, 2 * STRIP_HEIGHT)
        quiet = cv2.GaussianBlur(both, (1, 5), 0).astype(np.float32).mean(axis=1)
        at = STRIP_HEIGHT * 3 // 4 + int(np.argmax(quiet[STRIP_HEIGHT * 3 // 4 : STRIP_HEIGHT * 5 // 4]))
        upper, lower = (cv2.resize(line, (both.shape[1], STRIP_HEIGHT)) for line in (both[:at], both[at:]))
        return np.asarray(np.hstack((upper, lower)), np.uint8)

    def _level(self, grey: Grey, tall: int) -> Grey:
        wide, high = self.size
        width = int(np.clip(tall * wide / max(high, 1.0), tall // 2, STRIP_HEIGHT * _WIDEST))
        target = np.array([(0, 0), (width, 0), (width, tall), (0, tall)], np.float32)
        turn = cv2.getPerspectiveTransform(self.corners, target)
        how = cv2.INTER_CUBIC
        return np.asarray(cv2.warpPerspective(grey, turn, (width, tall), flags=how, borderMode=cv2.BORDER_REPLICATE))


def ordered(corners: Corners) -> Corners:
    """Left top, right top, right bottom, left bottom."""
    by_x = corners[np.argsort(corners[:, 0])]
    left, right = by_x[:2][np.argsort(by_x[:2, 1])], by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array((left[0], right[0], right[1], left[1]), np.float32)
