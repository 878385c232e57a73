"""How many of our own pictures are read, beside each program alone: python -m benchmarks.recognition [--pictures N].

Prints tables in Markdown, with Wilson's intervals at 95 %.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import cv2

from benchmarks.recognition import fleets
from benchmarks.recognition.pages import by_list, of_sheet
from benchmarks.recognition.scores import table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="another set of pictures")
    parser.add_argument("--only", choices=("Work orders", "Cars", "Other plates"))
    parser.add_argument("--opencv4", type=Path, help="a folder with OpenCV 4: plates by the present bot's way, too")
    parser.add_argument(
        "--lists", action="store_true", help="how long a whole page takes among 50 to 25,000 open orders"
    )
    parser.add_argument("--at-once", type=int, default=2, help="pictures at a time")
    args = parser.parse_args()
    seeds = range(args.first, args.first + args.pictures)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract's threads only wait for each other
    cars, others = (partial(of, opencv4=args.opencv4) for of in (fleets.of_car, fleets.of_other_plate))
    with ProcessPoolExecutor(args.at_once, initializer=cv2.setNumThreads, initargs=(1,)) as pool:
        for name, score in (("Work orders", of_sheet), ("Cars", cars), ("Other plates", others)):
            if args.only in (None, name):
                print(f"## {name}\n\n{table(pool.map(score, seeds))}\n", flush=True)
    if args.lists:
        print(f"## By the number of open orders\n\n{by_list(args.first)}\n")


if __name__ == "__main__":
    main()
