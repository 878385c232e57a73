"""Somebody looks for an order and shoots it."""

import pytest

from dealer_bot.sandbox import PersonClient
from tests.bot.plain_words import PlainWords
from tests.bot.world import ORDER, World

BARCODE = ORDER["barcode"]
OTHER = {"order": "b2", "phone": "+375297776655", "plate_number": "4455 АВ-7", "barcode": "77"}


@pytest.fixture
def eyes(world: World) -> PlainWords:
    assert isinstance(world.recogniser, PlainWords)
    return world.recogniser


async def asks(world: World) -> tuple[PersonClient, int]:
    anna = await world.employee("Анна")
    asked = await anna.says("/order")
    await anna.sees("Какой заказ-наряд?", after=asked.id)
    return anna, asked.id


async def nothing_reached_anybody(world: World) -> None:
    await world.quiet()
    assert await world.rows("SELECT 1 FROM messages UNION SELECT 1 FROM media") == []
    assert world.kept() == [] and list((world.folder / "spool").glob("*")) == []
