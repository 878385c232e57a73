"""Bars too fine for any decoder, compared with the barcodes that can be there: those of open orders.

A whole page in a Telegram photo leaves about a pixel to a module: no edge is where it should be, but light and dark
still follow the pattern of one order and of no other. A trial: the bot does not use it yet (docs/recognition.md).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np

from dealer_bot.domain.code128 import modules_of
from dealer_bot.recognition.bars import Bars
from dealer_bot.recognition.picture import Grey

ALIKE, LEAD = 0.6, 0.1
"""A pattern is taken for the one in the picture at this correlation, and this far before the next order's."""

SHORTEST = 12
"""Digits. Shorter codes have too few bars to be told apart."""

_BANDS = 5
_A_MODULE = 4
"""Samples of a cut row of bars, about, to a module of a work order's code."""

_CLOSER_LOOK = 24
_WIDE = 14
"""Modules over which light and shade are evened out."""

EVEN, _PARTS = 0.74, 22
"""The right pattern is followed equally well from end to end. One that shares its beginning, or all but one digit,
with the picture's is followed well, but for the symbols in which they differ."""

_ROUGH = np.arange(0.035, 0.12, 0.006), np.arange(0.88, 0.966, 0.006), np.arange(-0.12, 0.121, 0.012)
_STEPS = 0.003, 0.003, 0.006

Axes = tuple[Any, ...]
Line = np.ndarray[Any, np.dtype[np.float32]]
Lines = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Match:
    """An open order's barcode, how well the bars follow it (1 at best), and how evenly (1 at best)."""

    barcode: str
    alike: float
    even: float


def matched(grey: Grey, rows: Sequence[Bars], known: Sequence[str]) -> list[Match]:
    """Open orders by how well some row of bars follows their barcode, the best first."""
    best: dict[str, Match] = {}
    for modules, codes in _by_modules(known).items():
        for bars in rows:
            for match in _matches(grey, bars, modules, codes):
                if match.barcode not in best or match.alike > best[match.barcode].alike:
                    best[match.barcode] = match
    return sorted(best.values(), key=lambda match: -match.alike)


def accepted(matches: Sequence[Match]) -> str | None:
    """The one barcode that needs no question."""
    if not matches or matches[0].alike < ALIKE or matches[0].even < EVEN:
        return None
    return matches[0].barcode if len(matches) < 2 or matches[0].alike - matches[1].alike >= LEAD else None


def _by_modules(known: Sequence[str]) -> dict[int, list[tuple[str, bytes]]]:
    """Codes with their patterns, those of equal length together; an odd digit may stand first or last."""
    grouped: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
    for code in known:
        if len(code) >= SHORTEST and code.isascii() and code.isdigit():
            for odd_first in (False, True)[: 1 + len(code) % 2]:
                pattern = _pattern(code, odd_first)
                grouped[len(pattern)].append((code, pattern))
    return grouped


@lru_cache(maxsize=20_000)
def _pattern(code: str, odd_first: bool) -> bytes:
    return bytes(modules_of(code, odd_first=odd_first))


def _matches(grey: Grey, bars: Bars, modules: int, codes: Sequence[tuple[str, bytes]]) -> Iterator[Match]:
    """A quick look at all of them on blurred lines, a close look at the few that are left."""
    lines = _lines(grey, bars, modules)
    inked = np.frombuffer(b"".join(pattern for _, pattern in codes), np.uint8).reshape(len(codes), modules)
    patterns = _even(1.0 - inked.astype(np.float32), _WIDE)
    sights = [_quick_sight(line, modules) for line in lines]
    soft = _unit(cv2.blur(patterns, (3, 1)))
    likely: dict[tuple[int, bool], float] = defaultdict(float)
    for sight in sights[1:-1]:
        for backwards in (False, True):
            alike = ((sight[:, ::-1] if backwards else sight) @ soft.T).max(axis=0)
            for at in np.argsort(-alike)[:_CLOSER_LOOK]:
                likely[int(at), backwards] = max(likely[int(at), backwards], float(alike[at]))
    for at, backwards in sorted(likely, key=lambda key: -likely[key])[:_CLOSER_LOOK]:
        turned = slice(None, None, -1 if backwards else 1)
        yield _looked_at_closely(codes[at][0], lines, sights, patterns[at, turned], soft[at, turned])


