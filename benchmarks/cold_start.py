"""An empty index over a full store, against a bare scandir that reads every content.txt.

`python -m benchmarks.cold_start`
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.stores import fill
from database.connection import Database
from dealer_bot.services.indexing import Indexer

GOAL = 2.0


def bare(root: Path) -> float:
    """Seconds to list the root and read every card, doing nothing with them."""
    started = time.perf_counter()
    for entry in os.scandir(root):
        with Path(f"{entry.path}/content.txt").open("rb") as card:
            card.read()
    return time.perf_counter() - started


async def indexed(root: Path, url: str) -> tuple[float, float, float]:
    """Seconds until an exact number is answered, until every order can be found, and of the look that opens them."""
    database = Database(url)
    database.open()
    indexer = Indexer(database, root, "closed", "BY", ZoneInfo("Europe/Minsk"), 30)
    now = int(time.time() * 1000)
    last = max(entry.name for entry in os.scandir(root))
    started = time.perf_counter()
    look = asyncio.create_task(indexer.step(now))
    while await indexer.look_at(last, now) is None:
        await asyncio.sleep(0.005)
    answered_s = time.perf_counter() - started
    await look
    found_s = time.perf_counter() - started
    await asyncio.sleep(1)
    started = time.perf_counter()
    changes = await indexer.step(now + 3000)
    opened_s = time.perf_counter() - started
    assert len(changes) == sum(1 for _ in root.iterdir()), "not every order was opened"
    indexer.close()
    database.close()
    return answered_s, found_s, opened_s


async def restarted(root: Path, url: str) -> float:
    """Seconds of the first whole look with the index of last time; every order can be found before it begins."""
    database = Database(url)
    database.open()
    indexer = Indexer(database, root, "closed", "BY", ZoneInfo("Europe/Minsk"), 30)
    started = time.perf_counter()
    await indexer.step(int(time.time() * 1000) + 10_000)
    took_s = time.perf_counter() - started
    assert indexer.is_complete
    indexer.close()
    database.close()
    return took_s


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "store")
        fill(root, asked.orders)
        bare(root)  # both measure the same warm page cache
        rounds = []
        for n in range(asked.rounds):
            url = f"sqlite:///{folder}/{n}.sqlite3"
            rounds.append((bare(root), *asyncio.run(indexed(root, url)), asyncio.run(restarted(root, url))))
    bare_s, answered_s, found_s, opened_s, again_s = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{asked.orders} orders, median of {asked.rounds}")
    print(f"bare scandir with every content.txt read  {bare_s:.2f} s")
    for what, seconds in (
        ("empty index to an exact number answered", answered_s),
        ("empty index to every order found", found_s),
        ("index of last time to a whole look", again_s),
    ):
        print(f"{what:41} {seconds:.2f} s  ({seconds / bare_s:.2f} times, goal {GOAL})")
    print(f"all of them open, a second later          {opened_s:.2f} s more")


if __name__ == "__main__":
    main()
