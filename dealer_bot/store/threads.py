"""Threads for a store that may stop answering: nobody else waits for it, and its silence is noticed."""

import asyncio
import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SILENT_S = 10.0
"""A store that has not answered one call for so long is told of as unavailable."""


class StoreThreads:
    """A thread stuck in a dead share can't be joined: `close` leaves it behind."""

    def __init__(self, count: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(count, name)
        self._running: dict[int, float] = {}
        self._numbers = itertools.count()

    async def run(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.run_for(SILENT_S, fn, *args, **kwargs)

    async def run_for(self, patience_s: float, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`patience_s`: how long this call may take without raising a doubt."""
        number = next(self._numbers)

        def timed() -> T:
            self._running[number] = time.monotonic() + patience_s
            try:
                return fn(*args, **kwargs)
            finally:
                del self._running[number]

        return await asyncio.get_running_loop().run_in_executor(self._threads, timed)

    @property
    def is_silent(self) -> bool:
        """Whether some call has been waiting for the store longer than it may."""
        now = time.monotonic()
        return any(until < now for until in list(self._running.values()))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
