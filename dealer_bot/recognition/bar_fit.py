"""How exactly lines follow one code: where it lies, how blurred it is, and what of the light it leaves unexplained."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from dealer_bot.domain.code128 import SYMBOL_MODULES
from dealer_bot.recognition.bar_lines import SAMPLES, WIDE, blurred, flat
from dealer_bot.recognition.bar_places import Likely, samples_at
from dealer_bot.recognition.families import Rows

_FINE = 6
"""Steps of a drawn pattern to a module."""

PAPER = 20
"""Modules of white paper around what is drawn."""
_BEND = 4
"""How freely a line may bend: paper is never flat, and never crumpled within a code."""

_STEPS = 7
_SHARP, _SOFT = 0.3, 2.5
"""Modules by which bars may be blurred (standard deviation)."""

_EVEN = 5 * SYMBOL_MODULES * SAMPLES
"""Samples over which the contrast may change: five symbols."""

Cube = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Fit:
    """A code laid on lines. For each sample of each line: the module it shows, the contrast there, and what is left of
    the light when the code is taken away. `alike`: 1 where nothing is left."""

    module: Rows
    contrast: Rows
    left: Rows
    blur: float
    alike: float


def laid_on(lines: Rows, likely: Likely) -> Fit:
    """The code moved, bent and blurred until as little as possible is left of the lines."""
    place, ink = likely.place, likely.place.family.ink_of(likely.code)
    window, module = _modules_under(likely, lines.shape[1])
    seen = lines[:, window]
    bends = np.asarray(np.linspace(-1, 1, seen.shape[1])[:, None] ** np.arange(_BEND), np.float32)
    under = np.asarray(np.repeat(module[None], len(seen), axis=0), np.float32)
    blur = 0.8
    if place.is_backwards:
        under = np.asarray(ink.size - under, np.float32)
    for step in range(_STEPS):
        light, slope, curve = (drawn_at(each, under) for each in _drawn(ink, blur))
        contrast = np.asarray(blurred(seen * light, _EVEN) / (blurred(light * light, _EVEN) + 1e-6), np.float32)
        left = np.asarray(seen - contrast * light, np.float32)
        if step < _STEPS - 1:
            moved, softer = _step(contrast * slope, contrast * curve * blur, left, bends)
            under = np.asarray(under + moved, np.float32)
            blur = float(np.clip(blur + softer, _SHARP, _SOFT))
    return Fit(under, contrast, left, blur, _alike(seen, contrast * light))


def _modules_under(likely: Likely, samples: int) -> tuple[slice, Rows]:
    """The part of the lines that the code covers, and which module each sample of it shows."""
    place, modules = likely.place, likely.place.family.modules
    at = samples_at(place.at[None], modules, samples, paper=6)[0]
    first, last = max(0, int(at[0])), min(samples - 1, int(at[-1]) + 1)
    shown = np.interp(np.arange(first, last), at, np.arange(-6, modules + 6) + 0.5)
    return slice(first, last), np.asarray(shown, np.float32)


def _step(slope: Rows, curve: Rows, left: Rows, bends: Rows) -> tuple[Rows, float]:
    """By how many modules each sample must move, and how much softer the bars are: least squares, line by line."""
    columns: Cube = np.concatenate((slope[:, :, None] * bends, curve[:, :, None]), axis=2)
    turned = columns.transpose(0, 2, 1)
    squares = turned @ columns
    squares += np.eye(squares.shape[1], dtype=np.float32) * (1e-3 * np.trace(squares, axis1=1, axis2=2).mean() + 1e-6)
    found = np.linalg.solve(squares, turned @ left[:, :, None])[:, :, 0]
    moved = found[:, :-1] @ bends.T
    moved *= np.minimum(1.0, 1.0 / np.maximum(np.abs(moved).max(axis=1, keepdims=True), 1e-6))
    return np.asarray(moved, np.float32), float(np.clip(np.median(found[:, -1]), -0.3, 0.3))


def _alike(seen: Rows, drawn: Rows) -> float:
    """Correlation, line by line; the worst two lines may have a fold or a thumb on them."""
    product = (seen * drawn).sum(axis=1)
    lengths = np.sqrt((seen * seen).sum(axis=1) * (drawn * drawn).sum(axis=1)) + 1e-6
    return float(np.sort(product / lengths)[2:].mean())


def _drawn(ink: Rows, blur: float) -> tuple[Rows, Rows, Rows]:
    """A pattern's light in fine steps, its slope and its curvature to a module."""
    light = softened(1 - np.pad(ink, PAPER)[None], blur)
    slope = np.gradient(light[0]) * _FINE
    return light[0], np.asarray(slope, np.float32), np.asarray(np.gradient(slope) * _FINE, np.float32)


def softened(light: Rows, blur: float) -> Rows:
    """In fine steps, without slow changes, as a camera sees it."""
    fine = np.repeat(light, _FINE, axis=1)
    soft = cv2.GaussianBlur(fine, (0, 0), sigmaX=blur * _FINE, sigmaY=1e-6, borderType=cv2.BORDER_REPLICATE)
    return flat(np.asarray(soft, np.float32).reshape(fine.shape), WIDE * _FINE)


def drawn_at(drawn: Rows, module: Rows) -> Rows:
    """What was drawn in fine steps, between them; a row for each row of `drawn`."""
    at = (module + PAPER) * _FINE - 0.5
    whole = at.astype(np.int32).clip(0, drawn.shape[-1] - 2)
    here, next_ = drawn[..., whole], drawn[..., whole + 1]
    return np.asarray(here + (next_ - here) * (at - whole).clip(0, 1), np.float32)
