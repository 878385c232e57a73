"""Each call on the way of a photo fails once, in each way a disk can fail: nothing is lost, nothing broken is seen."""

import asyncio
import time
from collections.abc import Iterable

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations
from tests.rig.disk import EVENT_LOOP, KEEPER
from tests.rig.failing_calls import Rule

ERRORS = ("ENOSPC", "EIO", "EACCES", "ESTALE", "EROFS", "after EIO")
PETERS, ANNAS, ADMINS = "+375298888808", "+375291112233", "+375291112200"
UNTOUCHED = "a000100"
RECOVERS_WITHIN_S = 60
MORE = 2
"""How many calls beyond those of an untouched run are tried, to see that the last ones find nothing to fail."""


def _order(error: int, call: int) -> str:
    return f"a{error + 1}00{call:03}"


async def _shop(dealership: Dealership, numbers: Iterable[str]) -> PersonClient:
    """One employee; all orders are of one client, who is connected."""
    for number in numbers:
        dealership.add_order(number, PETERS)
    await dealership.begins()
    await dealership.staff("Мария", ADMINS, "admin")
    anna = await dealership.staff("Анна", ANNAS)
    await dealership.client("Пётр", PETERS, *numbers)
    return anna


async def _recovers(dealership: Dealership) -> None:
    """By itself, while it runs."""
    deadline = time.monotonic() + RECOVERS_WITHIN_S
    await dealership.settles(RECOVERS_WITHIN_S)
    while found := violations(dealership.evidence()):
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.3)


def _counted(dealership: Dealership, zone: str, group: str) -> int:
    return max((told.seen for told in dealership.disk.told() if (told.zone, told.group) == (zone, group)), default=0)


def _befallen(dealership: Dealership) -> set[tuple[str, int]]:
    """(what, at which call) of all that came to pass."""
    return {(told.meant, told.at) for told in dealership.disk.told() if told.does}


@pytest.mark.parametrize("errors", [ERRORS[:3], ERRORS[3:]], ids=str)
async def test_whichever_call_of_a_photos_way_fails_in_the_store_it_is_kept_in_the_end(
    dealership: Dealership, errors: tuple[str, ...]
) -> None:
    numbers = [_order(error, call) for error in range(len(errors)) for call in range(40)]
    anna = await _shop(dealership, [UNTOUCHED, *numbers])
    dealership.disk.breaks([Rule("store", UNTOUCHED, "EIO", 0, threads=KEEPER)])
    await dealership.enters(anna, UNTOUCHED)
    await dealership.shoots(anna, UNTOUCHED)
    await _recovers(dealership)
    count = _counted(dealership, "store", UNTOUCHED)
    assert 30 < count < 40 - MORE

    plan = [(n, error, call) for n, error in enumerate(errors) for call in range(1, count + MORE + 1)]
    rules = [Rule("store", _order(n, call), error, call, threads=KEEPER) for n, error, call in plan]
    dealership.disk.breaks([*rules, Rule("store", "*", "EIO", 0, threads=EVENT_LOOP)])
    for n, _, call in plan:
        await dealership.enters(anna, _order(n, call))
        await dealership.shoots(anna, _order(n, call))
    await _recovers(dealership)
    assert _befallen(dealership) >= {(error, call) for error in errors for call in range(1, count + 1)}
    assert [told for told in dealership.disk.told() if told.thread == EVENT_LOOP] == []
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
