"""How many of our own pictures are read, beside each program alone: python -m benchmarks.recognition [--pictures N].

Prints tables in Markdown, with Wilson's intervals at 95 %.
"""

import argparse
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor

import cv2
import numpy as np

from benchmarks.recognition import sets
from benchmarks.recognition.camera import Pixels
from benchmarks.recognition.pages import by_list, of_sheet
from benchmarks.recognition.scores import Score, table
from benchmarks.recognition.sets import Example
from dealer_bot.domain.plate_forms import believed
from dealer_bot.recognition import plates
from dealer_bot.recognition.picture import Grey


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="another set of pictures")
    parser.add_argument("--only", choices=("Work orders", "Cars"))
    parser.add_argument(
        "--lists", action="store_true", help="how long a whole page takes among 50 to 25,000 open orders"
    )
    parser.add_argument("--at-once", type=int, default=2, help="pictures at a time")
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.pictures)
    with ProcessPoolExecutor(args.at_once, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        for name, score in (("Work orders", of_sheet), ("Cars", of_car)):
            if args.only in (None, name):
                print(f"## {name}\n\n{table(pool.map(score, seeds))}\n", flush=True)
    if args.lists:
        print(f"## By the number of open orders\n\n{by_list(args.first)}\n")


if __name__ == "__main__":
    main()
