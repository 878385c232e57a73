"""kill -9 at every named point of the nine ways, and after every commit: nothing lost, nothing twice without a kill."""

import itertools
import os
import re
import time
import timeit
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dealer_bot.kill_points import reach
from tests.e2e.dealership import Dealership
from tests.e2e.process import ROOT
from tests.history import violations
from tests.rig.flows import FLOWS
from tests.rig.kills import killed, recorded

RECEIVED = {"before_receipt", "after_receive", "before_turn_end", "after_finish"}
SENT = {"before_send", "after_send", "after_transaction"}
SHOWN = {"before_show", "after_show"}
FETCHED = {"before_download_end", "before_fetched", "after_record_fetched"}
SHELVED = {"in_copy", "before_shelved", "after_shelved", "before_kept", "after_record_kept"}
TOLD = {"before_journal", "after_journal"}
KEPT = FETCHED | SHELVED | TOLD
WAYS = {
    "connecting": RECEIVED | SENT | SHOWN | {"after_come_back", "after_connect"},
    "choosing an order": RECEIVED | SENT | SHOWN | {"after_enter", "after_pin"},
    "choosing by picture": RECEIVED
    | SENT
    | SHOWN
    | {"after_ask_to_read", "after_count_try", "before_download_end", "before_reading", "after_settle_read"},
    "a photo": RECEIVED | SENT | SHOWN | KEPT | {"after_accept", "in_download"},
    "an album": RECEIVED | SENT | SHOWN | KEPT | {"after_accept"},
    "a text": RECEIVED | SENT | {"after_accept"},
    "an edit": RECEIVED | SENT | {"after_accept", "after_revise"},
    "an answer": RECEIVED | SENT | KEPT | {"after_from_client"},
    "a late client": RECEIVED | SENT | SHOWN | KEPT | {"after_enter", "after_accept", "after_connect"},
    "closing": RECEIVED | SENT | SHOWN | KEPT | {"after_accept", "after_end", "after_place", "after_enter"},
    "a talk with care": RECEIVED
    | SENT
    | {"after_begin", "after_from_client", "after_write_to", "after_answer_client", "after_end"},
}
"""The points at which a life must die on each way; those that it comes through by chance are tried too."""

LONG_WAYS = {"choosing by picture": 5, "a late client": 4, "closing": 4, "a talk with care": 4}
SHORT_WAY = 3
"""Deaths in one play of a way, far from each other."""
SOAK = bool(os.environ.get("SOAK"))
PLAYS_MORE = 12


def _plan(name: str, passed: Counter[str]) -> Iterator[tuple[str, ...]]:
    """Each point at its first passage; in the soak at every passage, alone."""
    if SOAK:
        yield from ((f"{point}:{n}",) for point, times in passed.items() for n in range(1, times + 1))
        return
    firsts = [f"{point}:1" for point in passed]
    plays = -(-len(firsts) // LONG_WAYS.get(name, SHORT_WAY))
    yield from (tuple(itertools.islice(firsts, start, None, plays)) for start in range(plays))


@pytest.mark.parametrize("name", list(reversed(FLOWS)))
async def test_a_death_at_any_point_loses_nothing_and_repeats_at_most_once(
    dealership: Dealership, tmp_path: Path, name: str
) -> None:
    flow = FLOWS[name](dealership)
    await flow.prelude()
    passed = await recorded(dealership, flow, tmp_path / "points")

    died: set[str] = set()
    for points in _plan(name, passed):
        died.update(await killed(dealership, flow, points))
    for point in sorted({f"{each}:1" for each in passed} - died):
        died.update(await killed(dealership, flow, [point]))
    for _ in range(PLAYS_MORE):  # where two loops race, a play may come past a point without passing it
        for point in sorted(WAYS[name] - _names(died)):
            died.update(await killed(dealership, flow, [f"{point}:1"]))
    assert _names(died) >= WAYS[name]


def _names(points: Iterable[str]) -> set[str]:
    return {point.partition(":")[0] for point in points}


async def test_what_was_killed_twice_on_its_way_is_left_to_people(dealership: Dealership) -> None:
    flow = FLOWS["a text"](dealership)
    await flow.prelude()
    assert await killed(dealership, flow, ["after_send:1", "after_send:1"]) == ["after_send:1", "after_send:1"]
    said = [entry for entry in dealership.server.journal.entries if "Нашли скол" in str(entry.params.get("text"))]
    assert len(said) == 2
    told = [str(entry.params.get("text")) for entry in dealership.server.journal.entries]
    assert any("не ясно, дошло ли сообщение" in text for text in told)
    assert violations(dealership.evidence()) == []


def test_a_point_that_nobody_watches_costs_less_than_a_thousandth_of_a_millisecond() -> None:
    """A photo comes through about thirty of them, in three milliseconds of our own."""
    times, calls = 5, 10_000
    assert (
        min(timeit.repeat(lambda: reach("nobody_watches"), timer=time.process_time, number=calls, repeat=times)) / calls
        < 1e-6
    )


def test_every_kill_point_is_tried() -> None:
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "dealer_bot").rglob("*.py"))
    tried = set().union(*WAYS.values())
    assert tried >= {name for code in sources for name in re.findall(r'\breach\("(\w+)"\)', code)}
