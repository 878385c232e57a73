"""One bell for everybody who waits for a change."""

import asyncio
import time


class Signal:
    def __init__(self) -> None:
        self._event = asyncio.Event()
        self._awaited = False

    def ring(self) -> None:
        """Wake all who wait now."""
        if self._awaited:
            self._event.set()
            self._event = asyncio.Event()
            self._awaited = False

    async def wait_until(self, deadline: float) -> bool:
        """True after the next ring; False when monotonic time reaches the deadline first."""
        self._awaited = True
        try:
            await asyncio.wait_for(self._event.wait(), max(deadline - time.monotonic(), 0))
        except TimeoutError:
            return False
        return True
