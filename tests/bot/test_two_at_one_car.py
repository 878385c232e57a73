"""Two who work at one car do not get into each other's way."""

import asyncio

import pytest

from database import sql
from tests.bot.world import World


async def test_two_who_shoot_one_car_at_once_are_both_whole_and_in_their_order(world: World) -> None:
    anna = await world.employee("Анна")
    boris = await world.employee("Борис", phone="+375291112244")
    peter = await world.client()
    for person in (anna, boris):
        await world.enters(person)

    async def works(name: str) -> None:
        person = anna if name == "Анна" else boris
        for number in range(6):
            await person.shoots(caption=f"{name} {number}")

    await asyncio.gather(works("Анна"), works("Борис"))
    for name in ("Анна", "Борис"):
        await peter.sees(f"{name} 5", 20)
    await world.quiet()
    names = [path.name for path in world.kept()]
    assert len(names) == 12 and sum("_Анна_" in name for name in names) == 6
    seen = [message.text for message in await peter.chat() if message.from_bot and message.kind == "photo"]
    for name in ("Анна", "Борис"):
        own = [text for text in seen if any(f"{name} {number}" in text for number in range(6))]
        assert len(own) == 6
        assert all(f"{name} {number}" in text for number, text in enumerate(own))


async def test_files_of_one_name_in_two_stages_are_both_kept_whole(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """Shot in one second, each the first of its stage: unfinished, they lie in one folder."""
    anna = await world.employee("Анна")
    shown, hidden = b"shown" * 1_500_000, b"hides" * 1_500_000
    await world.tg.fault("getFile", slow=20, times=None)
    await world.enters(anna)
    await anna.shoots(shown)
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.shoots(hidden)
    while len(await world.rows("SELECT 1 FROM media")) < 2:
        await asyncio.sleep(0.02)
    await world.app.database.write(sql.run, "UPDATE media SET name = (SELECT name FROM media ORDER BY id LIMIT 1)", ())
    await world.app.stop()
    await world.tg.clear_faults()
    await world.start_bot()
    await world.until(lambda: len(world.kept()) == len(world.kept("Service")) == 1)
    (one,), (other,) = world.kept(), world.kept("Service")
    assert one.name == other.name and (one.read_bytes(), other.read_bytes()) == (shown, hidden)
    assert "can't be written" not in caplog.text
