"""kill -9 at each place where something has just been done, or is just about to be: nothing is lost, nothing is twice."""

import re

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.e2e.process import ROOT
from tests.history import violations

ORDER, PETERS, ANNAS, ADMINS = "a00017732", "+375298888808", "+375291112233", "+375291112200"
POINTS = (
    "before_receipt",
    "after_receipt",
    "after_effect",
    "before_turn_end",
    "after_turn_end",
    "in_download",
    "before_download_end",
    "before_fetched",
    "after_fetched",
    "before_shelved",
    "after_shelved",
    "before_kept",
    "after_kept",
    "before_send",
    "after_send",
    "after_show",
)
IN_PIECES = 6 * 1024 * 1024
"""More bytes than are fetched in one piece."""


@pytest.fixture
async def anna(dealership: Dealership) -> PersonClient:
    """An employee in an order whose client is connected; the bot is at rest."""
    dealership.add_order(ORDER, PETERS)
    await dealership.begins()
    await dealership.staff("Мария", ADMINS, "admin")
    anna = await dealership.staff("Анна", ANNAS)
    await dealership.client("Пётр", PETERS, ORDER)
    await dealership.enters(anna, ORDER)
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    return anna


@pytest.mark.parametrize("nth", [1, 3])
@pytest.mark.parametrize("point", POINTS)
async def test_a_kill_loses_nothing_and_repeats_at_most_once(
    dealership: Dealership, anna: PersonClient, point: str, nth: int
) -> None:
    for size in (0, IN_PIECES if point == "in_download" else 0, 0):
        await dealership.shoots(anna, ORDER, data=dealership.picture() + bytes(size))
    await dealership.writes(anna, ORDER, "Нашли ещё один скол")
    await dealership.begins(kill_point=f"{point}:{nth}")
    await dealership.is_killed_at_its_point()

    await dealership.begins()
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []


async def test_what_was_killed_twice_on_its_way_is_left_to_people(dealership: Dealership, anna: PersonClient) -> None:
    await dealership.shoots(anna, ORDER)
    for _ in range(2):
        await dealership.begins(kill_point="after_send:1")
        await dealership.is_killed_at_its_point()

    await dealership.begins()
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
    sent = [entry for entry in dealership.server.journal.entries if entry.method == "sendPhoto"]
    assert len(sent) == 2
    told = [str(entry.params.get("text")) for entry in dealership.server.journal.entries]
    assert any("не ясно, дошло ли сообщение" in text for text in told)


def test_every_kill_point_is_tried() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "dealer_bot").rglob("*.py"))
    assert sorted(POINTS) == sorted(name for code in sources for name in re.findall(r'\breach\("(\w+)"\)', code))
