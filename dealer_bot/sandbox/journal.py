"""What the bot asked and what it was told; what people did."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from dealer_bot.sandbox.refusal import Refusal

Json = dict[str, Any]

POLL = "getupdates"


@dataclass(slots=True)
class Entry:
    """One request. `accepted` says whether it had its effect, `outcome` what the bot was told of it."""

    number: int
    method: str
    params: Json
    at: float
    outcome: str = "running"
    accepted: bool = False
    code: int | None = None
    description: str | None = None
    message_ids: list[int] = field(default_factory=list)
    sha256: list[str] = field(default_factory=list)
    ended_at: float | None = None

    def refuse(self, refusal: Refusal) -> None:
        self.outcome, self.code, self.description = "refused", refusal.code, refusal.description


class Journal:
    """In memory, in order of arrival; times are monotonic seconds."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.events: list[Json] = []
        self.running = 0
        self.busy_at = time.monotonic()
        self.changed: Callable[[], None] = lambda: None

    def arrive(self, method: str, params: Json) -> Entry:
        entry = Entry(len(self.entries), method, params, time.monotonic())
        self.entries.append(entry)
        if method.lower() != POLL:
            self.running += 1
            self.busy_at = entry.at
        return entry

    def leave(self, entry: Entry) -> None:
        entry.ended_at = time.monotonic()
        if entry.outcome == "running":
            entry.outcome = "hung"
        if entry.method.lower() != POLL:
            self.running -= 1
            self.busy_at = entry.ended_at
        self.changed()

    def act(self, person: int, act: str, result: Any) -> None:
        self.events.append({"at": time.monotonic(), "person": person, "act": act, "result": result})

    def shown(self, since: int) -> list[Json]:
        return [asdict(entry) for entry in self.entries[since:]]
