"""Which order a car's picture leads to: among 500 open ones, without its own, and beside plates one symbol away."""

import os
import random
import string
import tempfile
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from benchmarks.recognition import sets
from benchmarks.recognition.original import Original
from benchmarks.recognition.scores import Score
from benchmarks.recognition.sets import Example
from dealer_bot.domain.plate_choice import chosen
from dealer_bot.domain.plate_forms import believed
from dealer_bot.domain.plates import plate_key
from dealer_bot.recognition import plates
from dealer_bot.recognition.budget import Budget

ORDERS = 500
PATIENCE = 60.0
"""What is measured is work: other programs on the machine must not cut it short."""

OWN = 0
"""The id of the picture's own order."""

_LETTERS = "ABEIKMHOPCTX"


def of_car(seed: int, opencv4: Path | None = None) -> Score:
    return _scored(sets.car(seed), seed, opencv4)


def of_other_plate(seed: int, opencv4: Path | None = None) -> Score:
    return _scored(sets.other_plate(seed), seed, opencv4)


def _scored(example: Example, seed: int, opencv4: Path | None) -> Score:
    """The picture is read once. `opencv4`: where the present bot's way finds what it needs."""
    grey, program = np.asarray(cv2.cvtColor(example.picture, cv2.COLOR_BGR2GRAY), np.uint8), plates.program_of("")
    assert program is not None
    before = sum(os.times()[:4])
    rows = plates.read(grey, program, Budget(plates.BUDGET_S, PATIENCE))
    took = sum(os.times()[:4]) - before
    truth, chance = plate_key(example.truth), random.Random(seed)
    without, others = _fleet(truth, chance), _fleet(truth, chance)
    among, absent, again = (chosen(rows, known) for known in ([*without, (OWN, truth)], without, others))
    came = {"the original, exact": _by_original(example, opencv4) == truth} if opencv4 else {}
    came |= {
        "exact": plate_key(next(iter(believed(rows)), "")) == truth,
        "first of 500": among.likely[:1] == (OWN,),
        "among three": OWN in among.likely,
        "opened": among.sure == truth,
        "another opened": among.sure not in (None, truth),
        "absent: opened": absent.sure is not None,
        "absent, another 500: opened": again.sure is not None,
        "absent: asked": bool(absent.likely),
        "absent, another 500: asked": bool(again.likely),
        "absent: some plate one symbol away opened": any(chosen(rows, [(1, twin)]).sure for twin in _twins(truth)),
    }
    return Score(example.kind, came, took)


def _by_original(example: Example, opencv4: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "car.png"
        cv2.imwrite(str(path), example.picture)
        return Original.by(opencv4).read(path)


def _fleet(like: str, chance: random.Random) -> list[tuple[int, str]]:
    """Plates with digits and letters where this one has them."""
    alphabets = [string.digits if symbol.isdigit() else _LETTERS for symbol in like]
    drawn = ("".join(map(chance.choice, alphabets)) for _ in range(ORDERS))
    return [(number, plate) for number, plate in enumerate(drawn, 1) if plate != like]


def _twins(plate: str) -> Iterator[str]:
    for place, symbol in enumerate(plate):
        for other in string.digits if symbol.isdigit() else _LETTERS:
            if other != symbol:
                yield plate[:place] + other + plate[place + 1 :]
