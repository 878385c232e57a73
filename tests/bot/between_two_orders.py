"""An employee between two orders of two clients, and what each of them sees and has."""

import json
from pathlib import Path

from dealer_bot.sandbox import PersonClient
from tests.bot.world import World

OTHER_PHONE = "+375297776655"
THERE = "b2 · 4455 АВ-7 · Выдача"
HERE = "a00017732 · 0124 МН-1 · Приёмка"


async def two_orders(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Anna has been in both; she is in the first one now."""
    world.add_order({"order": "b2", "barcode": "1" * 37, "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    anna, peter, ivan = await world.employee("Анна"), await world.client(), await world.client("Иван", OTHER_PHONE)
    await world.enters(anna, "b2", "Выдача")
    await world.enters(anna)
    return anna, peter, ivan


async def got(person: PersonClient, words: str) -> int:
    """How many pictures and texts of the dealership with these words he sees now."""
    return len([each for each in await person.chat() if each.from_bot and words in each.text])


async def pictures(person: PersonClient) -> list[str]:
    return [each.kind for each in await person.chat() if each.from_bot and each.kind in ("photo", "video", "document")]


async def moves(anna: PersonClient, where: str) -> None:
    await anna.sees_button("Не туда")
    await anna.presses("Не туда")
    choice = await anna.sees_button(where)
    await anna.presses(where, on=choice.id)


def journal(world: World, number: str) -> list[str]:
    path: Path = world.store / number / ".dealer_bot" / "media.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["file"] for line in lines]
