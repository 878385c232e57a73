"""Three hundred days of forty steps each: nothing goes to a stranger, nothing is lost, nothing waits for no reason."""

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
SEEDS = (0, 1, 7)
"""In parts, so that workers share them; together each rule has its hundred turns."""
EXAMPLES, STEPS = (5_000, 60) if SOAK else (300, 40)
FIRED_AT_LEAST = 10


class Machine(FolderRules, PeopleRules, WeatherRules):
    """Everything that can happen, in any order."""


@pytest.mark.parametrize("shard", SEEDS)
def test_whatever_happens_in_whatever_order(
    ground: Ground, shard: int, record_property: Callable[[str, object], None]
) -> None:
    machine = type("Machine", (Machine,), {"ground": ground})
    days = settings(
        max_examples=EXAMPLES // len(SEEDS),
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=(Phase.generate,),  # steps that failed are printed; to shorten them takes longer than to read them
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine if SOAK else seed(shard)(machine), settings=days)
    rarest, seldom = min((n, name) for name, n in ground.fired.items())[::-1]
    record_property("figure", f"state machine, part {shard}: {ground.steps} steps, the rarest {rarest} {seldom} times")
    assert {name: n for name, n in ground.fired.items() if n < FIRED_AT_LEAST} == {}
