"""Two hundred days of forty steps each: nothing goes to a stranger, nothing is lost, nothing waits for no reason."""

import math
import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.machine.folder_rules import FolderRules
from tests.machine.ground import Ground
from tests.machine.people_rules import PeopleRules
from tests.machine.weather_rules import WeatherRules

SOAK = os.environ.get("SOAK") == "1"
PARTS = 3
"""Workers share them."""
SEEDS_OF_A_PART = 4
"""Days of one seed resemble each other: of several, each rule has its turns."""
EXAMPLES, STEPS = (5_000, 60) if SOAK else (200, 40)
FIRED_AT_LEAST = 10


class Machine(FolderRules, PeopleRules, WeatherRules):
    """Everything that can happen, in any order."""


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_in_whatever_order(
    ground: Ground, part: int, record_property: Callable[[str, object], None]
) -> None:
    for number in range(part * SEEDS_OF_A_PART, (part + 1) * SEEDS_OF_A_PART):
        machine = type("Machine", (Machine,), {"ground": ground})
        run_state_machine_as_test(machine if SOAK else seed(number)(machine), settings=_days())
    rarest, seldom = min((n, name) for name, n in ground.fired.items())[::-1]
    record_property("figure", f"state machine, part {part}: {ground.steps} steps, the rarest {rarest} {seldom} times")
    assert {name: n for name, n in ground.fired.items() if n < FIRED_AT_LEAST} == {}


def _days() -> settings:
    return settings(
        max_examples=math.ceil(EXAMPLES / PARTS / SEEDS_OF_A_PART),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # steps that failed are printed; to shorten them takes longer than to read them
        suppress_health_check=list(HealthCheck),
    )
