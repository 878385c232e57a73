"""One update that can't be handled, in a batch of a hundred: the others are, and people are told."""

from typing import Any

import pytest

from tests.e2e.dealership import Dealership
from tests.e2e.poison import message_of, poison
from tests.e2e.team import Team, moves_in
from tests.history import violations

EACH_WRITES = 33


async def _hundred(dealership: Dealership, team: Team, poison: dict[str, Any], place: int) -> None:
    """One batch: 33 texts of each employee, and the poison among them."""
    await dealership.tg.hold_updates()
    for n in range(EACH_WRITES):
        for number, worker in team.workers.items():
            await dealership.writes(worker.person, number, f"{number}, скол № {n}.")
    await dealership.tg.inject(poison, position=place)
    await dealership.tg.let_updates_go()


@pytest.mark.parametrize(
    ("name", "place"),
    [("fields of other types", 0), ("a forward from nobody", 99), ("half a character", 50), ("an unknown kind", 50)],
)
async def test_the_other_99_of_a_batch_are_handled(dealership: Dealership, name: str, place: int) -> None:
    team = await moves_in(dealership)
    await _hundred(dealership, team, poison(name, team.workers["a00017701"].person), place)
    await team.admin.sees("не удалось обработать")
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert dealership.rows("SELECT tries FROM inbox WHERE state = 'dead'") == [(0,)]
    assert violations(dealership.evidence(), dead=1) == []


@pytest.mark.parametrize("place", [0, 50])
async def test_an_update_with_an_enormous_id_is_handled_once_and_is_not_asked_for_without_end(
    dealership: Dealership, place: int
) -> None:
    team = await moves_in(dealership)
    anna = team.workers["a00017701"].person
    huge = {"update_id": 2**70, "message": message_of(anna, text="Скол без номера.")}
    await _hundred(dealership, team, huge, place)
    await dealership.until(lambda: violations(dealership.evidence()) == [])
    polls = dealership.polls()
    await anna.says("/help")
    await anna.sees("/order — выбрать заказ-наряд")
    assert dealership.polls() - polls < 10
    assert (await dealership.stops())[0] == 0
    told = [str(entry.params.get("text")) for entry in dealership.server.journal.entries]
    assert sum("Скол без номера." in text for text in told) == 1
