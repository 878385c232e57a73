"""Our own pace towards Telegram, so that its 429 stays rare. In memory: a restart forgets nothing that counts."""

from dataclasses import dataclass, field

MOST_CHATS = 10_000


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at_s: float


@dataclass(slots=True)
class Rates:
    """Messages a second over all chats, and in one chat after a burst (Telegram's Bots FAQ); 0: no limit of ours."""

    overall: float
    per_chat: float
    burst: float = 20.0
    _chats: dict[str, _Bucket] = field(default_factory=dict)
    _all: _Bucket | None = None

    def wait_s(self, address: str, now_s: float) -> float:
        """How long this chat has to wait before its next message."""
        wait = 0.0
        if self.overall > 0 and self._all is not None:
            wait = _missing(self._all, self.overall, max(self.overall, 1.0), now_s)
        if self.per_chat > 0 and (bucket := self._chats.get(address)) is not None:
            wait = max(wait, _missing(bucket, self.per_chat, self.burst, now_s))
        return wait

    def spend(self, address: str, now_s: float, messages: int = 1) -> None:
        if self.overall > 0:
            self._all = self._all or _Bucket(max(self.overall, 1.0), now_s)
            self._all.tokens -= messages
        if self.per_chat > 0:
            self._chats.setdefault(address, _Bucket(self.burst, now_s)).tokens -= messages
            if len(self._chats) > MOST_CHATS:
                self._forget_idle(now_s)

    def _forget_idle(self, now_s: float) -> None:
        for bucket in self._chats.values():
            _missing(bucket, self.per_chat, self.burst, now_s)
        self._chats = {address: bucket for address, bucket in self._chats.items() if bucket.tokens < self.burst}


def _missing(bucket: _Bucket, rate: float, most: float, now_s: float) -> float:
    bucket.tokens = min(most, bucket.tokens + (now_s - bucket.at_s) * rate)
    bucket.at_s = now_s
    return max(0.0, (1.0 - bucket.tokens) / rate) if bucket.tokens < 1.0 else 0.0
