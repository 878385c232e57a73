"""Moments at which a test may stop the program dead, as a power cut would. Unwatched, each costs one comparison."""

from collections.abc import Callable
from typing import Any

_watcher: Callable[[str], None] | None = None


def watch(watcher: Callable[[str], None] | None) -> None:
    """From now on it is told the name of every point, in the thread that stands there; None: nobody is."""
    global _watcher
    _watcher = watcher


def reach(name: str) -> None:
    """The program stands at this point."""
    if _watcher is not None:
        _watcher(name)


def committed(transaction: Callable[..., Any]) -> None:
    """A transaction is on disk: `_accept` makes the point `after_accept`."""
    if _watcher is not None:
        _watcher(f"after_{transaction.__name__.strip('_')}")
