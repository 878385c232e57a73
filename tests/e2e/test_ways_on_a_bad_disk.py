"""The ways of the spine on a disk that fails: at one call, or from one call on until it is healed."""

import asyncio
import itertools
import os
import time
from collections.abc import Iterator

import pytest

from tests.e2e.dealership import Dealership
from tests.history import violations
from tests.rig.disk import KEEPER
from tests.rig.failing_calls import Rule
from tests.rig.flows import FLOWS, Flow

ERRORS = ("ENOSPC", "EIO", "EACCES", "ESTALE", "EROFS", "after EIO")
WAYS = ("a photo", "an album", "an answer", "a late client", "closing")
SOAK = bool(os.environ.get("SOAK"))
PLAYS = 4
RECOVERS_WITHIN_S = 60
FAILS_AT_LEAST = 3


KINDS = tuple(itertools.product((False, True), ERRORS))
"""Whether it lasts, and what it is."""


def _plan(count: int, kind: tuple[bool, str] | None) -> Iterator[tuple[str, int, bool]]:
    """(error, at which call, whether it lasts): of one kind all of them; else a few, spread over kinds and the way."""
    if kind is not None:
        yield from ((kind[1], call, kind[0]) for call in range(1, count + 1))
        return
    kinds = itertools.cycle(KINDS)
    for number in range(PLAYS):
        lasting, error = next(itertools.islice(kinds, 3, None))
        yield error, 1 + number * (count - 1) // (PLAYS - 1), lasting


def _told(kind: tuple[bool, str] | None) -> str:
    return "a few" if kind is None else f"{kind[1]}{' for long' if kind[0] else ''}"


async def _plays(house: Dealership, flow: Flow) -> None:
    """On a disk as it is now, to the end."""
    await flow.plays()
    await house.settles(RECOVERS_WITHIN_S)
    deadline = time.monotonic() + RECOVERS_WITHIN_S
    while found := violations(house.evidence()):
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.2)


async def _fails(house: Dealership, flow: Flow, rule: Rule) -> int:
    """How many calls failed; a fault that lasts is healed when it has been met a few times."""
    before = len(house.disk.told())
    house.disk.breaks([rule])
    playing = asyncio.create_task(_plays(house, flow))
    enough = FAILS_AT_LEAST if rule.lasting else 1
    while not playing.done() and _failed(house, before) < enough:
        await asyncio.sleep(0.02)
    house.disk.heals()
    await playing
    return _failed(house, before)


def _failed(house: Dealership, before: int) -> int:
    return sum(bool(told.does) for told in house.disk.told()[before:])


@pytest.mark.parametrize("kind", KINDS if SOAK else (None,), ids=_told)
@pytest.mark.parametrize("name", WAYS)
async def test_a_way_on_which_any_call_fails_once_or_for_long_ends_as_on_a_sound_disk(
    dealership: Dealership, name: str, kind: tuple[bool, str] | None
) -> None:
    flow = FLOWS[name](dealership)
    await flow.prelude()
    await dealership.begins()
    dealership.disk.counts("*", "*", KEEPER)
    await _plays(dealership, flow)
    count = dealership.disk.counted()
    assert count > 20

    for error, at, lasting in _plan(count, kind):
        failed = await _fails(dealership, flow, Rule("*", "*", error, at, lasting, threads=KEEPER))
        assert failed or at > count // 2, f"call {at} of {count} was never made"
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
