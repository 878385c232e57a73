"""What all tests share: patience with a busy machine, an empty database, and the figures that some of them measure."""

import gc
import os
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from database.connection import Database

# A busy machine draws examples slowly, and that is no fault of the rule they try.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    made.open()
    yield made
    made.close()


YOUNG_OBJECTS = 20_000
PROGRAMS = "tests/e2e/"
LONG = ("tests/machine/", "tests/races/", "tests/browser/test_tour", "tests/bot/test_replay", "tests/test_demo")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """xdist gives each worker one stretch of the list, and lets those who are done take from the ends of the others.

    Tests of whole programs wait, the other long ones compute: two thirds of the workers begin with the former, the rest
    with the latter. Files lie mixed, since those of one folder resemble each other.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if workers == 1:
        return
    leading = workers * 2 // 3
    programs = [item for item in items if item.nodeid.startswith(PROGRAMS)]
    long = [item for item in items if item.nodeid.startswith(LONG)]
    short = [item for item in items if not item.nodeid.startswith((PROGRAMS, *LONG))]
    others = iter(sorted(short, key=_place_of_its_file))
    stretches: list[pytest.Item] = []
    for number in range(workers):
        size = (len(items) - len(stretches)) // (workers - number)
        first = programs[number::leading] if number < leading else long[number - leading :: workers - leading]
        stretches += (*first, *islice(others, max(0, size - len(first))))
    items[:] = [*stretches, *others]


def _place_of_its_file(item: pytest.Item) -> int:
    return zlib.crc32(item.path.name.encode())


def pytest_collection_finish() -> None:
    """What was imported lives to the end: no collection walks through it again, and they come seldom, as in the bot."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What tests gave to `record_property("figure", …)`, at the end of a run, from all workers."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    told = [text for report in reports for name, text in report.user_properties if name == "figure"]
    if told:
        terminalreporter.section("figures")
        terminalreporter.write_line("\n".join(map(str, told)))
