"""One answer of the check."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """GOOD works; WORTH is worth knowing; BAD keeps the bot from its work."""

    GOOD = "ok"
    WORTH = "! "
    BAD = "✗ "


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found and what to do about it, in both languages."""

    level: Level
    russian: str
    english: str

    @property
    def is_good(self) -> bool:
        return self.level is Level.GOOD


def good(russian: str, english: str) -> Finding:
    return Finding(Level.GOOD, russian, english)


def worth(russian: str, english: str) -> Finding:
    return Finding(Level.WORTH, russian, english)


def bad(russian: str, english: str) -> Finding:
    return Finding(Level.BAD, russian, english)
