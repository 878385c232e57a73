"""Each way of the spine without a fault: what the judge finds when nothing has happened is what he finds otherwise."""

import asyncio

import pytest

from tests.e2e.dealership import Dealership
from tests.history import violations
from tests.rig.flows import FLOWS


@pytest.mark.parametrize("name", FLOWS)
async def test_a_flow_can_be_played_again_and_again(dealership: Dealership, name: str) -> None:
    flow = FLOWS[name](dealership)
    await flow.prelude()
    for _ in range(2):
        playing = asyncio.create_task(flow.plays())
        await dealership.begins()
        await playing
        await dealership.settles()
        assert (await dealership.stops())[0] == 0
        assert violations(dealership.evidence()) == []
