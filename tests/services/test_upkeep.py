"""The looks at the store follow what moves in it."""

import asyncio
import logging
from zoneinfo import ZoneInfo

import pytest

from dealer_bot.services.indexing import Indexer
from dealer_bot.services.turns import Turns
from dealer_bot.services.upkeep import Upkeep
from tests.services.stores import Dealership


class Unhurried(Indexer):
    """Looks again only when it is woken."""

    pause_s = 3600.0


async def test_what_moves_during_a_look_is_looked_at_at_once(shop: Dealership) -> None:
    shop.indexer.close()
    shop.indexer = Unhurried(shop.database, shop.root, "closed", "BY", ZoneInfo("Europe/Minsk"), 30, lambda: shop.now)
    looks = list[int]()
    enough = asyncio.Event()

    def clock() -> int:
        """Asked as a look begins."""
        looks.append(shop.now)
        if len(looks) == 1:
            upkeep.wake()
        else:
            enough.set()
        return shop.now

    upkeep = Upkeep(shop.database, shop.indexer, Turns(shop.database, 1), clock, lambda: None)
    running = asyncio.create_task(upkeep.run())
    async with asyncio.timeout(60):
        await enough.wait()
    upkeep.stop()
    await running


async def test_a_store_that_goes_and_comes_back_is_logged_once_each_time(
    shop: Dealership, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "dealer_bot.services.upkeep")
    upkeep = Upkeep(shop.database, shop.indexer, Turns(shop.database, 1), lambda: shop.now, lambda: None)
    elsewhere = shop.root.with_name("elsewhere")
    await upkeep.look(shop.now)
    shop.root.rename(elsewhere)
    for _ in range(3):
        await upkeep.look(shop.now)
    elsewhere.rename(shop.root)
    for _ in range(2):
        await upkeep.look(shop.now)
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "(away)" in caplog.messages[0] and "check" in caplog.messages[0]
