"""Threads for a store that may stop answering: nobody else waits for it, and its silence is noticed."""

import asyncio
import itertools
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

SILENT_S = 10.0
"""A store that has not answered one call for so long is told of as unavailable."""


class StoreThreads(ThreadPoolExecutor):
    """`patience_s`: how long a call may take without raising a doubt. A stuck thread can't be joined, nor replaced."""

    def __init__(self, count: int, name: str, patience_s: float = SILENT_S) -> None:
        super().__init__(count, name)
        self._patience_s = patience_s
        self._until: dict[int, float] = {}
        self._numbers = itertools.count()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        return super().submit(self._timed, self._patience_s, partial(fn, *args, **kwargs))

    async def run(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.run_for(self._patience_s, fn, *args, **kwargs)

    async def run_for(self, patience_s: float, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """With a patience of its own."""
        return await asyncio.wrap_future(super().submit(self._timed, patience_s, partial(fn, *args, **kwargs)))

    @property
    def is_silent(self) -> bool:
        """Whether some call has been waiting for the store longer than it may."""
        now = time.monotonic()
        return any(until < now for until in list(self._until.values()))

    def close(self) -> None:
        """Leave a stuck thread behind."""
        self.shutdown(wait=False, cancel_futures=True)

    def _timed(self, patience_s: float, call: Callable[[], T]) -> T:
        number = next(self._numbers)
        self._until[number] = time.monotonic() + patience_s
        try:
            return call()
        finally:
            del self._until[number]
