"""Bars too fine for any decoder, compared with the barcodes that can be there: those of open orders.

A whole page in a Telegram photo leaves about a pixel to a module: no edge is where it should be, but light and dark
still follow the pattern of one order and of no other.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dealer_bot.domain.matching import OFFERED
from dealer_bot.recognition.bar_fit import Fit, laid_on
from dealer_bot.recognition.bar_lines import lines_of
from dealer_bot.recognition.bar_places import Likely, likely_in, places_of
from dealer_bot.recognition.bar_proof import certainty
from dealer_bot.recognition.bars import Bars
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.families import Family, families_of
from dealer_bot.recognition.picture import Grey

ALIKE = 0.9
"""Of 1: how well the bars must follow the pattern as a whole."""

SURE = 0.4
"""Of 1: how clearly the light must speak against every other code that could have been printed there."""

WORTH_ASKING, BEHIND = 0.8, 0.1
"""What follows the pattern less, or so much less than the best does, is no likely order."""

_FITTED = 6


@dataclass(frozen=True, slots=True)
class Match:
    """An open order's barcode and how well the bars follow it (1 at best).

    `certain`: how clearly it is this code and no other, open or not, from -1 to 1; only the best one is asked.
    """

    barcode: str
    alike: float
    certain: float = -1.0

    @property
    def is_sure(self) -> bool:
        return self.alike >= ALIKE and self.certain >= SURE

    @property
    def rank(self) -> tuple[bool, float]:
        return self.is_sure, self.alike


def matched(grey: Grey, rows: Sequence[Bars], known: Sequence[str], budget: Budget) -> list[Match]:
    """Open orders by how well some row of bars follows their barcode, the sure ones first, then the best."""
    found: dict[str, Match] = {}
    for bars in rows:
        for families in _by_length(families_of(tuple(known))):
            if not budget:
                break
            for match in _matches(grey, bars, families):
                if match.barcode not in found or found[match.barcode].rank < match.rank:
                    found[match.barcode] = match
    return sorted(found.values(), key=lambda match: match.rank, reverse=True)


def offered(matches: Sequence[Match]) -> tuple[str, ...]:
    """The likely ones of `matched`, where none is sure."""
    least = max([WORTH_ASKING, *(match.alike - BEHIND for match in matches)])
    return tuple(match.barcode for match in matches if match.alike >= least)[:OFFERED]


def _by_length(families: Sequence[Family]) -> list[list[Family]]:
    """Those that one look at the lines serves."""
    found: dict[int, list[Family]] = defaultdict(list)
    for family in families:
        found[family.modules].append(family)
    return list(found.values())


def _matches(grey: Grey, bars: Bars, families: Sequence[Family]) -> Iterator[Match]:
    lines = lines_of(grey, bars, families[0].modules)
    likely = likely_in(lines, places_of(lines, families), _FITTED)
    fitted = sorted(((each, laid_on(lines, each)) for each in likely), key=lambda pair: -pair[1].alike)
    for rank, (each, fit) in enumerate(fitted):
        yield _match(each, fit, is_first=rank == 0)


def _match(likely: Likely, fit: Fit, *, is_first: bool) -> Match:
    barcode = likely.place.family.codes[likely.code]
    return Match(barcode, fit.alike, certainty(fit, likely) if is_first and fit.alike >= ALIKE else -1.0)
