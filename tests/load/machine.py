"""What the bot's process took of the machine, and what the machine did not give it. Read from Linux's /proc."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

MB = 1024
WARM_AFTER = 5
"""Samples, one a second: what a bot takes in the first moments of traffic it keeps."""


class Gauge:
    """Of the bot's lives, one after the other: memory, and time on a processor and in the queue for one.

    `pid`: of the present life; None while there is none, or it has only begun.
    """

    def __init__(self, pid: Callable[[], int | None]) -> None:
        self._pid = pid
        self._resident: dict[int, list[float]] = defaultdict(list)
        self._times: dict[int, list[tuple[float, float]]] = defaultdict(list)

    async def watch(self) -> None:
        """Once a second until cancelled."""
        while True:
            self.look()
            await asyncio.sleep(1)

    def look(self) -> None:
        pid = self._pid()
        if pid is None:
            return
        with contextlib.suppress(OSError, StopIteration):  # it has just been killed
            resident, times = _resident_mb(pid), _ran_and_waited_s(pid)
            self._resident[pid].append(resident)
            self._times[pid].append(times)

    @property
    def growth_mb(self) -> float:
        """By how much a life ever exceeded what it took when it was warm."""
        lives = self._resident.values()
        return max((max(life) - life[min(WARM_AFTER, len(life) - 1)] for life in lives), default=0.0)

    @property
    def ran_s(self) -> float:
        return sum(life[-1][0] - life[0][0] for life in self._times.values())

    @property
    def stretch(self) -> float:
        """How many times longer the machine made everything: 1.0 when a core was always free for us."""
        waited_s = sum(life[-1][1] - life[0][1] for life in self._times.values())
        return (self.ran_s + waited_s) / self.ran_s if self.ran_s else 1.0


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / MB


def _ran_and_waited_s(pid: int) -> tuple[float, float]:
    """Of all its threads that live."""
    times = list(_times_of_threads(pid))
    return sum(ran for ran, _ in times) / 1e9, sum(waited for _, waited in times) / 1e9


def _times_of_threads(pid: int) -> Iterator[tuple[int, int]]:
    for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError):
            ran, waited, _ = file.read_text(encoding="ascii").split()
            yield int(ran), int(waited)
