"""A first start: thousands of folders at once, cut short at any moment, asked while it runs."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from database import order_words, orders
from dealer_bot.services.index_writing import FIRST_CHUNK
from dealer_bot.services.indexing import WORDS_CHUNK
from tests.services.stores import OTHER_PHONE, Dealership

CROWD = 2 * FIRST_CHUNK + 50


@pytest.fixture
def crowded(shop: Dealership) -> Dealership:
    for n in range(CROWD):
        shop.put(f"a{n:05d}", plate_number=f"{n:04d} АВ-7")
    return shop


async def cut_short(shop: Dealership, when: Callable[[], bool]) -> None:
    """The process dies once this is so: nothing that it remembers is left, what it has committed is."""
    look = asyncio.create_task(shop.indexer.step(shop.now))
    while not when() and not look.done():
        await asyncio.sleep(0)
    look.cancel()
    await asyncio.gather(look, return_exceptions=True)
    shop.indexer.close()
    shop.start()


def written(shop: Dealership) -> int:
    return sum(shop.database.read_now(orders.counts).values())


async def everything_is_found(shop: Dealership) -> None:
    """By number, plate and fragment, before it is open and after."""
    for n in (0, 1, FIRST_CHUNK, CROWD - 1):
        for text in (f"a{n:05d}", f"{n:04d} ab-7", f"{n:04d}ав"):
            numbers = [order.number for order in (await shop.lookup.find(text, shop.now)).orders]
            assert numbers == [f"a{n:05d}"], text


@pytest.mark.parametrize("chunks", [1, 2])
async def test_a_first_fill_that_was_cut_short_is_completed_by_the_next_start(crowded: Dealership, chunks: int) -> None:
    await cut_short(crowded, lambda: written(crowded) >= chunks * FIRST_CHUNK)
    assert chunks * FIRST_CHUNK <= written(crowded) < CROWD, "it was cut short"
    assert crowded.database.read_now(order_words.are_put_off)
    opened = await crowded.rest()
    assert sorted(opened) == [f"opened a{n:05d}" for n in range(CROWD)]
    assert not crowded.database.read_now(order_words.are_put_off)
    await everything_is_found(crowded)


async def test_what_a_dead_start_left_unsettled_is_opened_as_its_card_says_now(crowded: Dealership) -> None:
    await cut_short(crowded, lambda: written(crowded) == CROWD)
    crowded.put("a00001", phone=OTHER_PHONE)
    assert sorted(await crowded.rest()) == [f"opened a{n:05d}" for n in range(CROWD)]
    assert crowded.order("A00001").phone == OTHER_PHONE
    assert {state for state, _ in crowded.orders().values()} == {"open"}


async def test_words_that_were_cut_short_are_completed_by_the_next_start(crowded: Dealership) -> None:
    await cut_short(crowded, lambda: written(crowded) == CROWD)
    left = crowded.database.write_now(order_words.write_some, 500)
    assert left
    await everything_is_found(crowded)
    crowded.start()
    await crowded.rest()
    assert not crowded.database.read_now(order_words.are_put_off)
    await everything_is_found(crowded)
    assert WORDS_CHUNK < CROWD


async def test_everything_is_found_as_soon_as_it_is_said_to_be(crowded: Dealership) -> None:
    look = asyncio.create_task(crowded.indexer.step(crowded.now))
    while not crowded.indexer.is_complete:
        await asyncio.sleep(0)
    await everything_is_found(crowded)
    await look
    await everything_is_found(crowded)


async def test_a_number_asked_for_during_the_first_fill_is_answered_and_written_once(crowded: Dealership) -> None:
    look = asyncio.create_task(crowded.indexer.step(crowded.now))
    while not crowded.indexer.available:
        await asyncio.sleep(0)
    asked = await crowded.indexer.look_at(f"a{CROWD - 1:05d}", crowded.now)
    assert asked is not None
    await look
    assert written(crowded) == CROWD
    assert len(await crowded.rest()) == CROWD


async def test_a_second_card_beside_the_usual_one_is_found_out_before_anything_is_open(shop: Dealership) -> None:
    folder = shop.put("a1")
    shop.write("a1", b'{"phone": "+375297777777"}', "Content.txt")
    os.utime(folder / "content.txt", ns=(10**18, 10**18))
    assert await shop.look() == []
    assert shop.order("A1").state == "settling"
    assert await shop.rest() == ["unreadable a1"]
    assert shop.orders() == {"a1": ("unreadable", "two_candidates")}


async def test_a_card_that_is_no_usual_file_is_looked_at_with_care(shop: Dealership, tmp_path: Path) -> None:
    shop.write("a1", b'{"phone": "+375297777777"}', "CONTENT.TXT")
    (tmp_path / "elsewhere.txt").write_bytes(b'{"phone": "+375297777777"}')
    shop.write("a2", None)
    (shop.root / "a2" / "content.txt").symlink_to(tmp_path / "elsewhere.txt")
    shop.write("a3", None)
    (shop.root / "a3" / "content.txt").mkdir()
    await shop.rest()
    assert shop.order("A1").phone == OTHER_PHONE
    assert {shop.orders()[name] for name in ("a2", "a3")} == {("unreadable", "not_a_file")}
