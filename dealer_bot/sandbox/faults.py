"""Faults on demand: what to do to which request, how often."""

import asyncio
import random
from dataclasses import dataclass
from typing import Any

from dealer_bot.sandbox.refusal import Refusal, bad_request, conflict, forbidden, too_many_requests
from dealer_bot.sandbox.updates import TERMINATED

BEFORE = frozenset(
    {
        "too_many_requests",
        "server_error",
        "hang_before",
        "cut_before",
        "slow",
        "blocked",
        "deactivated",
        "chat_not_found",
        "conflict",
        "unauthorized",
        "migrated",
        "refuse",
    }
)
AFTER = frozenset({"hang_after", "cut_after"})
DOWNLOAD = frozenset({"cut_at", "short", "not_found", "trickle"})
HANGS = frozenset({"hang_before", "hang_after"})
KINDS = BEFORE | AFTER | DOWNLOAD
DOWNLOADS = "download"


class Cut(Exception):
    """The connection is to be closed without an answer."""


@dataclass(slots=True)
class Fault:
    """`value` belongs to the kind: seconds of 429 or of slowness, an HTTP status, [status, text], a number of bytes."""

    kind: str
    value: Any = True
    method: str | None = None
    chat_id: int | None = None
    contains: str | None = None
    times: int | None = 1
    skip: int = 0
    probability: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; known: {', '.join(sorted(KINDS))}")
        if self.method:
            self.method = self.method.lower()

    def fits(self, method: str, params: dict[str, Any]) -> bool:
        if self.times is not None and self.times <= 0:
            return False
        if self.method not in (None, method) or (method == DOWNLOADS) != (
            self.kind in DOWNLOAD or self.method == DOWNLOADS
        ):
            return False
        if self.chat_id is not None and str(params.get("chat_id")) != str(self.chat_id):
            return False
        return self.contains is None or any(self.contains in str(value) for value in params.values())


class Faults:
    """The plan, looked through in the order it was made; a seed makes probabilities repeatable."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311  # a repeatable plan, not a secret
        self._plan: list[Fault] = []
        self._released = asyncio.Event()

    def add(self, fault: Fault) -> None:
        self._plan.append(fault)

    def clear(self) -> None:
        self._plan.clear()

    def release(self) -> None:
        """End every connection that hangs."""
        self._released.set()
        self._released = asyncio.Event()

    def take(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The first fault that strikes this request, if any; it is counted as spent."""
        return next((fault for fault in self._plan if fault.fits(method, params) and self._strikes(fault)), None)

    def _strikes(self, fault: Fault) -> bool:
        if fault.skip > 0:
            fault.skip -= 1
            return False
        if fault.probability < 1 and self._random.random() >= fault.probability:
            return False
        if fault.times is not None:
            fault.times -= 1
        return True

    async def hang(self) -> None:
        """Until the client gives up (then it is cancelled) or the hung are released; ends in Cut."""
        await self._released.wait()
        raise Cut

    async def before(self, fault: Fault | None) -> None:
        """What strikes before the request has any effect. Raises Refusal or Cut."""
        if fault is None or fault.kind not in BEFORE:
            return
        if fault.kind == "slow":
            await asyncio.sleep(float(fault.value))
        elif fault.kind == "hang_before":
            await self.hang()
        elif fault.kind == "cut_before":
            raise Cut
        else:
            raise _refusal(fault)

    async def after(self, fault: Fault | None) -> None:
        """What strikes after the effect, instead of the answer. Raises Cut."""
        if fault and fault.kind == "hang_after":
            await self.hang()
        if fault and fault.kind == "cut_after":
            raise Cut


def _refusal(fault: Fault) -> Refusal:
    if fault.kind == "too_many_requests":
        return too_many_requests(int(fault.value))
    if fault.kind == "server_error":
        return _server_error(int(fault.value))
    if fault.kind == "migrated":
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        return Refusal(400, text, {"migrate_to_chat_id": int(fault.value)})
    if fault.kind == "refuse":
        code, text = fault.value
        return Refusal(int(code), str(text))
    return {
        "blocked": forbidden("bot was blocked by the user"),
        "deactivated": forbidden("user is deactivated"),
        "chat_not_found": bad_request("chat not found"),
        "conflict": conflict(TERMINATED),
        "unauthorized": Refusal(401, "Unauthorized"),
    }[fault.kind]


def _server_error(code: int) -> Refusal:
    names = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout"}
    return Refusal(code if code in names else 500, names.get(code, "Internal Server Error"))
