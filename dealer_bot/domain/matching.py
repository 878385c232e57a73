"""Which open orders' plates a reading may mean: letters are misread, lost and invented."""

from itertools import pairwise
from operator import ne

MOST_EDITS = 2
OFFERED = 3
"""Orders that an uncertain picture is answered with: more are a lottery."""


def edits_allowed(plate: str) -> int:
    """A short plate with two letters wrong could be any other."""
    return min(MOST_EDITS, len(plate) // 3)


def pieces_of(plate: str) -> tuple[str, ...]:
    """One more than there may be edits: whatever is near enough has at least one of them whole."""
    count = edits_allowed(plate) + 1
    cuts = [len(plate) * n // count for n in range(count + 1)]
    return tuple(plate[start:end] for start, end in pairwise(cuts) if end > start)


def distance(one: str, other: str, most: int) -> int | None:
    """How many letters must be changed, added or removed; None if more than `most`, which is at most two."""
    if len(one) != len(other):
        return _edits(one, other, most) if abs(len(one) - len(other)) <= most else None
    wrong = sum(map(ne, one, other))
    if wrong > MOST_EDITS and _is_shifted(one, other):
        wrong = MOST_EDITS
    return wrong if wrong <= most else None


def _is_shifted(one: str, other: str) -> bool:
    """One letter lost and another invented elsewhere; both have the same length."""
    start, end = 0, len(one)
    while one[start] == other[start]:
        start += 1
    while one[end - 1] == other[end - 1]:
        end -= 1
    return one[start + 1 : end] == other[start : end - 1] or one[start : end - 1] == other[start + 1 : end]


def _edits(one: str, other: str, most: int) -> int | None:
    """The textbook's way, row by row."""
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, facing in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (letter != facing)))
        if min(now) > most:
            return None
        before = now
    return before[-1] if before[-1] <= most else None
