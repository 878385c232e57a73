"""Whether lines show just this code: no other with a true check symbol may follow them nearly as well."""

from typing import Any

import numpy as np

from dealer_bot.domain.code128 import SYMBOL_MODULES, SYMBOLS
from dealer_bot.recognition.bar_fit import PAPER, Fit, drawn_at, softened
from dealer_bot.recognition.bar_places import Likely
from dealer_bot.recognition.families import INK, Values

_NEAR = 10
"""Modules beside a symbol that another one in its place would change."""

_ROUNDS = 6
_NOTHING = 1e-9
"""Of light: a symbol that the lines do not show can be exchanged without a change."""

_COUNT = len(SYMBOLS)

Table = np.ndarray[Any, np.dtype[np.float64]]


def certainty(fit: Fit, likely: Likely) -> float:
    """How the light decides between the code and that other one which it refutes least: 1 if just the code was printed,
    -1 if just the other; 0 between them."""
    family = likely.place.family
    values = family.values[likely.code]
    gains, changes = _by_shift(*_exchanges(fit, values), values, family.alternatives)
    ratio = 1.0
    for _ in range(_ROUNDS):
        gain, change = _least_refuted(gains, changes, ratio)
        if gain / change >= ratio - 1e-6:
            break
        ratio = gain / change
    return ratio


def _exchanges(fit: Fit, values: Values) -> tuple[Table, Table]:
    """For each symbol but the start, and each that could be there instead: by how much worse that one would follow the
    light, and by how much it would change it. Of equal size if just the code's own was printed."""
    gains, changes = np.zeros((2, len(values), _COUNT))
    ink = softened(1 - np.pad(INK, ((0, 0), (PAPER, PAPER))), fit.blur)
    for place in range(1, len(values)):
        away = fit.module - place * SYMBOL_MODULES
        near = (away > -_NEAR) & (away < SYMBOL_MODULES + _NEAR)
        seen = drawn_at(ink, away[near])
        change = (seen[:_COUNT] - seen[values[place]]) * fit.contrast[near]
        energy = (change * change).sum(axis=1)
        gains[place], changes[place] = energy - 2 * change @ fit.left[near], np.maximum(energy, _NOTHING)
    return gains, changes


def _by_shift(gains: Table, changes: Table, values: Values, alternatives: "list[range]") -> tuple[Table, Table]:
    """The same, ordered by how much an exchange shifts the sum that the check symbol is made of."""
    shifted = np.full((2, len(values), _COUNT), np.inf)
    last = len(values) - 1
    for place, allowed in enumerate(alternatives):
        weight = place if place < last else -1
        for value in allowed:
            shift = weight * (value - values[place]) % _COUNT
            shifted[:, place, shift] = gains[place, value], changes[place, value]
    return shifted[0], shifted[1]


def _least_refuted(gains: Table, changes: Table, ratio: float) -> tuple[float, float]:
    """Gain and change of the code that differs somewhere, has a true check symbol, and gains least beside `ratio` of
    its change: symbol by symbol, the best way to each sum."""
    way = np.full((3, _COUNT), np.inf)  # beside the code's own way, which costs nothing: weight, gain, change
    costs = gains - ratio * np.where(np.isinf(changes), 0, changes)
    for cost, gain, change in zip(costs[1:], gains[1:], changes[1:], strict=True):
        if np.isinf(cost[1:]).all():
            continue
        all_ways = np.where(np.isinf(way[0])[_FROM], np.inf, way[0][_FROM] + cost[_BY])
        before = all_ways.argmin(axis=1)
        by = _BY[_TO, before]
        on = np.stack((all_ways[_TO, before], way[1][before] + gain[by], way[2][before] + change[by]))
        new = np.stack((cost, gain, change))
        new[:, 0] = np.inf
        way = np.where(new[0] < on[0], new, on)
    return float(way[1, 0]), float(way[2, 0])


_TO = np.arange(_COUNT)
_FROM = np.broadcast_to(_TO, (_COUNT, _COUNT))
_BY = (_TO[:, None] - _TO) % _COUNT
