"""kill -9 while administrators and care are at work: what they did is done once, and who had to hear of it heard."""

import os
from pathlib import Path

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.rig.kills import killed, recorded
from tests.rig.office_flow import TheOffice

ACTS = (
    "after_tell",
    "after_from_client",
    "after_change",
    "after_invite",
    "after_connect",
    "after_send_ready",
    "after_one",
)
"""The commits of a digest, an alert, a level, a link and its use, a ready answer, and a retry, as they follow."""
SOAK = bool(os.environ.get("SOAK"))


async def _plan(house: Dealership, flow: TheOffice, record: Path) -> list[tuple[str, ...]]:
    """All acts in one play; in the soak every passage of every point, alone."""
    if not SOAK:
        return [tuple(f"{act}:1" for act in ACTS)]
    passed = await recorded(house, flow, record)
    return [(f"{point}:{n}",) for point, times in passed.items() for n in range(1, times + 1)]


async def test_the_office_goes_on_where_it_died(dealership: Dealership, tmp_path: Path) -> None:
    flow = TheOffice(dealership)
    await flow.prelude()
    plan = await _plan(dealership, flow, tmp_path / "points")
    died = [each for points in plan for each in await killed(dealership, flow, points)]
    assert {each.partition(":")[0] for each in died} >= set(ACTS)
    await _everything_is_done_once(dealership, flow, len(died))


async def _everything_is_done_once(house: Dealership, flow: TheOffice, kills: int) -> None:
    """Words of the bot's own may come twice where a life died; what was changed is on record once a play."""
    plays, maria = flow.plays_begun, flow.cast.maria
    for words in flow.complaints:
        assert 1 <= await _count(maria, f"«{words}»") <= 2
    assert plays <= await _count(maria, "Сводка дня") <= plays + kills
    assert plays <= await _count(flow.cast.peter, "готов.") <= plays + kills
    recorded = house.rows(
        "SELECT what, count(*) FROM audit WHERE what IN ('role', 'active', 'invited', 'hired') GROUP BY 1"
    )
    assert dict(recorded) == {"role": 3 * plays, "active": 2 * plays, "invited": plays, "hired": plays}
    assert house.rows("SELECT count(*) FROM messages WHERE side = 'care'") == [(plays,)]


async def _count(person: PersonClient, words: str) -> int:
    return len([each for each in await person.chat() if each.from_bot and words in each.text])