def _quick_sight(line: Line, modules: int) -> Lines:
    """The line, blurred, as every rough place of a pattern would see it."""
    blurred = np.asarray(cv2.blur(line[None], (_A_MODULE * 2, 1)), np.float32)[0]
    return _unit(_read_off(blurred, _positions(_ROUGH, modules, line.size)))


def _looked_at_closely(code: str, lines: Lines, sights: Sequence[Lines], pattern: Line, soft: Line) -> Match:
    """How well the lines follow one pattern where each follows it best; the better three lines count."""
    wanted = _unit(pattern[None])[0]
    scores = []
    for line, sight in zip(lines, sights, strict=True):
        place, best = _place(_ROUGH, int((sight @ soft).argmax())), 0.0
        for shrink in (1.0, 2.0, 4.0, 8.0):
            axes = tuple(at + np.arange(-2, 3) * step / shrink for at, step in zip(place, _STEPS, strict=True))
            alike = _unit(_read_off(line, _positions(axes, wanted.size, line.size))) @ wanted
            place, best = _place(axes, int(alike.argmax())), float(alike.max())
        scores.append((best, _evenness(line, place, wanted, best)))
    alike, even = np.mean(sorted(scores, reverse=True)[:3], axis=0)
    return Match(code, float(alike), float(even))


def _evenness(line: Line, place: Sequence[float], wanted: Line, alike: float) -> float:
    """The worst part of the line beside the whole."""
    axes = tuple(np.array([at]) for at in place)
    seen = _read_off(line, _positions(axes, wanted.size, line.size))[0]
    parts = zip(np.array_split(seen, _PARTS), np.array_split(wanted, _PARTS), strict=True)
    worst = min(float(_unit(part[None])[0] @ _unit(other[None])[0]) for part, other in parts)
    return worst / max(alike, 1e-6)


def _place(axes: Axes, at: int) -> tuple[float, ...]:
    places = np.unravel_index(at, tuple(len(each) for each in axes))
    return tuple(float(each[place]) for each, place in zip(axes, places, strict=True))


def _positions(axes: Axes, modules: int, samples: int) -> Lines:
    """Row by row, where on the line the middle of each module is.

    The axes: where a pattern may begin and end, as parts of the line, and by how much one end is nearer.
    """
    along = (np.arange(modules, dtype=np.float32) + 0.5) / modules
    start, end, bend = (each.astype(np.float32).ravel() for each in np.meshgrid(*axes, indexing="ij"))
    bent = along[None] + bend[:, None] * along[None] * (1 - along[None])
    return np.asarray((start[:, None] + (end - start)[:, None] * bent) * (samples - 1), np.float32)


def _lines(grey: Grey, bars: Bars, modules: int) -> Lines:
    """Light along the bars in several bands, evened out."""
    cut = bars.cut_from(grey, max(0.5, _A_MODULE * modules / bars.length)).astype(np.float32)
    edges = np.linspace(0, cut.shape[0], _BANDS + 1).astype(int)
    bands = [cut[top : max(bottom, top + 1)].mean(axis=0) for top, bottom in itertools.pairwise(edges)]
    return _even(np.asarray(bands, np.float32), _WIDE * _A_MODULE)


def _even(lines: Lines, window: int) -> Lines:
    """Without slow changes of light, and with the same contrast everywhere."""
    flat = lines - cv2.blur(lines, (window, 1), borderType=cv2.BORDER_REPLICATE)
    contrast = np.sqrt(cv2.blur(flat * flat, (window * 2, 1), borderType=cv2.BORDER_REPLICATE))
    return np.asarray(flat / np.maximum(contrast, 0.2 * contrast.max() + 1e-6), np.float32)


def _read_off(line: Line, positions: Lines) -> Lines:
    at = positions.astype(np.int32).clip(0, line.size - 2)
    part = (positions - at).clip(0, 1)
    return np.asarray(line[at] * (1 - part) + line[at + 1] * part, np.float32)


def _unit(rows: Any) -> Lines:
    """Each row about its mean, of length 1: products are correlations."""
    centred = np.asarray(rows, np.float32) - np.asarray(rows, np.float32).mean(axis=1, keepdims=True)
    return np.asarray(centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-6), np.float32)
