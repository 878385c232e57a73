"""What the bot asked and what it was told; what people did."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from dealer_bot.sandbox.faults import HANGS, Fault
from dealer_bot.sandbox.refusal import Refusal

Json = dict[str, Any]

POLL = "getupdates"


@dataclass(slots=True)
class Entry:
    """One request. `accepted` says whether it had its effect, `outcome` what the bot was told of it.

    Outcomes: running, accepted, refused, hung, cut, gone (the bot went away), failed (our own mistake).
    """

    number: int
    method: str
    at: float
    params: Json = field(default_factory=dict)
    outcome: str = "running"
    accepted: bool = False
    code: int | None = None
    description: str | None = None
    message_ids: list[int] = field(default_factory=list)
    sha256: list[str] = field(default_factory=list)
    ended_at: float | None = None

    def refuse(self, refusal: Refusal) -> None:
        self.outcome, self.code, self.description = "refused", refusal.code, refusal.description

    def ends(self, outcome: str, code: int | None = None) -> None:
        """The first end counts."""
        if self.outcome == "running":
            self.outcome, self.code = outcome, code

    def hangs_if(self, fault: Fault | None) -> None:
        if fault and fault.kind in HANGS:
            self.outcome = "hung"


class Journal:
    """In memory, in order of arrival; times are monotonic seconds."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.events: list[Json] = []
        self.running = 0
        self.busy_at = time.monotonic()
        self.changed: Callable[[], None] = lambda: None

    def arrive(self, method: str) -> Entry:
        entry = Entry(len(self.entries), method, time.monotonic())
        self.entries.append(entry)
        if method.lower() != POLL:
            self.running += 1
            self.busy_at = entry.at
        return entry

    def leave(self, entry: Entry) -> None:
        entry.ended_at = time.monotonic()
        if entry.method.lower() != POLL:
            self.running -= 1
            self.busy_at = entry.ended_at
        self.changed()

    def act(self, person: int, act: str, result: Any) -> None:
        self.events.append({"at": time.monotonic(), "person": person, "act": act, "result": result})

    def now_running(self) -> list[str]:
        """Names of requests that are not answered yet, but for the long poll."""
        return [e.method for e in self.entries if e.ended_at is None and e.method.lower() != POLL]

    def shown(self, since: int) -> list[Json]:
        return [asdict(entry) for entry in self.entries[since:]]
