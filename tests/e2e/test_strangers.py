"""One who sends a thousand messages a minute, and twenty people who work."""

import asyncio
import time

import pytest

from database import people
from database.connection import Database
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations

STAFF, QUESTIONS, FLOOD_PER_S = 20, 6, 1000 / 60
ANSWERED_S = 1.5


async def _staff(dealership: Dealership) -> list[PersonClient]:
    """Everybody is known by his account already."""
    crew = [await dealership.tg.person(f"Мастер {number}") for number in range(STAFF)]
    database = Database(f"sqlite:///{dealership.database}")
    database.open()
    for person in crew:
        database.write_now(lambda known=person: people.add(address=f"tg:{known.id}", role=Role.EMPLOYEE))
    database.close()
    return crew


async def _asks(person: PersonClient) -> list[float]:
    """How long each answer took, in seconds."""
    took = []
    for _ in range(QUESTIONS):
        began = time.monotonic()
        asked = await person.says("/help")
        await person.sees("/order — выбрать заказ-наряд", after=asked.id)
        took.append(time.monotonic() - began)
        await asyncio.sleep(0.5)
    return took


async def _floods(spammer: PersonClient, stop: asyncio.Event) -> int:
    sent = 0
    began = time.monotonic()
    while not stop.is_set():
        await spammer.says(f"купите № {sent}")
        sent += 1
        await asyncio.sleep(max(0.0, began + sent / FLOOD_PER_S - time.monotonic()))
    return sent


@pytest.mark.alone
async def test_a_flood_delays_no_answer_to_staff_and_is_hardly_answered(dealership: Dealership) -> None:
    crew = await _staff(dealership)
    await dealership.begins()
    first = await crew[0].says("/help")
    await crew[0].sees("/order — выбрать заказ-наряд", after=first.id)  # on a new database a bot listens first
    spammer, stop = await dealership.tg.person("Некто"), asyncio.Event()
    flooding = asyncio.create_task(_floods(spammer, stop))
    times = sorted(each for took in await asyncio.gather(*map(_asks, crew)) for each in took)
    stop.set()
    sent = await flooding
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert times[len(times) * 95 // 100] <= ANSWERED_S
    answers = [message for message in await spammer.chat() if message.from_bot]
    assert len(answers) <= 20 + 2 < sent
    ((kept,),) = dealership.rows(f"SELECT count(*) FROM inbox WHERE lane = 'tg:{spammer.id}'")
    assert kept == sent
    assert violations(dealership.evidence()) == []
