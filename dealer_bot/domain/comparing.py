"""A look at the store against what is remembered of it: what has to be read, and what has to be written."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dealer_bot.domain.content import NO_CONTENT
from dealer_bot.domain.orders import State
from dealer_bot.domain.reconciling import Census, FolderNames
from dealer_bot.domain.traces import DENIED, Rest, Span, Trace

_RACY_NS = 3_000_000_000
"""A card written this shortly before it was read may have been written again within one tick of its file system."""

Marks = tuple[int | None, int | None, int | None]


@dataclass(slots=True)
class Row:
    """An order that is in the store, as last written; `trace` is None until this process has looked at it."""

    id: int
    key: str
    state: State
    marks: Marks = (None, None, None)
    trace: Trace | None = None

    def is_unchanged(self, trace: Trace) -> bool:
        """After a start what couldn't be read is read again: perhaps it can be now."""
        if self.trace is not None:
            return self.trace == trace or (self.is_denied and trace.is_same_file(*self.trace.marks))
        is_read = self.state in ("open", "ambiguous") or (self.state == "unreadable" and trace.name is None)
        return is_read and trace.is_same_file(*self.marks)

    @property
    def is_denied(self) -> bool:
        return self.trace is not None and self.trace.problem == DENIED


@dataclass(slots=True)
class Waiting:
    """A folder whose card has yet to settle; `read_ns`: when its row was made from the card, if that is still there."""

    rest: Rest
    row_id: int | None = None
    read_ns: int | None = None

    def is_read(self, trace: Trace) -> bool:
        return self.row_id is not None and self.read_ns is not None and self.read_ns - trace.mtime_ns > _RACY_NS


class Newcomer(NamedTuple):
    """An open folder of a number that was never seen: it may be written down whatever its card says."""

    name: str
    number: str
    key: str


class Job(NamedTuple):
    """One folder to be read and written, and the state it has if its card can be read."""

    name: str
    number: str
    key: str
    state: State
    trace: Trace


@dataclass(slots=True)
class Work:
    """What a comparison asks for. `ended`: row id, state, folder now. `settled_ids`: row id, folder; already read."""

    ended: list[tuple[int, State, str | None]] = field(default_factory=list)
    unsettled: list[int] = field(default_factory=list)
    fresh: list[Job] = field(default_factory=list)
    settled_ids: list[tuple[int, str]] = field(default_factory=list)
    settled: list[Job] = field(default_factory=list)


