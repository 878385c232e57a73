"""How badly Telegram behaves: shares of all calls, each struck by one fault at most."""

from collections.abc import Sequence

from dealer_bot.sandbox.faults import DOWNLOADS, Fault, Faults
from dealer_bot.sandbox.journal import POLL

RETRY_AFTER_S = 1
Share = tuple[str, bool | int, float]

OF_CALLS: Sequence[Share] = (
    ("too_many_requests", RETRY_AFTER_S, 0.20),
    ("server_error", 502, 0.05),
    ("hang_after", True, 0.02),
    ("cut_after", True, 0.01),
)
OF_DOWNLOADS: Sequence[Share] = (("server_error", 502, 0.05), ("hang_before", True, 0.02), ("cut_at", 100_000, 0.01))
OF_POLLS: Sequence[Share] = (("server_error", 502, 0.05), ("cut_after", True, 0.01))
"""A long poll that hangs can't be told from one to which nothing comes: it is left out."""

METHODS = (
    *("sendmessage", "sendphoto", "sendmediagroup", "editmessagetext", "answercallbackquery", "pinchatmessage"),
    *("setmycommands", "getfile"),
)


def worsen(faults: Faults) -> None:
    """From now on, until the faults are cleared."""
    for method in METHODS:
        _plan(faults, method, OF_CALLS)
    _plan(faults, DOWNLOADS, OF_DOWNLOADS)
    _plan(faults, POLL, OF_POLLS)


def _plan(faults: Faults, method: str, shares: Sequence[Share]) -> None:
    """The faults are looked through in order: each strikes its share of what those before it left alone."""
    left = 1.0
    for kind, value, share in shares:
        faults.add(Fault(kind, value, method, times=None, probability=share / left))
        left -= share
