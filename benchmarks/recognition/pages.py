"""Printed work orders in pictures: read by a program, known by their bars among open orders, or not to be known at all
because their order is not open."""

import os
import statistics
from collections.abc import Sequence

import cv2
import numpy as np

from benchmarks.recognition import sets
from benchmarks.recognition.camera import Chance
from benchmarks.recognition.scores import Score
from dealer_bot.recognition import decoders
from dealer_bot.recognition.barcodes import LOOK_S, Search
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.reading import PICTURE_S

OPEN, TWINS = 300, 30
LISTS = 50, 500, 2000, 25_000
_LOOKED_AT = 12


def of_sheet(seed: int) -> Score:
    """Beside 300 open orders that share 20 digits with it; then without its own, but with 30 of which each differs from
    it in one digit."""
    example = sets.sheet(seed)
    grey = np.asarray(cv2.cvtColor(example.picture, cv2.COLOR_BGR2GRAY), np.uint8)
    chance = np.random.default_rng((seed, 1))
    others = some_open(OPEN, chance)
    decode = decoders.available()
    came = {f"{name} alone": any(each.text == example.truth for each in decode[name](grey)) for name in decode}
    search, seconds = searched(grey, (*others, example.truth))
    opened = _opened(search, (*others, example.truth))
    without, _ = searched(grey, (*others, *_twins(example.truth, chance)))
    came |= {
        "ours": opened == {example.truth},
        "or among three": opened == {example.truth} or example.truth in search.alike,
        "wrong": bool(opened - {example.truth}),
        "absent, yet opened": without.has_open_order,
        "absent, asked": bool(without.alike),
    }
    return Score(example.kind, came, seconds)


def searched(grey: Grey, known: Sequence[str]) -> tuple[Search, float]:
    """As the product does it, with the seconds of a processor it took."""
    before = sum(os.times()[:4])
    search, time = Search(grey, known), Budget(PICTURE_S)
    search.look(time.part(LOOK_S))
    search.look_again(time)
    return search, sum(os.times()[:4]) - before


def some_open(count: int, chance: Chance) -> tuple[str, ...]:
    return tuple(sets.some_barcode(chance) for _ in range(count))


def by_list(first: int) -> str:
    """Median seconds of a whole page by the number of open orders."""
    lines = ["| open orders | median s | longest |", "|---|---|---|"]
    pages = [seed for seed in range(first, first + 60) if sets.kind_of_sheet(seed) == "whole page"][:_LOOKED_AT]
    for count in LISTS:
        known = some_open(count, np.random.default_rng(count))
        spent = []
        for seed in pages:
            example = sets.sheet(seed)
            grey = np.asarray(cv2.cvtColor(example.picture, cv2.COLOR_BGR2GRAY), np.uint8)
            spent.append(searched(grey, (*known, example.truth))[1])
        lines.append(f"| {count} | {statistics.median(spent):.2f} | {max(spent):.2f} |")
    return "\n".join(lines)


def _opened(search: Search, known: Sequence[str]) -> set[str]:
    return set(search.barcodes) & set(known)


def _twins(truth: str, chance: Chance) -> tuple[str, ...]:
    """Orders that differ from the absent one in a single digit, wherever it is."""
    found: set[str] = set()
    while len(found) < TWINS:
        at, by = int(chance.integers(len(truth))), int(chance.integers(1, 10))
        found.add(f"{truth[:at]}{(int(truth[at]) + by) % 10}{truth[at + 1 :]}")
    return tuple(sorted(found))
