"""Which open orders' plates are worth a closer look: those that a reading may mean, or that hold a part of it."""

from collections.abc import Iterable, Sequence
from math import exp

from dealer_bot.domain.matching import MOST_EDITS, distance, edits_allowed, pieces_of
from dealer_bot.domain.plate_forms import CLEAR, MOST, best_belief, fitted
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Row

_ASKED, _CLOSER_LOOK = 8, 40

_PART = 3
"""Symbols side by side: whatever was read well enough to be offered has so many of its plate's."""

_LONGEST = 10
"""Symbols: more are a telephone number, not a plate with its country."""


def pieces_in(rows: Sequence[Row]) -> list[str]:
    """Of which an order's plate must hold at least one to be looked at."""
    whole = [piece for key in _asked_of(rows) for piece in pieces_of(key)]
    return list(dict.fromkeys([*whole, *_parts_of(rows)]))


def near(rows: Sequence[Row], known: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Of `known` (id, plate key) the nearest by edits and by shared parts: only they are looked at closely."""
    questions, parts = [(key, pieces_of(key), edits_allowed(key)) for key in _asked_of(rows)], _parts_of(rows)
    ranked = []
    for order_id, plate in known:
        edits = [
            edits
            for key, pieces, most in questions
            if any(piece in plate for piece in pieces) and (edits := distance(key, plate, most)) is not None
        ]
        shared = sum(part in plate for part in parts)
        if edits or shared:
            ranked.append((min(edits, default=MOST_EDITS + 1) - shared, -order_id, plate))
    return [(-minus_id, plate) for _, minus_id, plate in sorted(ranked)[:_CLOSER_LOOK]]


def _asked_of(rows: Sequence[Row]) -> list[str]:
    """Plate keys to look for, the likeliest first: whole plates, else what was read of one."""
    belief: dict[str, float] = {}
    for row in rows:
        for plate, cost in (fitted(row.text) or {row.text: MOST}).items():
            key = plate_key(plate)
            belief[key] = belief.get(key, 0.0) + row.times * exp(-3 * cost)
    least = max(belief.values(), default=0.0) / 20
    return sorted((key for key in belief if belief[key] >= least), key=lambda key: -belief[key])[:_ASKED]


def _parts_of(rows: Sequence[Row]) -> list[str]:
    """Every stretch of `_PART` symbols, where no plate was read clearly as a whole."""
    if best_belief(rows) >= CLEAR:
        return []
    texts = [row.text for row in rows if len(row.text) <= _LONGEST]
    return list(dict.fromkeys(text[at : at + _PART] for text in texts for at in range(len(text) - _PART + 1)))
