"""Reading the cards of folders into what their orders' rows will say."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import NamedTuple

from dealer_bot.domain.comparing import Job, Newcomer
from dealer_bot.domain.content import Content, parse_content
from dealer_bot.domain.orders import Sighting
from dealer_bot.domain.sightings import day_of, sighting
from dealer_bot.domain.traces import DENIED, Trace
from dealer_bot.store.birth import birth_ms
from dealer_bot.store.looking import look_into
from dealer_bot.store.reading import read_card, read_usual


class CardRead(NamedTuple):
    """A folder's row-to-be, the trace of the bytes it was made from, and when (epoch ns) they were read."""

    job: Job
    seen: Sighting
    trace: Trace
    read_ns: int


class Cards:
    """Blocking reads: to be called in a thread of the store."""

    def __init__(self, root: str, region: str, timezone: tzinfo) -> None:
        self._root, self._region, self._timezone = root, region, timezone

    def read(self, jobs: Sequence[Job], now: int, looked_at: int | None) -> list[CardRead]:
        """Those of the folders that can be read now; what can't is left to the next look."""
        return [read for job in jobs if (read := self._read_one(job, now, looked_at)) is not None]

    def read_new(self, newcomers: Sequence[Newcomer], now: int) -> list[CardRead]:
        """Folders never looked into; a second card beside the usual one is found out by the look that settles it."""
        return [read for one in newcomers if (read := self._read_newcomer(one, now)) is not None]

    def _read_newcomer(self, one: Newcomer, now: int) -> CardRead | None:
        folder = f"{self._root}/{one.name}"
        usual = read_usual(folder)
        if usual is None:
            trace = look_into(folder)
            return None if trace is None else self._read_one(Job(*one, "settling", trace), now, None)
        data, trace = usual
        content = parse_content(data, one.number, self._region)
        return self._made(Job(*one, "settling", trace), content, trace, now, None)

    def _read_one(self, job: Job, now: int, looked_at: int | None) -> CardRead | None:
        try:
            content, trace = self._content(f"{self._root}/{job.name}", job)
        except OSError:
            return None
        return self._made(job, content, trace, now, looked_at)

    def _made(self, job: Job, content: Content, trace: Trace, now: int, looked_at: int | None) -> CardRead:
        birth = birth_ms(f"{self._root}/{job.name}") if content.date is None else None
        day = day_of(content, birth, now, self._timezone)
        return CardRead(job, sighting(job, content, trace, day, looked_at), trace, now * 1_000_000)

    def _content(self, folder: str, job: Job) -> tuple[Content, Trace]:
        if job.trace.problem is not None:
            return Content(problems=(job.trace.problem,)), job.trace
        try:
            data, trace = read_card(folder, job.trace)
        except PermissionError:
            return Content(problems=(DENIED,)), job.trace._replace(problem=DENIED)
        if trace.problem is not None:
            return Content(problems=(trace.problem,)), trace
        return parse_content(data, job.number, self._region), trace
