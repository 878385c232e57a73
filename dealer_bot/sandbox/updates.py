"""The queue of updates and the long poll that empties it."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.refusal import conflict

# What getUpdates gives when allowed_updates is an empty list: all but these.
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TERMINATED = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"


def dumped(value: Any) -> bytes:
    """JSON as it goes over the wire."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@dataclass(slots=True)
class Waiting:
    id: int
    payload: bytes
    expires_at: float
    injected: bool = False
    delivered: bool = False


class Updates:
    """Updates wait here until an offset confirms them; ids start at the present second.

    `first_given`: when each was handed out for the first time, in monotonic seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._next_id = int(now())
        self._waiting: list[Waiting] = []
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[str] | None = None
        self._arrived = asyncio.Event()
        self._last_offset = -1
        self._last_poll_at = float("-inf")
        self._quiet_until = float("-inf")
        self.first_given: dict[int, float] = {}
        self.held = False
        self.webhook_url = ""

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def last_id(self) -> int:
        """Of the newest update; one less than the first id if there was none yet."""
        return self._next_id - 1

    @property
    def fresh(self) -> int:
        """How many have not been given out yet."""
        return sum(not update.delivered for update in self._waiting)

    def add(self, kind: str, body: Any) -> int | None:
        """Queue an update if its kind is allowed at this moment; its id, or None."""
        if not self._allows(kind):
            return None
        update_id = self._next_id
        self._next_id += 1
        payload = b'{"update_id":%d,"%s":%s}' % (update_id, kind.encode(), dumped(body))
        self._put(Waiting(update_id, payload, self._now() + limits.UPDATE_LIFE_S), len(self._waiting))
        return update_id

    def inject(self, raw: dict[str, Any], position: int | None = None) -> int:
        """Queue any JSON at a place of the next batch; it is delivered once whatever its id is."""
        update_id = raw.get("update_id")
        if not isinstance(update_id, int):
            update_id = self._next_id
            self._next_id += 1
            raw = {"update_id": update_id, **{k: v for k, v in raw.items() if k != "update_id"}}
        elif position is None:
            self._next_id = max(self._next_id, update_id + 1)
        place = len(self._waiting) if position is None else min(position, len(self._waiting))
        self._put(Waiting(update_id, dumped(raw), self._now() + limits.UPDATE_LIFE_S, injected=True), place)
        return update_id

    def hold(self, held: bool) -> None:
        """Let updates gather into one batch instead of going out one by one."""
        self.held = held
        if not held and self._waiting:
            self._arrived.set()

    def allow(self, kinds: list[str] | None) -> None:
        """None keeps what was allowed; an empty list means the defaults."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str] | None:
        return sorted(self._allowed) if self._allowed else None

    def set_webhook(self, url: str) -> None:
        """A webhook ends the poll that waits."""
        self.webhook_url = url
        if url:
            self._end_poll(WEBHOOK_SET)

    def drop(self) -> None:
        self._waiting.clear()

    async def poll(self, offset: int, limit: int, timeout_s: int) -> bytes:
        """One getUpdates: a JSON list as bytes. Raises Refusal 409 when another call takes over."""
        if self.webhook_url:
            raise conflict(WEBHOOK_ACTIVE)
        self._end_poll(TERMINATED)
        limit, timeout = self._slowed(
            offset, _clamped(limit, 1, limits.UPDATES_AT_ONCE), _clamped(timeout_s, 0, limits.POLL_S)
        )
        self._confirm(offset)
        if self.held or not self._waiting:
            await self._wait(timeout)
        return self._batch(limit)

    def _put(self, update: Waiting, place: int) -> None:
        self._waiting.insert(place, update)
        if not self.held:
            self._arrived.set()

    def _allows(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self._allowed is None else kind in self._allowed

    def _end_poll(self, reason: str) -> None:
        if self._poll and not self._poll.done():
            self._poll.set_result(reason)

    def _slowed(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        """The real server calms a client that asks for the same offset again and again."""
        at = time.monotonic()
        if offset == self._last_offset:
            timeout = max(timeout, 3) if at < self._last_poll_at + limits.SAME_OFFSET_S else timeout
            limit = 1 if at < self._last_poll_at + limits.SAME_OFFSET_LIMIT_S else limit
        self._last_offset, self._last_poll_at = offset, at
        return limit, timeout

    def _confirm(self, offset: int) -> None:
        now = self._now()
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset > 0:
            self._waiting = [u for u in self._waiting if u.id >= offset or (u.injected and not u.delivered)]
        self._waiting = [u for u in self._waiting if u.expires_at > now]

    async def _wait(self, timeout_s: int) -> None:
        self._arrived.clear()
        self._poll = poll = asyncio.get_running_loop().create_future()
        arrived = asyncio.ensure_future(self._arrived.wait())
        try:
            await asyncio.wait({poll, arrived}, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrived.cancel()
        if poll.done():
            await self._pause()
            raise conflict(poll.result())
        poll.cancel()

    async def _pause(self) -> None:
        at = time.monotonic()
        if at < self._quiet_until:
            await asyncio.sleep(limits.CONFLICT_PAUSE_S)
        self._quiet_until = at + limits.CONFLICT_PAUSE_S

    def _batch(self, limit: int) -> bytes:
        if self.held:
            return b"[]"
        batch = self._waiting[:limit]
        at = time.monotonic()
        for update in batch:
            update.delivered = True
            self.first_given.setdefault(update.id, at)
        return b"[" + b",".join(update.payload for update in batch) + b"]"


def _clamped(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
