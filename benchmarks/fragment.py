"""A typed fragment among 100,000 orders: `python -m benchmarks.fragment [--orders 1000000 --no-folders]`.

Beside it a plain LIKE over the same rows, and what a bot without an index does: read the folders at each search.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.stores import fill, made
from database import order_words, orders
from database.connection import Database
from dealer_bot.domain.lookalikes import fold
from dealer_bot.domain.orders import Sighting
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Row
from dealer_bot.services import likely
from dealer_bot.services.indexing import Indexer
from dealer_bot.services.lookup import PAGE, Lookup

GOAL_MS = 10.0
CHUNK = 5000
NAMES = ("Иван Петров", "Мария Ковалёва", "Пётр Щукин", "Анна Мельник", "Олег Жук", "Светлана Бондарь", "Юрий Новик")
LIKE = (
    "SELECT id FROM orders WHERE (number_key LIKE ? OR plate_key LIKE ? OR client_name LIKE ? OR phone LIKE ?)"
    " AND state IN ('settling', 'open', 'unreadable') ORDER BY id DESC LIMIT ?"
)
Card = dict[str, str]


def fragments(card: Card, chance: random.Random) -> dict[str, str]:
    """What a mechanic may type to find this order, and what finds nothing."""
    return {
        "three digits": card["order"][-4:-1],
        "end of the number": card["order"][-5:],
        "end of the phone": card["phone"][-4:],
        "part of the plate": card["plate_number"][:7],
        "whole plate": card["plate_number"],
        "client's name": card["client_name"].split()[1][:5],
        "two characters": card["plate_number"][5:7],
        "nothing, long": f"zz{chance.randrange(1000)}",
        "nothing, two characters": chance.choice(("ЯЯ", "QZ", "ЩЩ")),
    }


def rows(cards: list[Card], database: Database) -> None:
    """As a first look at the store writes them."""
    for start in range(0, len(cards), CHUNK):
        some = [_seen(card) for card in cards[start : start + CHUNK]]
        database.write_now(orders.insert_new, some)
    while database.write_now(order_words.write_some, CHUNK):
        pass


def _seen(card: Card) -> Sighting:
    number, plate = card["order"], card["plate_number"]
    more = {"phone": card["phone"], "barcode": card["barcode"], "client_name": card["client_name"]}
    return Sighting(fold(number), number, number, "open", plate=plate, plate_key=plate_key(plate), **more)


async def measured(search: Callable[[str], Awaitable[object]], asked: list[str]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for text in asked:
        started = time.perf_counter()
        await search(text)
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


async def _compare(database: Database, root: Path, cards: list[Card], rounds: int) -> None:
    chance = random.Random(2)
    probes = [fragments(chance.choice(cards), chance) for _ in range(rounds)]
    indexer = Indexer(database, root, "closed", "BY", ZoneInfo("Europe/Minsk"), 30, lambda: 0)
    lookup, beside = Lookup(database, indexer), sqlite3.connect(str(database.path))

    async def by_index(text: str) -> object:
        return await lookup.find(text, 0)

    async def by_like(text: str) -> object:
        pattern = f"%{fold(text)}%"
        return beside.execute(LIKE, (pattern, f"%{plate_key(text)}%", f"%{text}%", pattern, PAGE + 1)).fetchall()

    print(f"{'':26} index: median  95 of 100    LIKE: median  95 of 100    (ms; goal {GOAL_MS:.0f} at 95)")
    for kind in probes[0]:
        asked = [each[kind] for each in probes]
        found = [*await measured(by_index, asked), *await measured(by_like, asked)]
        print(f"{kind:26} {found[0]:13.2f} {found[1]:10.2f} {found[2]:15.2f} {found[3]:10.2f}", flush=True)
    plates = [f"{each['whole plate'][:1]}8{each['whole plate'][2:]}" for each in probes]
    started = time.process_time()
    for plate in plates:
        await database.read(likely.of_rows, (Row(plate_key(plate)),))
    spent = (time.process_time() - started) * 1000 / len(plates)
    print(f"{'plate, one letter misread':26} {spent:13.2f} ms of a processor")
    indexer.close()
    beside.close()


def read_folders(root: Path, text: str) -> int:
    """The way without an index: how many of the cards hold the text."""
    found = 0
    for folder in root.iterdir():
        card = json.loads((folder / "content.txt").read_text("utf-8"))
        found += any(text in str(value) for value in card.values())
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--no-folders", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "store"
        root.mkdir()
        cards = made(asked.orders) if asked.no_folders else fill(root, asked.orders)
        named = [card | {"client_name": NAMES[n % len(NAMES)]} for n, card in enumerate(cards)]
        database = Database(f"sqlite:///{folder}/t.sqlite3")
        database.open()
        rows(named, database)
        print(f"{asked.orders} orders, {asked.rounds} searches of each kind")
        asyncio.run(_compare(database, root, named, asked.rounds))
        database.close()
        if not asked.no_folders:
            started = time.perf_counter()
            read_folders(root, "177")
            print(f"{'reading the folders':26} {(time.perf_counter() - started) * 1000:13.0f}")


if __name__ == "__main__":
    main()
