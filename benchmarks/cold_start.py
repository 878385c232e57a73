"""From the start of the process until every order is found: `python -m benchmarks.cold_start`.

Cold start is what a mechanic waits for after `run`: from the start of the process to the moment from which a search
(number, plate, end of the phone) is answered rightly for every order of the store. Ours is the whole bot in a process
of its own, with no server to talk to. The baseline is a scandir that reads every content.txt and does nothing with it;
the imports are counted apart, since both the bot and any other program of its libraries begin with them.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.stores import fill

if TYPE_CHECKING:
    from dealer_bot.services.lookup import Lookup
    from dealer_bot.settings import Settings

GOAL = 2.0
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds from the start of the process: to the end of the imports, one exact number, every order,
    a whole look, every order open.
    """

    imports_s: float
    answered_s: float
    found_s: float
    looked_s: float
    opened_s: float


def bare(root: Path) -> float:
    """Seconds to list the root and read every card, doing nothing with them."""
    started = time.perf_counter()
    for entry in os.scandir(root):
        with Path(f"{entry.path}/content.txt").open("rb") as card:
            card.read()
    return time.perf_counter() - started


def started(root: Path, folder: Path) -> Started:
    """One start in a process of its own, over the database in `folder`."""
    environ = os.environ | {
        "BOT_TOKEN": "42:BENCH",
        "TELEGRAM_API_URL": "http://127.0.0.1:9",
        "BRANCH_PHOTO": str(root),
        "DATABASE_URL": f"sqlite:///{folder}/bot.sqlite3",
        "SPOOL_DIR": str(folder / "spool"),
    }
    command = [sys.executable, "-m", "benchmarks.cold_start", "--began", str(time.monotonic())]
    said = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
    return Started(**json.loads(said.stdout))


def _start(began: float) -> None:
    """What the started process does: the bot as `run` makes it, asked for orders until it knows them all."""
    from dealer_bot.cli.first_look import looking_meanwhile
    from dealer_bot.settings import load

    settings = load()
    with looking_meanwhile(settings):
        from dealer_bot.app import spare_the_collector  # as late as `run` does: its imports are in the figure

    imported = time.monotonic()
    spare_the_collector()
    asyncio.run(_ask(settings, began, imported))


async def _ask(settings: "Settings", began: float, imported: float) -> None:
    from database import orders
    from dealer_bot.app import App, clock
    from dealer_bot.services.indexing import LOOK_S
    from dealer_bot.services.lookup import Lookup

    app = App(settings)
    await app.start()
    names = [folder.name for folder in settings.branch_photo.iterdir()]
    while await app.indexer.look_at(max(names), clock()) is None:
        await asyncio.sleep(0.005)
    answered = time.monotonic()
    while sum((await app.database.read(orders.counts)).values()) < len(names):
        await asyncio.sleep(0.005)
    found = time.monotonic()
    while not app.indexer.is_complete:
        await asyncio.sleep(0.005)
    looked = time.monotonic()
    await _check(Lookup(app.database, app.indexer), settings.branch_photo)
    while app.indexer.pause_s < LOOK_S:
        await asyncio.sleep(0.02)
    times = Started(imported - began, answered - began, found - began, looked - began, time.monotonic() - began)
    print(json.dumps(asdict(times)), flush=True)
    os._exit(0)  # how it stops is measured elsewhere


async def _check(lookup: "Lookup", root: Path) -> None:
    """A figure of a start that doesn't find every order would mean nothing."""
    from dealer_bot.services.lookup import PAGE

    for folder in random.Random(1).sample(sorted(root.iterdir()), SAMPLE):
        name, card = folder.name, json.loads((folder / "content.txt").read_text("utf-8"))
        for text in (name, name[-6:], card["plate_number"], card["plate_number"][:7], card["phone"][-7:]):
            hits = [order.number for order in (await lookup.find(text, 0)).orders]
            assert name in hits or len(hits) == PAGE, f"{text} does not find {name}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--began", type=float, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.began is not None:
        _start(asked.began)
    with tempfile.TemporaryDirectory() as folder:
        _measure(Path(folder), asked.orders, asked.rounds)


def _measure(folder: Path, orders: int, rounds: int) -> None:
    root = folder / "store"
    fill(root, orders)
    bare(root)  # all measure the same warm page cache
    plain, empty, again = [], [], []
    for n in range(rounds):
        base = folder / str(n)
        base.mkdir()
        plain.append(bare(root))
        empty.append(started(root, base))
        again.append(started(root, base))
    bare_s = statistics.median(plain)
    print(f"{orders} orders, median of {rounds}")
    print(f"{'bare scandir with every content.txt read':52} {bare_s:.2f} s")
    imports_s = _median(again, "imports_s")  # with nothing beside them
    print(f"{'imports, from the start of the process':52} {imports_s:.2f} s")
    for what, starts, field in (
        ("after them, with an empty index: an exact number", empty, "answered_s"),
        ("with an empty index: every order found", empty, "found_s"),
        ("with an empty index: a whole look", empty, "looked_s"),
        ("with an empty index: every order open", empty, "opened_s"),
        ("with the index of last time: every order found", again, "found_s"),
        ("with the index of last time: a whole look", again, "looked_s"),
    ):
        seconds = _median(starts, field) - imports_s
        print(f"{what:52} {seconds:.2f} s  ({seconds / bare_s:.2f} times, goal {GOAL})")


def _median(starts: list[Started], field: str) -> float:
    return statistics.median(getattr(one, field) for one in starts)


if __name__ == "__main__":
    main()
