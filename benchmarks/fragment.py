"""A typed fragment at 20,000 orders against the same at 50: `python -m benchmarks.fragment`."""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.stores import fill
from database.connection import Database
from dealer_bot.services.indexing import Indexer
from dealer_bot.services.lookup import Lookup

GOAL = 1.5


def fragments(card: dict[str, str]) -> dict[str, str]:
    """What a mechanic may type to find this order."""
    return {
        "three digits": card["order"][-4:-1],
        "end of the number": card["order"][-5:],
        "end of the phone": card["phone"][-4:],
        "part of the plate": card["plate_number"][:7],
        "whole plate": card["plate_number"],
    }


async def measured(folder: Path, count: int, rounds: int) -> dict[str, float]:
    """Median milliseconds of each kind of fragment, from the call to the hits."""
    root = folder / f"store{count}"
    wanted = fragments(fill(root, count)[12])
    database = Database(f"sqlite:///{folder}/{count}.sqlite3")
    database.open()
    indexer = Indexer(database, root, "closed", "BY", ZoneInfo("Europe/Minsk"), 30)
    now = int(time.time() * 1000)
    for after in (0, 3000):
        await indexer.step(now + after)
    lookup = Lookup(database, indexer)
    medians = {kind: await _median_ms(lookup, text, now, rounds) for kind, text in wanted.items()}
    indexer.close()
    database.close()
    return medians


async def _median_ms(lookup: Lookup, text: str, now: int, rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        await lookup.find(text, now)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=300)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few = asyncio.run(measured(Path(folder), 50, asked.rounds))
        many = asyncio.run(measured(Path(folder), asked.orders, asked.rounds))
    print(f"median of {asked.rounds}, goal {GOAL}      50 orders   {asked.orders} orders")
    for kind in few:
        print(f"{kind:22} {few[kind]:12.2f} ms {many[kind]:12.2f} ms  {many[kind] / few[kind]:5.2f} times")
    print(f"{'all together':22} {sum(few.values()):12.2f} ms {sum(many.values()):12.2f} ms", end="")
    print(f"  {sum(many.values()) / sum(few.values()):5.2f} times")


if __name__ == "__main__":
    main()
