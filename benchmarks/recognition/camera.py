"""What happens to a scene on its way into a phone and through Telegram."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

TELEGRAM_SIDE = 1280
Pixels = np.ndarray[Any, np.dtype[np.uint8]]
Chance = np.random.Generator


@dataclass(frozen=True, slots=True)
class Shot:
    """How a picture is taken. Angles in degrees, blur in pixels of the result, light as a factor."""

    side: int = TELEGRAM_SIDE
    tilt: float = 0.08
    roll: float = 6.0
    blur: float = 0.6
    motion: float = 0.0
    light: float = 1.0
    noise: float = 4.0
    quality: int = 85


def photographed(scene: Pixels, shot: Shot, chance: Chance) -> Pixels:
    """A scene (BGR) as it arrives."""
    seen = _in_perspective(scene, shot, chance)
    scale = shot.side / max(seen.shape[:2])
    seen = np.asarray(cv2.resize(seen, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    lit = _lit(seen.astype(np.float32), shot, chance)
    soft = _moved(cv2.GaussianBlur(lit, (0, 0), shot.blur) if shot.blur > 0 else lit, shot.motion, chance)
    grain = chance.normal(0, shot.noise, seen.shape).astype(np.float32)
    done, packed = cv2.imencode(".jpg", np.clip(soft + grain, 0, 255).astype(np.uint8), (1, shot.quality))
    assert done
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)


def bent(scene: Pixels, chance: Chance) -> Pixels:
    """Paper that does not lie flat: two slow waves, of up to a hundredth of the page."""
    height, width = scene.shape[:2]
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    reach, turn = chance.uniform(0.002, 0.01, 2), chance.uniform(0, 2 * np.pi)
    wave = 2 * np.pi * across / (chance.uniform(0.6, 1.5) * width) + turn
    moved = (across + reach[0] * width * np.sin(wave + down / height), down + reach[1] * height * np.sin(wave))
    return np.asarray(
        cv2.remap(scene, *(each.astype(np.float32) for each in moved), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT),
        np.uint8,
    )


def _in_perspective(scene: Pixels, shot: Shot, chance: Chance) -> Pixels:
    height, width = scene.shape[:2]
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    shift = chance.uniform(-shot.tilt, shot.tilt, (4, 2)) * (width, height) / 2
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(chance.uniform(-shot.roll, shot.roll)), 1.0)
    moved = cv2.transform((corners + shift)[None].astype(np.float32), turn)[0]
    matrix = cv2.getPerspectiveTransform(corners, moved.astype(np.float32))
    return np.asarray(
        cv2.warpPerspective(scene, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT),
        np.uint8,
    )


def _lit(seen: Any, shot: Shot, chance: Chance) -> Any:
    """Brighter on one side than on the other, sometimes with somebody's shadow."""
    height, width = seen.shape[:2]
    across = np.linspace(*chance.uniform(0.75, 1.1, 2), width)[None, :]
    down = np.linspace(*chance.uniform(0.75, 1.1, 2), height)[:, None]
    light = (across * down).astype(np.float32) * shot.light
    if chance.random() < 0.3:
        edge = np.array(
            [(chance.uniform(0, width), 0), (width, 0), (width, height), (chance.uniform(0, width), height)]
        )
        shadow = np.zeros((height, width), np.float32)
        cv2.fillPoly(shadow, [edge.astype(np.int32)], 1.0)
        light = light * (1 - 0.45 * cv2.GaussianBlur(shadow, (0, 0), 12))
    return seen * light[..., None]


def _moved(seen: Any, length: float, chance: Chance) -> Any:
    if length < 1:
        return seen
    side = int(length) * 2 + 1
    kernel = np.zeros((side, side), np.float32)
    reach = chance.uniform(0, np.pi)
    step = np.array((np.cos(reach), np.sin(reach))) * length / 2
    start, end = (
        tuple(np.rint(np.array((side // 2, side // 2)) + sign * step).astype(int).tolist()) for sign in (-1, 1)
    )
    cv2.line(kernel, start, end, 1.0)
    return cv2.filter2D(seen, -1, kernel / kernel.sum())
