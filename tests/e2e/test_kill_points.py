"""kill -9 at each place where something has just been done, or is just about to be."""

import re

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.e2e.process import ROOT
from tests.history import violations

ORDER, PETERS, ANNAS, ADMINS = "a00017732", "+375298888808", "+375291112233", "+375291112200"
WAYS = {
    "receiving": ("before_receipt:1", "after_receive:1"),
    "handling": ("after_accept:1", "after_accept:2", "before_turn_end:1", "before_turn_end:3", "after_finish:2"),
    "fetching": (
        "in_download:9",
        "before_download_end:1",
        "before_fetched:1",
        "before_fetched:2",
        "after_record_fetched:1",
    ),
    "shelving": (
        "in_copy:4",
        "before_shelved:1",
        "after_shelved:1",
        "before_kept:2",
        "after_record_kept:1",
        "before_journal:1",
        "after_journal:1",
    ),
    "sending": ("before_send:1", "before_send:2", "after_send:1", "after_send:3", "before_show:1", "after_show:1"),
}
IN_PIECES = 6 * 1024 * 1024
"""More bytes than are fetched, or copied, in one piece."""


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


@pytest.mark.parametrize("way", WAYS)
async def test_a_kill_loses_nothing_and_repeats_at_most_once(
    dealership: Dealership, anna: PersonClient, way: str
) -> None:
    for point in WAYS[way]:
        await dealership.shoots(anna, ORDER)
        await dealership.films(anna, ORDER, "Acceptance", IN_PIECES if point.startswith("in_") else 1000)
        await dealership.writes(anna, ORDER, f"Нашли ещё один скол ({point})")
        await dealership.begins(kill_point=point)
        await dealership.is_killed_at_its_point()

        await dealership.begins()
        await dealership.settles()
        assert (await dealership.stops())[0] == 0
        assert violations(dealership.evidence()) == [], point


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
    tried = {point.partition(":")[0] for points in WAYS.values() for point in points}
    assert tried >= {name for code in sources for name in re.findall(r'\breach\("(\w+)"\)', code)}
