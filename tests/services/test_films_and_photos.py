"""Films of any size and number keep no photo waiting."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from database import people, sql
from database.connection import Database
from dealer_bot.app import clock
from dealer_bot.domain.parcels import Fetched, FetchOutcome, Outcome, Parcel, Sent
from dealer_bot.domain.people import Role
from dealer_bot.domain.views import View
from dealer_bot.services.keeper import LARGE_AT_ONCE, SMALL_BYTES, STORE_THREADS, WINDOW, Keeper

FILM, PHOTO = SMALL_BYTES + 1, 1000
BYTES = b"a photo"


class Slow:
    """Hands out photos at once, and films never."""

    async def send(self, parcel: Parcel) -> Outcome:
        return Sent((1,))

    async def show(self, address: str, view: View, language: str | None, message_id: int | None) -> Outcome:
        return Sent((1,))

    async def pin(self, address: str, message_id: int) -> Outcome:
        return Sent((1,))

    async def fetch(self, file_id: str, size: int | None, target: Path) -> FetchOutcome:
        if size == FILM:
            await asyncio.Event().wait()
        target.write_bytes(BYTES)
        return Fetched(len(BYTES), hashlib.sha256(BYTES).hexdigest())


class Dealership:
    def __init__(self, folder: Path) -> None:
        self.spool, self.store = folder / "spool", folder / "store"
        (self.store / "a1").mkdir(parents=True)
        self.spool.mkdir()
        self.database = Database(f"sqlite:///{folder}/t.sqlite3")
        self.database.open()
        self.database.write_now(self._begin)
        self.keeper = Keeper(self.database, Slow(), self.store, self.spool, "closed", clock, lambda: None)

    def _begin(self) -> None:
        sql.run("INSERT INTO orders (number_key, number, folder, state) VALUES ('A1', 'a1', 'a1', 'open')")

    def hands_in(self, size: int, state: str, count: int = 1) -> int:
        """Each by somebody who has handed in nothing else; the id of the last file."""
        ids = self.database.write_now(lambda: [self._hand_in(size, state) for _ in range(count)])
        self.keeper.wake()
        return ids[-1]

    def _hand_in(self, size: int, state: str) -> int:
        author = people.add(role=Role.EMPLOYEE)
        message_id = sql.insert(
            "INSERT INTO messages (source_address, source_message_id, order_id, author_id, side, kind, at)"
            " VALUES ('tg:1', ?, 1, ?, 'staff', 'photo', 1)",
            (author.id, author.id),
        )
        return sql.insert(
            "INSERT INTO media (message_id, order_id, stage, hidden, seq, name, kind, file_id, size, state, sha256)"
            " VALUES (?, 1, 'Body', 0, ?, ?, 'photo', 'f', ?, ?, ?)",
            (message_id, author.id, f"{author.id}.jpg", size, state, hashlib.sha256(BYTES).hexdigest()),
        )

    async def keeps(self, media_id: int) -> None:
        async with asyncio.timeout(60):
            while not await self.database.read(
                sql.rows, "SELECT 1 FROM media WHERE id = ? AND state = 'kept'", (media_id,)
            ):
                await asyncio.sleep(0.01)


@pytest.fixture
async def dealership(tmp_path: Path) -> AsyncIterator[Dealership]:
    made = Dealership(tmp_path)
    running = asyncio.create_task(made.keeper.run())
    yield made
    await made.keeper.stop(5)
    await running
    made.database.close()


async def test_a_photo_behind_hundreds_of_films_is_fetched(dealership: Dealership) -> None:
    dealership.hands_in(FILM, "wanted", WINDOW + LARGE_AT_ONCE)
    await dealership.keeps(dealership.hands_in(PHOTO, "wanted"))


async def test_a_photo_behind_films_that_a_slow_store_takes_is_kept(dealership: Dealership) -> None:
    films = [dealership.spool / str(media_id) for media_id in range(1, STORE_THREADS + 1)]
    for film in films:
        os.mkfifo(film)  # whoever reads it waits
    dealership.hands_in(FILM, "fetched", len(films))
    (dealership.spool / str(STORE_THREADS + 1)).write_bytes(BYTES)
    await dealership.keeps(dealership.hands_in(PHOTO, "fetched"))
    for film in films:
        end = os.open(film, os.O_RDWR)
        film.unlink()
        film.write_bytes(BYTES)
        os.close(end)


async def test_what_its_author_has_deleted_leaves_the_spool_and_nothing_else_does(dealership: Dealership) -> None:
    deleted, waiting, coming = (
        dealership.spool / str(dealership.hands_in(FILM, state)) for state in ("dropped", "too_big", "wanted")
    )
    dealership.database.write_now(sql.run, "UPDATE media SET state = 'fetched', hold = 'no_order' WHERE id = 2")
    for file in (deleted, waiting, coming):
        file.write_bytes(BYTES)
    await dealership.keeper.tidy(clock())
    dealership.keeper.wake()
    async with asyncio.timeout(60):
        while deleted.exists():
            await asyncio.sleep(0.01)
    assert waiting.exists() and coming.exists()
