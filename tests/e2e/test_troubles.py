"""Whatever Telegram answers on the nine ways, everything arrives once it answers again, or people are told."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from dealer_bot.sandbox.journal import Entry
from tests.e2e.dealership import Dealership
from tests.e2e.poison import POISONS, poison
from tests.history import violations
from tests.rig.flows import FLOWS, Flow
from tests.rig.troubles import POLL, REFUSALS, Trouble, troubles_of

LONGEST_FIRST = tuple(reversed(FLOWS))


async def _begun(house: Dealership, name: str) -> Flow:
    flow = FLOWS[name](house)
    await flow.prelude()
    await house.begins()
    return flow


async def _asks_for_updates_anew(house: Dealership, flow: Flow) -> None:
    """The poll that is open already is not struck: it has to end first."""
    polls = house.polls()
    await flow.cast.anna.says("/language")
    await house.until(lambda: house.polls() > polls)


def _failed(entry: Entry) -> bool:
    return entry.outcome in ("refused", "cut", "hung", "gone") or entry.method == "download"


@asynccontextmanager
async def _hanging(house: Dealership) -> AsyncIterator[None]:
    """Connections that hang are cut in the end, as a proxy or a system would."""

    async def cut() -> None:
        while True:
            await asyncio.sleep(0.3)
            await house.tg.release_hung()

    cutting = asyncio.create_task(cut())
    try:
        yield
    finally:
        cutting.cancel()


async def _plays(house: Dealership, flow: Flow, trouble: Trouble) -> None:
    """Once, in a trouble that passes and that did strike."""
    before = len(house.server.journal.entries)
    await trouble.strikes(house.tg)
    if trouble.methods == POLL:
        await _asks_for_updates_anew(house, flow)
    async with _hanging(house):
        await flow.plays()
        await house.settles(60)
    struck = [
        each for each in house.server.journal.entries[before:] if each.method in trouble.methods and _failed(each)
    ]
    assert struck, "the trouble has struck nothing"
    await house.tg.clear_faults()


@pytest.mark.parametrize("name", LONGEST_FIRST)
async def test_a_trouble_that_passes_costs_nobody_anything(dealership: Dealership, name: str) -> None:
    flow = await _begun(dealership, name)
    for told, trouble in troubles_of(name):
        await _plays(dealership, flow, trouble)
        assert _wrong(dealership) == [], told
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
    assert "polling with the same token" in dealership.log.read_text(encoding="utf-8")


def _whose(flow: Flow, method: str) -> int | None:
    """Texts and edits go to everybody: only the reader's are meant."""
    return flow.reader.chat_id if method in ("sendMessage", "editMessageText") else None


@pytest.mark.parametrize("name", REFUSALS)
async def test_who_blocked_the_bot_gets_everything_when_he_comes_back(dealership: Dealership, name: str) -> None:
    flow, method = await _begun(dealership, name), REFUSALS[name]
    await dealership.tg.fault(method, chat=_whose(flow, method), blocked=True)
    playing = asyncio.create_task(flow.plays())
    await dealership.until(lambda: bool(dealership.rows("SELECT 1 FROM chats WHERE blocked_at IS NOT NULL")))
    await flow.reader.starts()
    await playing
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    if flow.reader is flow.cast.anna:
        dealership.handed[:] = [replace(each, also=flow.cast.maria.id) for each in dealership.handed]
    assert violations(dealership.evidence()) == []


@pytest.mark.parametrize("name", REFUSALS)
async def test_what_telegram_refuses_for_good_is_told_to_the_administrator(dealership: Dealership, name: str) -> None:
    flow, method = await _begun(dealership, name), REFUSALS[name]
    refusal = [400, "Bad Request: nothing that anybody has thought of"]
    await dealership.tg.fault(method, chat=_whose(flow, method), refuse=refusal)
    await flow.plays()
    await dealership.settles()
    await flow.cast.maria.sees("Telegram не принял сообщение")
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []


@pytest.mark.parametrize("name", LONGEST_FIRST)
async def test_poison_at_any_place_of_a_batch_harms_nobody_else(dealership: Dealership, name: str) -> None:
    flow = await _begun(dealership, name)
    sender = flow.cast.peter if name == "an answer" else flow.cast.anna
    place, batch = 0, 1
    while place <= batch:
        await dealership.tg.hold_updates()
        playing = asyncio.create_task(flow.plays())
        batch = await _gathered(dealership, playing)
        await dealership.tg.inject(poison(POISONS[place % len(POISONS)], sender), position=place)
        await dealership.tg.let_updates_go()
        await playing
        await dealership.settles()
        place += 1
        assert _wrong(dealership, dead=place) == [], f"at place {place} of {batch}"
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence(), dead=place) == []


def _wrong(house: Dealership, dead: int = 0) -> list[str]:
    """While the bot runs; a folder's journal and a clear spool come a moment after the files."""
    found = violations(house.evidence(), dead=dead)
    return [each for each in found if not each.startswith(("media.jsonl", "left behind"))]


async def _gathered(house: Dealership, playing: "asyncio.Task[None]") -> int:
    """How many updates people send before they wait for the bot."""
    count = -1
    while count < len(house.server.world.updates) or count == 0:
        count = len(house.server.world.updates)
        await asyncio.sleep(0.15)
        if playing.done():
            break
    return len(house.server.world.updates)
