"""What a run leaves behind, for the judge: requests, folders, rows, and what was handed in."""

import re
import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dealer_bot.sandbox.journal import Entry

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Handed:
    """One thing a person handed in: its bytes or its words, where its file belongs, whose chat alone may show it.

    `older`: what it said before it was written anew. `along`: what must be said with it. `opens`: nothing else that
    was handed in comes into its chat before it. `or_held`: the order may have closed before its file was in the folder.
    `at`: when, in the journal's monotonic seconds. `also`: who may read it too, since its reader was away.
    """

    author: int
    folder: str | None
    chat: int | None
    sha256: str = ""
    words: str = ""
    older: tuple[str, ...] = ()
    along: str = ""
    opens: bool = False
    or_held: bool = False
    order: str = ""
    also: int | None = None
    at: float = field(default_factory=time.monotonic, compare=False)

    @property
    def content(self) -> str:
        return self.sha256 or self.words


@dataclass(frozen=True, slots=True)
class Evidence:
    """`kills`: when the bot was killed, in the journal's monotonic seconds. `handed`: in order of handing in.

    `bound`: whose account each phone is. `places`: the order and stage each person is in. `closed`: what lay in
    the stages of a folder when it was closed.
    """

    entries: Sequence[Entry]
    store: Path
    spool: Path
    database: Path
    handed: Sequence[Handed]
    kills: Sequence[float] = ()
    bound: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    closed: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def life_of(self, entry: Entry) -> int:
        return sum(kill < entry.at for kill in self.kills)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(statement).fetchall()


@dataclass(frozen=True, slots=True)
class Arrival:
    """One accepted call that put something into a chat: what was handed in, or the bot's own words.

    `is_answered`: the bot could know of it, if it was not killed.
    """

    chat: int
    life: int
    contents: tuple[str, ...]
    told: str = ""
    is_answered: bool = True
    at: float = 0.0

    @property
    def own_words(self) -> str:
        return "" if self.contents else self.told


class Texts:
    """What people wrote, found again within what was said in a chat.

    Words that hold a number are looked for only where that number is said: a long run says thousands of them.
    """

    def __init__(self, handed: Sequence[Handed]) -> None:
        self._plain: dict[str, str] = {}
        self._numbered: dict[str, dict[str, str]] = {}
        for each in handed:
            for version in (each.words, *each.older) if each.words else ():
                numbers = _NUMBER.findall(version)
                (self._numbered.setdefault(numbers[-1], {}) if numbers else self._plain)[version] = each.words

    def within(self, told: str) -> tuple[str, ...]:
        """The newest version of each text that is said here in any version."""
        candidates = dict(self._plain)
        for number in _NUMBER.findall(told):
            candidates |= self._numbered.get(number, {})
        return tuple(dict.fromkeys(newest for version, newest in candidates.items() if version in told))


def files_in_stages(folder: Path) -> frozenset[str]:
    """What lies in the stages of one order, by its path in there."""
    return frozenset(
        path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.parent.name != ".dealer_bot"
    )
