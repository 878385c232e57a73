"""A line of the audit log."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """`who`, `whom`: names or phones where they are known, else as they were written down."""

    at: int
    who: str
    what: str
    whom: str | None
    before: str | None
    after: str | None
