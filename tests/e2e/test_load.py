"""Fifty updates a second while Telegram behaves badly: nothing lost, order kept, people answered, memory level."""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from dealer_bot.sandbox.journal import Entry
from tests.e2e.dealership import Dealership
from tests.history import violations
from tests.load.answers import LOST, Answers, percentile
from tests.load.crowd import gathers
from tests.load.machine import Gauge
from tests.load.traffic import EVERY_S, Traffic
from tests.load.weather import worsen

SOAK = bool(os.environ.get("SOAK"))
SECONDS, KILL_EVERY_S = (600.0, 60.0) if SOAK else (30.0, None)
P95_S, GROWTH_MB = 1.0, 50.0
WORK_S = 0.015
"""Of a processor, for one update with all that follows from it: at fifty a second three quarters of one core."""
STRETCHED = 2.0
"""Where the bot waits longer for a core than it runs, only the work it does can be judged, not how soon it is done."""


@asynccontextmanager
async def _meanwhile(*watches: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(watch) for watch in watches]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            assert outcome is None or isinstance(outcome, asyncio.CancelledError), outcome


async def _killed_now_and_then(dealership: Dealership, downs: list[tuple[float, float]]) -> None:
    """`downs`: from each kill until the next life asked for updates."""
    while KILL_EVERY_S is not None:
        await asyncio.sleep(KILL_EVERY_S)
        await dealership.is_killed()
        await dealership.begins(forked=False)
        downs.append((dealership.kills[-1], asyncio.get_running_loop().time()))


@pytest.mark.alone
@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason=f"the gauges are Linux's, not {sys.platform}'s")
async def test_fifty_updates_a_second_in_bad_weather(
    dealership: Dealership, record_property: Callable[[str, object], None]
) -> None:
    crowd = await gathers(dealership)
    traffic = Traffic(dealership, crowd, random.Random(20261121))
    for shooter in crowd.shooters:
        traffic.writes(shooter)
    await dealership.settles()

    before, downs = len(dealership.server.journal.entries), list[tuple[float, float]]()
    gauge = Gauge(lambda: dealership.pid if len(downs) == len(dealership.kills) else None)
    worsen(dealership.server.faults)
    async with _meanwhile(gauge.watch(), _killed_now_and_then(dealership, downs)):
        await traffic.flows(SECONDS)
    dealership.server.faults.clear()
    dealership.server.faults.release()  # what has not timed out by now is cut, as a proxy does in the end
    await dealership.settles(180)
    gauge.look()
    assert (await dealership.stops())[0] == 0

    entries = dealership.server.journal.entries
    answers = Answers(entries[before:], traffic.questions, dealership.server.world.updates.first_given, downs)
    answered = answers.answered()
    raw_s, ours_s = (percentile([getattr(each, of) for each in answered], 0.95) for of in ("raw_s", "ours_s"))
    record_property(
        "figure",
        f"load: {traffic.updates} updates in {SECONDS:.0f} s, {traffic.photos} of them photos, {len(downs)} kills:"
        f" p95 of {len(answered)} answers {ours_s:.2f} s ({raw_s:.1f} s with what Telegram kept shut), memory"
        f" {gauge.growth_mb:+.0f} MB, {gauge.ran_s / traffic.updates * 1000:.1f} ms of a processor an update,"
        f" everything {gauge.stretch:.1f} times as long as it ran, by what else ran here",
    )
    lost = Counter(int(entry.params["chat_id"]) for entry in entries if _is_lost_answer(entry))
    assert violations(dealership.evidence(), unanswered=lost) == []
    assert answers.unanswered() == []
    assert traffic.late_s < 100 * EVERY_S or gauge.stretch > STRETCHED, "the crowd itself could not keep its pace"
    assert gauge.growth_mb <= GROWTH_MB
    assert gauge.ran_s / traffic.updates <= WORK_S
    assert ours_s <= P95_S or gauge.stretch > STRETCHED


def _is_lost_answer(entry: Entry) -> bool:
    return entry.accepted and entry.outcome in LOST and "chat_id" in entry.params
