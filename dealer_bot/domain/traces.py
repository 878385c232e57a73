"""What a look sees of a card without reading it, and when a card has come to rest."""

from dataclasses import dataclass
from typing import NamedTuple

SETTLED_MS = 1000
"""Two equal looks this far apart by our own clock: nobody is writing any more (the share's clock may be wrong)."""

DENIED = "denied"
"""The problem of a card or folder that may not be opened now."""

NOT_A_FILE = "not_a_file"
"""A symlink, a pipe or a device stands where the card should be."""


class Trace(NamedTuple):
    """Equal traces mean an unchanged card.

    `name` is the card's file name. Without a card (`problem` says why) the times are the folder's own, so that a card
    put there later is noticed.
    """

    name: str | None
    mtime_ns: int
    size: int
    inode: int
    problem: str | None = None

    @property
    def marks(self) -> tuple[int, int, int]:
        return self.mtime_ns, self.size, self.inode

    def is_same_file(self, mtime_ns: int | None, size: int | None, inode: int | None) -> bool:
        return self.marks == (mtime_ns, size, inode)


class Span(NamedTuple):
    """Between which moments (epoch ms) something was looked at: on a slow share nobody can tell it nearer."""

    began: int
    ended: int


@dataclass(slots=True)
class Rest:
    """Watches one changed card until two looks far enough apart are equal; `since`: by then it looked like this."""

    trace: Trace
    since: int

    def is_settled(self, trace: Trace, seen: Span) -> bool:
        """Take one more look; a clock set back begins anew."""
        if trace != self.trace or seen.ended < self.since:
            self.trace, self.since = trace, seen.ended
            return False
        return seen.began - self.since >= SETTLED_MS
