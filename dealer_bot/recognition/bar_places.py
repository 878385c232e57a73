"""Where on the lines a code begins and ends, before it is known which: by what all codes of a family have in common."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from dealer_bot.domain.code128 import SYMBOL_MODULES
from dealer_bot.recognition.bar_lines import PAPER, SAMPLES, WIDE, blurred, flat, of_one_contrast, read_off, unit
from dealer_bot.recognition.families import INK, Family, Rows

_AXES = np.arange(0.035, 0.12, 0.006), np.arange(0.88, 0.966, 0.006), np.arange(-0.12, 0.121, 0.012)
_STEPS = np.array((0.003, 0.003, 0.006))
_LOOKED_AT = (2, 5)
"""Bands, of eight: neither at an edge."""

_TRIED, _KEPT = 3, 8

Numbers = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a code of a family may lie on a line. `at`: its start and its end as parts of the line, and by how much one
    end is nearer to the camera; `worth`: how well the line follows what the family has in common (1 at best)."""

    family: Family
    band: int
    at: Numbers
    is_backwards: bool
    worth: float


@dataclass(frozen=True, slots=True)
class Likely:
    """A code of a family in its likeliest place; `worth` compares with that of other codes on the same lines."""

    place: Place
    code: int
    worth: float


def places_of(lines: Rows, families: Sequence[Family]) -> list[Place]:
    """Families with equally many symbols on their lines: the likeliest places, best first."""
    wanted = [(family, backwards, _sought(family, backwards)) for family in families for backwards in (False, True)]
    patterns = np.vstack([pattern for _, _, pattern in wanted])
    found: list[Place] = []
    for band in _LOOKED_AT:
        line = _soft(lines, band, 2 * SAMPLES)
        alike = unit(read_off(line, _rough(families[0].modules, line.size))) @ patterns.T
        for (family, backwards, pattern), column in zip(wanted, alike.T, strict=True):
            for at in np.argsort(-column)[:_TRIED]:
                here, worth = _nearer(line, _place(int(at)), pattern, family.modules)
                found.append(Place(family, band, here, backwards, worth))
    return sorted(found, key=lambda place: -place.worth)[:_KEPT]


def likely_in(lines: Rows, places: Sequence[Place], most: int) -> list[Likely]:
    """The codes that the lines follow best in one of these places."""
    found: dict[tuple[int, int], Likely] = {}
    for place in places:
        worth = _followed(lines, place)
        for code in np.argsort(-worth)[:most]:
            key = id(place.family), int(code)
            if key not in found or found[key].worth < worth[code]:
                found[key] = Likely(place, int(code), float(worth[code]))
    return sorted(found.values(), key=lambda each: -each.worth)[:most]


def samples_at(at: Numbers, modules: int, samples: int, paper: int = PAPER) -> Rows:
    """Where on a line the middle of each module is, row by row; `at`: rows of start, end and bend."""
    along = (np.arange(-paper, modules + paper, dtype=np.float32) + 0.5) / modules
    start, end, bend = (column[:, None].astype(np.float32) for column in at.T)
    bent = along[None] + bend * along[None] * (1 - along[None])
    return np.asarray((start + (end - start) * bent) * (samples - 1), np.float32)


def _followed(lines: Rows, place: Place) -> Rows:
    """How well the line follows each code of the family: a sum over its symbols, each looked at once."""
    family = place.family
    line = _soft(lines, place.band, SAMPLES)
    seen = read_off(line, samples_at(place.at[None], family.modules, line.size))
    seen = unit(flat(seen, WIDE))
    seen = blurred(seen[:, ::-1] if place.is_backwards else seen, 3)[0]
    by_symbol = -seen[PAPER : PAPER + family.symbols * SYMBOL_MODULES].reshape(family.symbols, -1) @ INK.T
    return np.asarray(by_symbol[np.arange(family.symbols), family.values].sum(axis=1), np.float32)


def _soft(lines: Rows, band: int, window: int) -> Rows:
    line: Rows = blurred(of_one_contrast(lines[band : band + 1]), window)[0]
    return line


def _sought(family: Family, backwards: bool) -> Rows:
    light = flat(np.asarray(1 - np.pad(family.mean_ink(), PAPER)[None], np.float32), WIDE)
    return unit(blurred(light[:, ::-1] if backwards else light, 3))


def _nearer(line: Rows, at: Numbers, pattern: Rows, modules: int) -> tuple[Numbers, float]:
    worth = 0.0
    for shrink in (1.0, 2.0):
        around = np.array(list(_around(at, shrink)))
        alike = unit(read_off(line, samples_at(around, modules, line.size))) @ pattern[0]
        at, worth = around[int(alike.argmax())], float(alike.max())
    return at, worth


def _around(at: Numbers, shrink: float) -> Iterator[Numbers]:
    for step in np.ndindex(5, 5, 5):
        yield at + (np.array(step) - 2) * _STEPS / shrink


@lru_cache(maxsize=1)
def _everywhere() -> Numbers:
    return np.stack([axis.ravel() for axis in np.meshgrid(*_AXES, indexing="ij")], axis=1)


def _place(at: int) -> Numbers:
    return np.asarray(_everywhere()[at], np.float64)


def _rough(modules: int, samples: int) -> Rows:
    return samples_at(_everywhere(), modules, samples)
