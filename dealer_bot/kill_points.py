"""Moments at which a test may kill the program, as a power cut would. Without KILL_POINT they cost a comparison."""

import itertools
import os
import signal

_plan, _passages = "", itertools.count(1)


def arm(plan: str) -> None:
    """`name:n` kills this process when it reaches `name` for the n-th time; an empty plan kills nobody."""
    global _plan, _passages
    _plan, _passages = plan, itertools.count(1)


def reach(name: str) -> None:
    """The program stands at this point."""
    if _plan and _plan.partition(":")[0] == name and next(_passages) == int(_plan.partition(":")[2] or 1):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


arm(os.environ.get("KILL_POINT", ""))
