"""One update that can't be handled, in a batch of a hundred: the others are, and people are told."""

from typing import Any

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations

TEAM = {
    "a00017701": ("Анна", "+375291112201", "Пётр", "+375298888801"),
    "a00017702": ("Борис", "+375291112202", "Ольга", "+375298888802"),
    "a00017703": ("Вера", "+375291112203", "Иван", "+375298888803"),
}
OTHERS = 99


def _message(sender: PersonClient, **fields: Any) -> dict[str, Any]:
    known = {"id": sender.id, "is_bot": False, "first_name": sender.name}
    chat = {"id": sender.id, "type": "private", "first_name": sender.name}
    return {"message_id": 1, "date": 1_800_000_000, "from": known, "chat": chat} | fields


def _poison(name: str, sender: PersonClient) -> dict[str, Any]:
    """All from a mechanic in the middle of his work: not even he may be held up."""
    return {
        "fields of other types": {"message": _message(sender, date="вчера", text=["Скол"])},
        "a forward from nobody": {"message": _message(sender, text="Скол", forward_origin={"type": "hidden_user"})},
        "half a character": {"message": _message(sender, text="Скол \ud83d")},
        "an unknown kind": {"hologram": _message(sender)},
        "an enormous id": {"update_id": 2**70, "message": _message(sender, text="Скол")},
    }[name]


@pytest.mark.parametrize("place", [0, 50])
@pytest.mark.parametrize(
    "name",
    ["fields of other types", "a forward from nobody", "half a character", "an unknown kind", "an enormous id"],
)
async def test_the_other_99_of_a_batch_are_handled(dealership: Dealership, name: str, place: int) -> None:
    crew = {}
    for number, (_, _, _, phone) in TEAM.items():
        dealership.add_order(number, phone)
    await dealership.begins()
    admin = await dealership.staff("Мария", "+375291112200", "admin")
    for number, (employee, his_phone, client, phone) in TEAM.items():
        crew[number] = await dealership.staff(employee, his_phone)
        await dealership.client(client, phone, number)
        await dealership.enters(crew[number], number)
    await dealership.settles()

    await dealership.tg.hold_updates()
    for n in range(OTHERS // len(TEAM)):
        for number, person in crew.items():
            await dealership.writes(person, number, f"Скол № {n}.")
    await dealership.tg.inject(_poison(name, crew["a00017701"]), position=place)
    await dealership.tg.let_updates_go()
    await admin.sees("Одно сообщение не удалось обработать", 20)
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence(), dead=1) == []
