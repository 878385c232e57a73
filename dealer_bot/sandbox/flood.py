"""Telegram's limits of rate, when they are switched on: about one message a second in a chat after a burst."""

import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.refusal import too_many_requests

_COUNTED = ("send", "copy", "forward")


@dataclass(slots=True)
class _Bucket:
    """Room for `size` at once, refilled by one each `every_s`."""

    size: float
    every_s: float
    left: float
    at: float = field(default_factory=time.monotonic)

    def wait_s(self, now: float, cost: float) -> float:
        self.left = min(self.size, self.left + (now - self.at) / self.every_s)
        self.at = now
        return max(0.0, (cost - self.left) * self.every_s)


class Flood:
    """Refuses with 429 what comes too fast; does nothing unless switched on."""

    def __init__(self, on: bool = False) -> None:
        self._on = on
        self._chats: dict[Any, _Bucket] = {}
        self._sent: deque[float] = deque()

    def check(self, name: str, method: Any) -> None:
        """Count one request; raises Refusal 429 with retry_after."""
        if not self._on or not name.startswith(_COUNTED) or name == "sendchataction":
            return
        now, cost = time.monotonic(), len(getattr(method, "media", ())) if name == "sendmediagroup" else 1
        bucket = self._bucket(method.chat_id)
        wait_s = max(bucket.wait_s(now, min(cost, bucket.size)), self._overall_wait_s(now))
        if wait_s > 0:
            raise too_many_requests(int(wait_s) + 1)
        bucket.left -= cost
        self._sent.extend([now] * cost)

    def _bucket(self, chat_id: Any) -> _Bucket:
        if chat_id not in self._chats:
            group = isinstance(chat_id, int) and chat_id < 0
            size, every = (limits.GROUP_PER_MINUTE, 3.0) if group else (limits.CHAT_BURST, limits.CHAT_RATE_S)
            self._chats[chat_id] = _Bucket(size, every, size)
        return self._chats[chat_id]

    def _overall_wait_s(self, now: float) -> float:
        while self._sent and self._sent[0] <= now - 1:
            self._sent.popleft()
        return 0.0 if len(self._sent) < limits.ALL_PER_SECOND else self._sent[0] + 1 - now
