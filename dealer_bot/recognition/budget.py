"""Time for a picture and for each part of the work on it: counted in work, so that a busy machine reads no worse."""

import os
import time

_PATIENCE = 3.0
"""A busy machine may take so many times longer; then people would wait too long."""


class Budget:
    """So many seconds of a processor, in this process and the programs it calls."""

    def __init__(self, seconds: float, patience: float = _PATIENCE) -> None:
        self._until_worked = _worked() + seconds
        self._until = time.monotonic() + seconds * patience

    def part(self, seconds: float) -> "Budget":
        """So many of these seconds, if as many are left. Patience is for the whole: one part may have all of it."""
        part = Budget(seconds)
        part._until_worked = min(part._until_worked, self._until_worked)
        part._until = self._until
        return part

    @property
    def left_s(self) -> float:
        """Seconds by the clock on the wall; 0 when the work is done with."""
        return max(0.0, self._until - time.monotonic()) if _worked() < self._until_worked else 0.0

    def __bool__(self) -> bool:
        return self.left_s > 0


def _worked() -> float:
    """Seconds of a processor; programs that were called count when they have ended (not on Windows)."""
    return sum(os.times()[:4])
