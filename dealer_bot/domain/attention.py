"""Attention words: pieces of words in what a client writes, found however they are disguised. Takes linear time."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from dealer_bot.domain.lookalikes import FOLD
from dealer_bot.domain.messages import units

DEFAULT = ("плох", "гряз", "разочаров", "не нрав", "низко", "дорог")
"""What counts before a list has ever been read."""

_CYRILLIC_TO_LATIN = {"Г": "R", "П": "N", "И": "U", "Ё": "E", "Ґ": "R"}
_GREEK_TO_LATIN = dict(zip("ΑΒΓΕΖΗΙΚΜΝΟΡΤΥΧΠ", "ABREZHIKMNOPTYXN", strict=True))
_LATIN_TO_LATIN = {"Ë": "E"}
_ALIKE = FOLD | str.maketrans(_CYRILLIC_TO_LATIN | _GREEK_TO_LATIN | _LATIN_TO_LATIN)
"""Also what looks alike in small letters (г and r, п and n, и and u): case must not matter afterwards."""

_BLANKS = frozenset("\u2800\u3164\uffa0")
"""Letters and signs that show nothing: they part words as a space does."""

_UNSEEN = frozenset({"Cf", "Cc", "Mn", "Me"})


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a word stands in the text as it was written, in UTF-16 units."""

    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Raised:
    """The entries that a text meets, in the order of the list, and where; marks never overlap."""

    words: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Folded:
    """`text` to be searched; letter `n` of it was written in the units from `starts[n]` to `ends[n]`."""

    text: str
    starts: list[int]
    ends: list[int]


class Watch:
    """A list of entries, ready to be looked for."""

    def __init__(self, entries: tuple[str, ...]) -> None:
        self.entries = entries
        self._needles = [(entry, needle) for entry in entries if (needle := _fold(entry).text).strip()]

    def look(self, text: str) -> Raised | None:
        """None where no entry is met."""
        folded = _fold(text)
        words, spans = [], []
        for entry, needle in self._needles:
            found = list(_places(folded.text, needle))
            if found:
                words.append(entry)
                spans += [(folded.starts[at], folded.ends[at + len(needle) - 1]) for at in found]
        return Raised(tuple(dict.fromkeys(words)), _joined(spans)) if words else None


def is_visible(entry: str) -> bool:
    """Whether anything is left of it to be looked for."""
    return bool(_fold(entry).text.strip())


def _places(text: str, needle: str) -> list[int]:
    found, at = [], text.find(needle)
    while at >= 0:
        found.append(at)
        at = text.find(needle, at + len(needle))
    return found


def _joined(spans: list[tuple[int, int]]) -> tuple[Mark, ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(Mark(start, end - start) for start, end in joined)


def _fold(text: str) -> _Folded:
    """Signs that can't be seen are left out, a run of white space is one space."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for cluster in _clusters(text):
        size = units(cluster)
        for letter in _letters(cluster):
            if letter == " " and letters and letters[-1] == " ":
                ends[-1] = at + size
                continue
            letters.append(letter)
            starts.append(at)
            ends.append(at + size)
        at += size
    return _Folded("".join(letters), starts, ends)


def _clusters(text: str) -> list[str]:
    """A letter with the accents and the unseen signs that follow it."""
    cuts = [index for index, char in enumerate(text) if index == 0 or not _is_unseen(char)]
    return [text[start:end] for start, end in pairwise([*cuts, len(text)])]


def _is_unseen(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char) in _UNSEEN


@lru_cache(4096)
def _letters(cluster: str) -> str:
    """An accent that makes another letter (и and й) counts; one that is only put on top (п̶) does not."""
    seen = "".join(char for char in cluster if unicodedata.category(char) != "Cf")
    composed = unicodedata.normalize("NFKC", seen)
    shown = "".join(char for char in composed if not _is_unseen(char))
    spaced = "".join(" " if char.isspace() or char in _BLANKS else char for char in shown)
    return unicodedata.normalize("NFC", spaced.casefold().upper()).translate(_ALIKE)
