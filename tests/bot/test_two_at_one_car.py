"""Two who work at one car do not get into each other's way."""

import asyncio

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
