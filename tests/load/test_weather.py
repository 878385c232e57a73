"""The weather is as bad as it is said to be."""

from collections import Counter

from dealer_bot.sandbox.faults import Faults
from dealer_bot.sandbox.journal import POLL
from tests.load.weather import OF_CALLS, worsen

CALLS = 20_000


def test_each_fault_strikes_its_share_of_the_calls() -> None:
    faults = Faults(seed=1)
    worsen(faults)
    struck = Counter(fault.kind for _ in range(CALLS) if (fault := faults.take("sendphoto", {})) is not None)
    for kind, _, share in OF_CALLS:
        assert abs(struck[kind] / CALLS - share) < 0.01


def test_a_long_poll_is_never_left_hanging() -> None:
    faults = Faults(seed=1)
    worsen(faults)
    struck = {fault.kind for _ in range(CALLS) if (fault := faults.take(POLL, {})) is not None}
    assert struck == {"server_error", "cut_after"}
