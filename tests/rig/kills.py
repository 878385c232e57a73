"""One play of a flow under kills: each life of the bot dies at its point, the last one brings everything to an end."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.dealership import Dealership
from tests.history import under_way, violations
from tests.rig.flows import Flow
from tests.rig.points import passages

KILLED = -9

TO_BE_SHOWN = "SELECT 1 FROM screens WHERE dirty_at IS NOT NULL AND (renew_at IS NULL OR dirty_at < renew_at) LIMIT 1"
"""Edits keep two seconds between each other: plays as long as that would end before each of them."""


async def recorded(house: Dealership, flow: Flow, record: Path) -> Counter[str]:
    """How often a play that nobody disturbs comes through each point, the earliest first."""
    playing = await begun(house, flow)
    await house.begins(RECORD_POINTS=str(record))
    await _ended(house, playing)
    assert violations(house.evidence()) == []
    return passages(record)


async def killed(house: Dealership, flow: Flow, points: Sequence[str]) -> list[str]:
    """Those of `points` (`name:n`) where a life did die; the judge finds nothing wrong afterwards."""
    playing = await begun(house, flow)
    reached = []
    for point in points:
        await house.begins(kill_point=point)
        if await _dies(house, playing, point):
            reached.append(point)
    await house.begins()
    await _ended(house, playing)
    wrong = violations(house.evidence())
    assert wrong == [], f"after a death at {', '.join(reached) or 'no point'}: {wrong}"
    return reached


async def begun(house: Dealership, flow: Flow) -> asyncio.Task[None]:
    """The first that people do waits for the bot."""
    playing = asyncio.create_task(flow.plays())
    await house.until(lambda: len(house.server.world.updates) > 0 or playing.done())
    return playing


async def _ended(house: Dealership, playing: asyncio.Task[None]) -> None:
    await playing
    await house.settles()
    assert (await house.stops())[0] == 0


async def _dies(house: Dealership, playing: asyncio.Task[None], point: str) -> bool:
    """Whether the life ends at its point; one that has nothing left to do is told to stop."""
    while not house.is_dead and not _is_at_rest(house, playing, point):
        await asyncio.sleep(0.02)
    code, _ = await house.stops()
    if code == KILLED:
        house.has_died()
    return code == KILLED


def _is_at_rest(house: Dealership, playing: asyncio.Task[None], point: str) -> bool:
    """Nothing to do, and for a while; who waits for something to be shown waits for a line that is to change soon."""
    if not playing.done() or house.calm_s() <= 0.8:
        return False
    if len(house.server.world.updates) or house.server.journal.running or under_way(house.evidence()):
        return False
    return not ("_show" in point and house.rows(TO_BE_SHOWN))
