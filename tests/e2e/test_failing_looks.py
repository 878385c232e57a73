"""Each call of the looks fails once, in each way a disk can fail: every order is found, and none is closed by it."""

import json
from pathlib import Path

from tests.e2e.dealership import Dealership
from tests.rig.disk import LOOK
from tests.rig.failing_calls import Rule

ERRORS = ("ENOSPC", "EIO", "EACCES", "ESTALE", "EROFS", "after EIO")
PETERS = "+375298888808"
UNTOUCHED = "a000100"
FOUND_WITHIN_S = 60
CALLS = range(1, 13)


def _order(error: str, call: int) -> str:
    return f"a{ERRORS.index(error) + 1}00{call:03}"


PLAN = [(error, call) for error in ERRORS for call in CALLS]
NUMBERS = [UNTOUCHED, *(_order(error, call) for error, call in PLAN)]


async def _all(dealership: Dealership, found: str, within_s: float = FOUND_WITHIN_S) -> None:
    """Until this holds of every order."""
    statement = f"SELECT count(*) FROM orders WHERE {found}"
    await dealership.until(lambda: dealership.rows(statement) == [(len(NUMBERS),)], within_s)


def _mend(card: Path, **more: str) -> None:
    """As programs do that take care: written aside, then put in its place."""
    card.with_suffix(".new").write_text(json.dumps(json.loads(card.read_text()) | more), encoding="utf-8")
    card.with_suffix(".new").replace(card)


def _ended(dealership: Dealership) -> int:
    ((count,),) = dealership.rows("SELECT count(*) FROM orders WHERE state IN ('closed', 'gone')")
    return int(count)


async def test_whichever_call_of_the_looks_fails_every_order_is_found_changed_and_closed_as_it_is(
    dealership: Dealership,
) -> None:
    rules = [Rule("store", _order(error, call), error, call, threads=LOOK) for error, call in PLAN]
    dealership.disk.breaks([Rule("store", UNTOUCHED, "EIO", 0, threads=LOOK), *rules])
    await dealership.begins(RESCAN_S="4")
    for number in NUMBERS:
        dealership.add_order(number, PETERS)
    await _all(dealership, "state = 'open'")
    assert {(told.meant, told.at) for told in dealership.disk.told() if told.does} >= {
        (error, call) for error in ERRORS for call in range(1, 5)
    }

    dealership.disk.breaks(rules)
    for number in NUMBERS:
        _mend(dealership.store / number / "content.txt", vehicle="Geely Atlas")
    await _all(dealership, "state = 'open' AND vehicle = 'Geely Atlas'")
    assert _ended(dealership) == 0

    for at, error in enumerate(ERRORS, start=1):
        dealership.disk.breaks([Rule("store", "", error, at, lasting=True, threads=LOOK)])
        told = len(dealership.disk.told())
        await dealership.until(lambda told=told: len(dealership.disk.told()) > told + 2, FOUND_WITHIN_S)  # type: ignore[misc]
        assert _ended(dealership) == 0, error

    dealership.disk.breaks(rules)
    for number in NUMBERS:
        (dealership.store / number).rename(dealership.store / f"{number} closed")
    await _all(dealership, "state = 'closed'")
    assert (await dealership.stops())[0] == 0
