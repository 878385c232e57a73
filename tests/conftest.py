"""What all tests share: patience with a busy machine, and the figures that some of them measure."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# A busy machine draws examples slowly, and that is no fault of the rule they try.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


YOUNG_OBJECTS = 20_000
LONG = (
    "tests/machine/",
    "tests/races/",
    "tests/e2e/test_kill",
    "tests/e2e/test_troubles",
    "tests/e2e/test_store_outages",
    "tests/e2e/test_failing",
    "tests/e2e/test_ways_on_a_bad_disk",
    "tests/browser/test_tour",
    "tests/bot/test_replay",
    "tests/test_demo",
)
"""Each worker begins with its part of them, so that none is left with a long one at the end."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """xdist gives each worker one stretch of the list, and lets those who are done take from the ends of the others."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.nodeid.startswith(LONG)]
    short = [item for item in items if not item.nodeid.startswith(LONG)]
    stretches, left = [], len(items)
    for number in range(workers):
        first, size = long[number::workers], left // (workers - number)
        stretches += first + short[: size - len(first)]
        short, left = short[max(0, size - len(first)) :], left - size
    items[:] = stretches + short


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
