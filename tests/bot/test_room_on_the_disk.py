"""The last gigabyte belongs to the database: nothing is fetched into it, admins are told, and it goes on by itself."""

import shutil
from collections import namedtuple

import pytest

from dealer_bot.domain.people import Role
from tests.bot.world import World

Usage = namedtuple("Usage", "total used free")


async def test_without_room_nothing_is_fetched_admins_are_told_once_and_room_makes_it_go_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    maria = await world.employee("Мария", phone="+375291112200", role=Role.ADMIN)
    anna = await world.employee("Анна")
    peter = await world.client()
    await world.enters(anna)
    await world.quiet()
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _path: Usage(10**12, 10**12, 2**20))
        for _ in range(3):
            await anna.shoots()
        await maria.sees("мало места")
        asked = await peter.says("/help")
        await peter.sees("Сюда приходят фото", after=asked.id)
        assert world.kept() == []
    await world.exists(world.store / "a00017732" / "Acceptance")
    await peter.sees_photo(15)
    await world.quiet()
    assert len(world.kept()) == 3
    told = [message.text for message in await maria.chat() if "мало места" in message.text]
    assert len(told) == 1
