"""kill -9 at random moments while photos stream in: nothing lost, nothing to a stranger, each file once."""

import asyncio
import os
import random
from dataclasses import dataclass

import pytest

from tests.e2e.dealership import STAGES, Dealership
from tests.e2e.team import TEAM, Team, Worker, moves_in
from tests.history import listed, violations

KILLS, PHOTOS, LONGEST_LIFE_S = 20, 120, 0.8


@dataclass(frozen=True, slots=True)
class Burst:
    """What one employee does at once: goes to a stage if need be, then shoots; more than one photo is an album."""

    number: str
    stage: str
    photos: int


def _plan(chance: random.Random) -> list[Burst]:
    """All photos, in bursts of the three employees, one in five into the service stage."""
    plan, left = [], PHOTOS
    while left:
        count = min(left, chance.choice((1, 1, 1, 2, 3, 5)))
        stage = chance.choice(("Acceptance", "Acceptance", "Body", "Body", "Service"))
        plan.append(Burst(chance.choice(sorted(TEAM)), stage, count))
        left -= count
    return plan


async def _telegram_is_slow(dealership: Dealership) -> None:
    """So that a kill finds something on its way: answers that take their time, or that never come."""
    for method in ("sendPhoto", "sendMediaGroup"):
        await dealership.tg.fault(method, times=None, probability=0.1, hang_after=True)
        await dealership.tg.fault(method, times=None, probability=0.7, slow=0.1)
    await dealership.tg.fault("download", times=None, probability=0.3, trickle=3000)


async def _shoots(dealership: Dealership, worker: Worker, burst: Burst) -> None:
    if worker.stage != burst.stage:
        await worker.person.presses(STAGES[burst.stage], on=worker.card)
        worker.stage = burst.stage
    if burst.photos == 1:
        await dealership.shoots(worker.person, burst.number, burst.stage)
    else:
        await dealership.shoots_album(worker.person, burst.number, burst.stage, burst.photos)


async def _talk(dealership: Dealership, team: Team, number: str, words: str) -> None:
    """A word of the employee; a word of the client, once he has had something to answer."""
    person, client = team.workers[number].person, team.clients[number]
    await dealership.writes(person, number, f"Мастер: {words}.")
    if any(message.kind == "photo" for message in await client.chat()):
        await dealership.answers(client, person, f"Клиент: {words}.")


async def _stream(dealership: Dealership, team: Team, plan: list[Burst], pause_s: float) -> None:
    for burst in plan:
        await _shoots(dealership, team.workers[burst.number], burst)
        if burst.photos > 1:
            await _talk(dealership, team, burst.number, f"всего {len(dealership.handed)}")
        await asyncio.sleep(pause_s)


@pytest.mark.parametrize("seed", [int(os.environ.get("KILL_SEED", "20261121"))])
async def test_120_photos_survive_20_kills(dealership: Dealership, seed: int) -> None:
    chance = random.Random(seed)
    team, plan = await moves_in(dealership), _plan(chance)
    assert (await dealership.stops())[0] == 0
    await _telegram_is_slow(dealership)
    parts = [plan[n * len(plan) // KILLS : (n + 1) * len(plan) // KILLS] for n in range(KILLS)]
    for number, part in enumerate(parts):
        half, life_s = chance.randrange(len(part) + 1), chance.uniform(0.02, LONGEST_LIFE_S)
        await asyncio.gather(
            dealership.begins(forked=number % 2 == 0),
            _stream(dealership, team, part[:half], chance.uniform(0, 0.2)),
        )
        shooting = asyncio.create_task(_stream(dealership, team, part[half:], life_s / 4))
        await asyncio.sleep(life_s)
        await dealership.is_killed()
        await shooting

    await dealership.tg.clear_faults()
    await dealership.begins()
    await dealership.settles(60)
    assert (await dealership.stops())[0] == 0
    assert sum(bool(each.sha256) for each in dealership.handed) == PHOTOS
    assert violations(dealership.evidence()) == []
    told = [
        entry for entry in dealership.server.journal.entries if "не ясно, дошло ли" in str(entry.params.get("text"))
    ]
    assert len(told) >= len(listed(dealership.evidence()))
