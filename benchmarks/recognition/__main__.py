"""How many of our own pictures are read, beside each program alone: python -m benchmarks.recognition [--pictures N].

Prints a table in Markdown, with bounds: 95 of 100 sets like this would have the true share within theirs.
"""

import argparse
import os
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import sqrt

import cv2
import numpy as np

from benchmarks.recognition import sets
from benchmarks.recognition.camera import Pixels
from benchmarks.recognition.sets import Example
from dealer_bot.domain.plate_forms import believed
from dealer_bot.recognition import barcodes, decoders, plates
from dealer_bot.recognition.picture import Grey


@dataclass(frozen=True, slots=True)
class Score:
    """One picture: what was the matter with it, what each way read right, and the seconds of a processor ours took."""

    kind: str
    right: dict[str, bool]
    seconds: float


def of_sheet(seed: int) -> Score:
    example = sets.sheet(seed)
    grey = _grey(example.picture)
    decode = decoders.available()
    alone = {f"{name} alone": any(each.text == example.truth for each in decode[name](grey)) for name in decode}
    return _timed(example, alone, lambda: barcodes.read(grey), "ours")


def of_car(seed: int) -> Score:
    example = sets.car(seed)
    grey, program = _grey(example.picture), plates.program_of("")
    assert program is not None
    return _timed(example, {}, lambda: tuple(believed(plates.read(grey, program))), "first", "among three")


def _timed(example: Example, others: dict[str, bool], read: Callable[[], tuple[str, ...]], *names: str) -> Score:
    before = sum(os.times()[:4])
    found = read()
    took = sum(os.times()[:4]) - before
    told = {name: example.truth in found[: 3 if name == "among three" else 1] for name in names}
    return Score(example.kind, others | told, took)


def _grey(picture: Pixels) -> Grey:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def bounds(right: int, of: int) -> tuple[float, float]:
    """Wilson's interval at 95 %: 0 of 200 is not zero."""
    z = 1.96
    middle, spread = right + z * z / 2, z * sqrt(right * (of - right) / of + z * z / 4)
    return (middle - spread) / (of + z * z), (middle + spread) / (of + z * z)


def table(scores: Iterable[Score]) -> str:
    by_kind: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_kind[score.kind].append(score)
        by_kind["all"].append(score)
    every = by_kind.pop("all")
    names = list(every[0].right)
    lines = ["| pictures | of | " + " | ".join(names) + " | median s |", "|---" * (len(names) + 3) + "|"]
    for kind, group in [*by_kind.items(), ("all", every)]:
        cells = [_share(group, name, with_bounds=kind == "all") for name in names]
        took = statistics.median(score.seconds for score in group)
        lines.append(f"| {kind} | {len(group)} | " + " | ".join(cells) + f" | {took:.2f} |")
    return "\n".join(lines)


def _share(group: list[Score], name: str, *, with_bounds: bool) -> str:
    right = sum(score.right[name] for score in group)
    low, high = bounds(right, len(group))
    return f"{right} ({low:.0%} to {high:.0%})" if with_bounds else str(right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="another set of pictures")
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.pictures)
    with ProcessPoolExecutor(2, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        for name, score in (("Work orders", of_sheet), ("Cars", of_car)):
            print(f"## {name}\n\n{table(pool.map(score, seeds))}\n")


if __name__ == "__main__":
    main()
