"""Each call on the way of a photo fails once, in each way a disk can fail: nothing is lost, nothing broken is seen."""

import asyncio
import os
import time
from collections.abc import Iterable

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations
from tests.rig.disk import EVENT_LOOP, KEEPER
from tests.rig.failing_calls import Rule

ERRORS = ("ENOSPC", "EIO", "EACCES", "ESTALE", "EROFS")
LIES = "after EIO"
"""What a share does: the call happens, and is said to have failed."""
PETERS, ANNAS, ADMINS = "+375298888808", "+375291112233", "+375291112200"
UNTOUCHED = "a000100"
MOST_CALLS = 45
RECOVERS_WITHIN_S = 60
MORE = 2
"""How many calls beyond those of an untouched run are tried, to see that the last ones find nothing to fail."""


def _errors(call: int) -> tuple[str, ...]:
    """All of them take long: each call fails in one way, and once after it has happened."""
    return (*ERRORS, LIES) if os.environ.get("SOAK") else (ERRORS[call % len(ERRORS)], LIES)


def _order(error: str, call: int) -> str:
    return f"a{(*ERRORS, LIES).index(error) + 1}00{call:03}"


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


async def _stops_clean(dealership: Dealership) -> None:
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
    assert [told for told in dealership.disk.told() if told.thread == EVENT_LOOP] == []


def _befallen(dealership: Dealership) -> set[tuple[str, int]]:
    """(what, at which call) of all that came to pass."""
    return {(told.meant, told.at) for told in dealership.disk.told() if told.does}


async def test_whichever_call_on_a_photos_way_into_the_store_fails_it_is_kept_in_the_end(
    dealership: Dealership,
) -> None:
    numbers = [_order(error, call) for call in range(1, MOST_CALLS) for error in _errors(call)]
    anna = await _shop(dealership, [UNTOUCHED, *numbers])
    dealership.disk.counts("store", UNTOUCHED, KEEPER)
    await dealership.enters(anna, UNTOUCHED)
    await dealership.shoots(anna, UNTOUCHED)
    await _recovers(dealership)
    count = dealership.disk.counted()
    assert 30 < count < MOST_CALLS - MORE

    plan = [(error, call) for call in range(1, count + MORE) for error in _errors(call)]
    rules = [Rule("store", _order(error, call), error, call, threads=KEEPER) for error, call in plan]
    dealership.disk.breaks([*rules, Rule("store", "*", "EIO", 0, threads=EVENT_LOOP)])
    for error, call in plan:
        await dealership.enters(anna, _order(error, call))
        await dealership.shoots(anna, _order(error, call))
    await _recovers(dealership)
    assert _befallen(dealership) >= {(error, call) for error, call in plan if call <= count}
    await _stops_clean(dealership)


async def test_whichever_call_in_the_spool_fails_each_photo_is_kept_in_the_end(dealership: Dealership) -> None:
    anna = await _shop(dealership, [UNTOUCHED])
    dealership.disk.counts("spool", "1", "")
    await dealership.enters(anna, UNTOUCHED)
    await dealership.shoots(anna, UNTOUCHED)
    await _recovers(dealership)
    count = dealership.disk.counted()
    assert count > 8

    plan = [(error, call) for call in range(1, count + MORE) for error in (*ERRORS, LIES)]
    rules = [Rule("spool", str(number), error, call) for number, (error, call) in enumerate(plan, start=2)]
    rules += [Rule("spool", "", error, at) for at, error in enumerate((*ERRORS, LIES), start=1)]
    dealership.disk.breaks([*rules, Rule("spool", "*", "EIO", 0, threads=EVENT_LOOP)])
    for _ in plan:
        await dealership.shoots(anna, UNTOUCHED)
    await _recovers(dealership)
    assert _befallen(dealership) >= {(error, call) for error, call in plan if call <= count}
    await _stops_clean(dealership)


async def test_an_order_closed_before_whichever_call_gets_nothing_until_it_is_open_again(
    dealership: Dealership,
) -> None:
    numbers = [_order(LIES, call) for call in range(1, MOST_CALLS)]
    anna = await _shop(dealership, [UNTOUCHED, *numbers])
    dealership.disk.counts("store", UNTOUCHED, KEEPER)
    await dealership.enters(anna, UNTOUCHED)
    await dealership.shoots(anna, UNTOUCHED)
    await _recovers(dealership)
    calls = range(1, dealership.disk.counted() + 1)
    dealership.disk.breaks([Rule("store", _order(LIES, call), "close", call, threads=KEEPER) for call in calls])
    for call in calls:
        await dealership.enters(anna, _order(LIES, call))
        await dealership.shoots(anna, _order(LIES, call))
    closed = [dealership.store / f"{_order(LIES, call)} closed" for call in calls]
    await dealership.until(lambda: all(folder.is_dir() for folder in closed), RECOVERS_WITHIN_S)
    await dealership.tg.quiet(within_s=RECOVERS_WITHIN_S)

    wanted = {each.sha256 for each in dealership.handed}
    for folder in closed:
        files = [path for path in folder.glob("*/*") if path.is_file()]
        assert [path for path in files if path.suffix == ".part"] == []
        assert {dealership.hash_of(path) for path in files if path.name != "media.jsonl"} <= wanted
    dealership.disk.heals()
    for folder in closed:
        folder.rename(folder.with_name(folder.name.removesuffix(" closed")))
    await _recovers(dealership)
    await _stops_clean(dealership)
