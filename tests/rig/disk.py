"""The disk of a dealership as a test breaks and heals it, and what became of the calls; see failing_calls.py."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.rig.failing_calls import Rule

KEEPER, LOOK, EVENT_LOOP = "store_ asyncio_", "store-look store-folder", "MainThread"
"""Whose threads make a call: those that fetch and shelve, those that look, and the one that may make none."""


@dataclass(frozen=True, slots=True)
class Told:
    """A call that a rule has met, for the `seen`-th time; `does`: what befell it, "" for nothing."""

    zone: str
    group: str
    at: int
    meant: str
    seen: int
    name: str
    path: str
    thread: str
    does: str


class BadDisk:
    def __init__(self, folder: Path) -> None:
        self._plan = folder / "disk.plan"
        self._calls = folder / "disk.calls"
        self._plans = 0
        self._told: list[Told] = []
        self._read = 0
        self.heals()

    @property
    def environment(self) -> dict[str, str]:
        return {"DISK_PLAN": str(self._plan)}

    def breaks(self, rules: Iterable[Rule]) -> None:
        """From the next call on; rules given before are void."""
        self._plans += 1
        written = self._plan.with_suffix(f".{self._plans}")
        written.write_text(json.dumps([asdict(rule) for rule in rules]), encoding="utf-8")
        written.replace(self._plan)

    def heals(self) -> None:
        self.breaks([])

    def counts(self, zone: str, group: str, threads: str) -> None:
        """Nothing fails; calls are counted."""
        self.breaks([Rule(zone, group, "EIO", 0, threads=threads)])

    def counted(self) -> int:
        return max((told.seen for told in self.told() if told.at == 0), default=0)

    def told(self) -> list[Told]:
        """Since the first life; a line that is just being written is left for the next look."""
        if self._calls.exists():
            with self._calls.open("rb") as calls:
                calls.seek(self._read)
                whole, end, _ = calls.read().rpartition(b"\n")
            self._read += len(whole + end)
            self._told += [Told(*json.loads(line)) for line in whole.splitlines()]
        return self._told
