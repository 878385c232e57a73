"""A flood of strangers costs next to nothing and closes the way in to nobody."""

import json
from typing import Any

from database import inbox, people
from dealer_bot.bot.receiver import STRANGERS_BURST
from dealer_bot.domain.people import Role
from tests.bot.ear import Ear
from tests.bot.world import PETERS_PHONE, World

BURST = int(STRANGERS_BURST)


def _text(chat_id: int, **fields: Any) -> dict[str, Any]:
    who = {"id": chat_id, "is_bot": False, "first_name": "Некто"}
    chat = {"id": chat_id, "type": "private"}
    return {"message": {"message_id": 1, "date": 1, "from": who, "chat": chat, "text": "купите"} | fields}


async def _states(ear: Ear, lane: str) -> dict[str, int]:
    found = await ear.rows("SELECT coalesce(error, state), count(*) FROM inbox WHERE lane = ? GROUP BY 1", lane)
    return dict(found)


async def _floods(ear: Ear, chat_id: int, count: int) -> None:
    for done in range(0, count, 100):
        await ear.tg.inject(*(_text(chat_id) for _ in range(min(100, count - done))))
        await ear.hears()


async def test_of_a_flood_a_few_are_handled_and_of_the_rest_the_numbers_are_kept(ear: Ear) -> None:
    await _floods(ear, 7, 300)
    assert await _states(ear, "tg:7") == {"new": BURST, "flood": 300 - BURST}
    assert await ear.rows("SELECT count(*) FROM inbox WHERE error = 'flood' AND payload IS NOT NULL") == [(0,)]
    assert await ear.hears() == 0 and await ear.waiting() == 0


async def test_the_batches_of_a_flood_wake_nobody(ear: Ear) -> None:
    await _floods(ear, 7, 100)
    ear.woken.clear()
    await _floods(ear, 7, 100)
    assert ear.woken == []


async def test_whoever_the_bot_serves_may_send_as_much_as_he_likes(ear: Ear) -> None:
    await ear.database.write(_four_people)
    for chat_id in (1, 2, 3, 4):
        await _floods(ear, chat_id, 100)
    assert [await _states(ear, f"tg:{chat_id}") for chat_id in (1, 2)] == [{"new": 100}, {"new": 100}]
    dropped = {"new": BURST, "flood": 100 - BURST}
    assert [await _states(ear, f"tg:{chat_id}") for chat_id in (3, 4)] == [dropped, dropped]


def _four_people() -> None:
    """An employee and a connected client; one who has only chosen a language, and one made inactive."""
    people.add(address="tg:1", role=Role.EMPLOYEE)
    client = people.add(address="tg:2")
    people.bind(client.id, PETERS_PHONE, 1, 1)
    people.add(address="tg:3", language="en")
    former = people.add(address="tg:4", role=Role.EMPLOYEE)
    people.update(former.id, active=False)


async def test_a_contact_comes_through_a_flood(ear: Ear) -> None:
    await _floods(ear, 7, 100)
    await ear.tg.inject(_text(7, text=None, contact={"phone_number": PETERS_PHONE, "first_name": "П", "user_id": 7}))
    await ear.hears()
    rows = await ear.rows("SELECT payload FROM inbox WHERE state = 'new' ORDER BY id DESC LIMIT 1")
    assert json.loads(rows[0][0])["message"]["contact"]["phone_number"] == PETERS_PHONE


async def test_the_numbers_of_a_flood_are_forgotten_with_the_rest(ear: Ear) -> None:
    await _floods(ear, 7, 100)
    await ear.database.write(inbox.forget_payloads, ear.now + 1)
    assert await _states(ear, "tg:7") == {"new": BURST}


async def test_a_client_connects_in_the_middle_of_his_own_flood(world: World) -> None:
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await peter.starts()
    for number in range(40):
        await peter.says(f"вы там? {number}")
    await peter.shares_contact()
    await peter.sees("подтверждён")
    await world.quiet()
    answers = [message.text for message in await peter.chat() if message.from_bot]
    assert sum("подтвердите" in text for text in answers) <= BURST