class Remembered:
    """The store as it was last written down: rows by folder, numbers that have ended, cards that still move."""

    def __init__(self, closed_mark: str) -> None:
        self.names = FolderNames(closed_mark)
        self.rows: dict[str, Row] = {}
        self.ended: set[str] = set()
        self.waiting: dict[str, Waiting] = {}

    @property
    def without_card(self) -> int:
        """How many folders hold no card: archives and the like."""
        return sum(row.trace is not None and row.trace.problem == NO_CONTENT for row in self.rows.values())

    def trace(self, name: str) -> Trace | None:
        """What a look may compare with, to spare listing the folder again; not while a second card may still come."""
        row = self.rows.get(name)
        return None if row is None or name in self.waiting else row.trace

    def at_rest(self, name: str, census: Census) -> Trace | None:
        """What a folder has to look like to be left alone; None if there is more to ask."""
        row = self.rows.get(name)
        if row is None or name in self.waiting or row.state not in ("open", "unreadable"):
            return None
        return None if self._has_twin(row, census) else row.trace

    def wanted(self, names: Iterable[str], census: Census, full: bool, busy: Collection[int]) -> list[str]:
        """The folders to look into: those that move, all known ones if it is `full`, new ones by their numbers."""
        new, others = list[str](), list[str]()
        for name in names:
            row = self.rows.get(name)
            if row is None and self.is_new(name):
                new.append(name)
            elif name in self.waiting or (row is not None and (full or row.id in busy or self._has_twin(row, census))):
                others.append(name)
        return others + sorted(new, key=_age)

    def newcomers(self, wanted: Iterable[str], census: Census) -> list[Newcomer]:
        """Those of the wanted folders that need no comparison: nothing is remembered of their numbers."""
        keys = {row.key for row in self.rows.values()} | self.ended
        found = ((name, self.names.of(name)) for name in wanted if name not in self.waiting)
        return [
            Newcomer(name, read[0].number, read[1])
            for name, read in found
            if read is not None and not read[0].closed and read[1] not in keys and len(census.open[read[1]]) == 1
        ]

    def census_of(self, names: Iterable[str]) -> Census:
        """A census of a few folders, beside the others that are remembered."""
        census, keys = Census(), {found[1] for name in names if (found := self.names.of(name)) is not None}
        for name in {*names, *(name for name, row in self.rows.items() if row.key in keys)}:
            if (found := self.names.of(name)) is not None:
                (census.closed if found[0].closed else census.open).setdefault(found[1], []).append(name)
        return census

    def is_at_rest(self, name: str, trace: Trace) -> bool:
        """Whether a folder is as its row says, and nothing is awaited of it."""
        row = self.rows.get(name)
        return row is not None and name not in self.waiting and row.is_unchanged(trace)

    def is_one_of(self, row_ids: Collection[int], name: str) -> bool:
        return (row := self.rows.get(name)) is not None and row.id in row_ids

    def is_new(self, name: str) -> bool:
        """Whether a folder has to be looked into at any look: an open one without a row, a closed one never seen."""
        if name in self.rows:
            return False
        found = self.names.of(name)
        return found is not None and (not found[0].closed or found[1] not in self.ended)

    def doubt(self, census: Census) -> str | None:
        """Why this can't be the store: it holds not one folder of an order that is remembered."""
        if not self.rows:
            return None
        if not census.open and not census.closed:
            return "empty"
        keys = {row.key for row in self.rows.values()} | self.ended
        return None if any(key in census for key in keys) else "strange"

    def ended_in(self, census: Census, rows: Mapping[str, Row]) -> list[tuple[int, State, str | None]]:
        """Those of `rows` (as before the look) that the look no longer found open."""
        ended: list[tuple[int, State, str | None]] = []
        for name, row in rows.items():
            open_names = census.open.get(row.key, ())
            if name in open_names or self._is_spelled_anew(row, open_names):
                continue
            closed_names = census.closed.get(row.key)
            closed = closed_names is not None and not open_names
            ended.append((row.id, "closed" if closed else "gone", closed_names[0] if closed and closed_names else None))
        return ended

    def compare(self, census: Census, traces: Mapping[str, Trace], seen: Span) -> Work:
        """What the traces of one look ask for; remembers what began to move and what came to rest."""
        work = Work()
        keys = {row.key for row in self.rows.values()} | self.ended
        for name in traces:
            if (found := self.names.of(name)) is None:
                continue
            folder, key = found
            if folder.closed and key not in keys and census.counts(key)[0] == name:
                work.fresh.append(Job(name, folder.number, key, "closed", traces[name]))
                keys.add(key)
            elif not folder.closed:
                state: State = "ambiguous" if len(census.open.get(key, ())) > 1 else "open"
                self._compare_open(work, Job(name, folder.number, key, state, traces[name]), keys, seen)
        return work

    def retry_denied(self) -> None:
        """A card locked by the program that writes it doesn't change when it is let go of."""
        for row in self.rows.values():
            if row.is_denied:
                row.trace, row.marks = None, (None, None, None)

    def forget_missing(self, present: Iterable[str]) -> None:
        there = set(present)
        for name in [name for name in self.waiting if name not in there]:
            del self.waiting[name]

    def keep(self, name: str, row: Row) -> None:
        """A row as written now; its folder may have been spelled otherwise before."""
        if name not in self.rows:
            for former in [other for other, known in self.rows.items() if known.id == row.id]:
                del self.rows[former]
        self.rows[name] = row
        self.waiting.pop(name, None)

    def insert(self, name: str, row: Row, trace: Trace, read_ns: int, at: int) -> None:
        """A new row whose card has been read, by `at`, but not settled."""
        self.rows[name] = row
        self.waiting[name] = Waiting(Rest(trace, at), row.id, read_ns)

    def drop(self, row_ids: Collection[int]) -> None:
        """Rows that have ended."""
        for name in [name for name, row in self.rows.items() if row.id in row_ids]:
            self.ended.add(self.rows.pop(name).key)

    def _is_spelled_anew(self, row: Row, open_names: Sequence[str]) -> bool:
        """Whether the one folder that there is now must be that of this row: it has none of its own."""
        if row.state == "ambiguous" or len(open_names) != 1:
            return False
        own = self.rows.get(open_names[0])
        return own is None or own.id == row.id

    def _has_twin(self, row: Row, census: Census) -> bool:
        return row.state != "ambiguous" and len(census.open.get(row.key, ())) > 1

    def _compare_open(self, work: Work, job: Job, keys: set[str], seen: Span) -> None:
        row, waiting = self.rows.get(job.name), self.waiting.get(job.name)
        if job.state == "ambiguous":
            if row is None or row.state != "ambiguous":
                work.settled.append(job)
            return
        if waiting is None:
            if row is not None and row.state != "ambiguous" and row.is_unchanged(job.trace):
                row.trace = job.trace
                return
            self._begin(work, job, row, keys, seen)
        elif waiting.rest.is_settled(job.trace, seen):
            self._settled(work, job, waiting, row)

    def _begin(self, work: Work, job: Job, row: Row | None, keys: set[str], seen: Span) -> None:
        self.waiting[job.name] = Waiting(Rest(job.trace, seen.ended))
        if row is not None:
            work.unsettled.append(row.id)
        elif job.key not in keys:
            work.fresh.append(Job(job.name, job.number, job.key, "settling", job.trace))

    def _settled(self, work: Work, job: Job, waiting: Waiting, row: Row | None) -> None:
        is_same_card = row is not None and row.trace == job.trace
        if waiting.row_id is not None and is_same_card and waiting.is_read(job.trace):
            work.settled_ids.append((waiting.row_id, job.name))
        else:
            work.settled.append(job)


def _age(name: str) -> tuple[int, str]:
    """Numbers grow: the newest order gets the newest row."""
    return len(name), name
