"""Whatever Telegram answers on the nine ways, everything arrives once it answers again, or people are told."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.e2e.dealership import Dealership
from tests.history import violations
from tests.rig.flows import FLOWS, Flow
from tests.rig.troubles import Trouble, troubles_of

WITHOUT_FILES = ("connecting", "choosing an order", "a text", "an edit")


def _cells() -> Iterator[tuple[str, str]]:
    return ((name, trouble) for name in FLOWS for trouble, _ in troubles_of(name not in WITHOUT_FILES))


async def _plays(house: Dealership, flow: Flow, trouble: Trouble) -> None:
    """Once, in a trouble that passes."""
    await trouble.strikes(house.tg)
    playing = asyncio.create_task(flow.plays())
    hanging = asyncio.create_task(_hang(house)) if trouble.hangs else None
    try:
        await playing
        await house.settles(60)
    finally:
        if hanging is not None:
            hanging.cancel()
    await house.tg.clear_faults()


async def _hang(house: Dealership) -> None:
    """Connections that hang are cut in the end, as a proxy or a system would."""
    while True:
        await asyncio.sleep(0.3)
        await house.tg.release_hung()


@pytest.mark.parametrize("name", FLOWS)
async def test_a_trouble_that_passes_costs_nobody_anything(dealership: Dealership, name: str) -> None:
    flow = FLOWS[name](dealership)
    await flow.prelude()
    await dealership.begins()
    for told, trouble in troubles_of(name not in WITHOUT_FILES):
        await _plays(dealership, flow, trouble)
        assert violations(dealership.evidence()) == [], told
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
