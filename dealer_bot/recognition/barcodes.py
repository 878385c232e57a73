"""Barcodes of a picture, by every program that is there, from ever better prepared versions of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import cv2
import numpy as np

from dealer_bot.recognition import decoders, profiles
from dealer_bot.recognition.bars import Bars, located
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.decoders import Decode, Symbol
from dealer_bot.recognition.picture import Grey, scaled
from dealer_bot.recognition.profiles import Match

BUDGET_S = 2.0
LOOK_S = 1.5
"""Of a processor. Most pictures take a third of a second."""

_FIRST_LOOK, _SECOND_LOOK = 1600, 2560
"""Pixels of the long side. A whole picture of more costs seconds; single rows of bars are cut from all there is."""

_CUT_LENGTH = 1600
"""Pixels: six to a module of a work order's code."""

_HIGHEST = 0.3
"""Of the length."""


@dataclass(slots=True)
class Said:
    """What the programs have read so far."""

    decode: dict[str, Decode]
    read: dict[str, list[Symbol]] = field(default_factory=dict)

    @property
    def is_sure(self) -> bool:
        return any(self.is_sure_of(text) for text in self.read)

    def is_sure_of(self, text: str) -> bool:
        """zxing invents no codes of work orders; zbar does, so it must say so twice."""
        said = self.read[text]
        return said[0].is_bars_of_order and (len(said) > 1 or said[0].by == "zxing")

    def look(self, variant: Grey, origin: Bars | None = None, scale: float = 1.0) -> bool:
        """Whether something sure was read. `origin`: where the variant was cut out, else it is the whole, scaled."""
        before = {text: len(said) for text, said in self.read.items()}
        for decode in self.decode.values():
            for found in decode(variant):
                x, y = (origin.x, origin.y) if origin else (found.x / scale, found.y / scale)
                symbol = Symbol(found.text, found.kind, found.by, x, y)
                self.read.setdefault(found.text, []).append(symbol)
        return any(self.is_sure_of(text) for text, said in self.read.items() if len(said) > before.get(text, 0))

    def knows(self, bars: Bars) -> bool:
        return any(bars.holds(said[0].x, said[0].y) for text, said in self.read.items() if self.is_sure_of(text))

    def best_first(self) -> tuple[str, ...]:
        def worth(text: str) -> tuple[bool, int, bool, int]:
            said = self.read[text]
            programs = {symbol.by for symbol in said}
            return said[0].is_bars_of_order, len(programs), "zxing" in programs, len(said)

        return tuple(sorted(self.read, key=worth, reverse=True))


class Search:
    """One picture: first what costs little, and what costs more if it is still worth it.

    `known`: the barcodes of open orders. Nothing that was read counts by itself: an open order must have it.
    """

    def __init__(self, grey: Grey, known: Sequence[str]) -> None:
        self._grey, self._known, self._open = grey, known, frozenset(known)
        self._said = Said(decoders.available())
        self._matches: list[Match] = []

    @property
    def has_open_order(self) -> bool:
        return not self._open.isdisjoint(self.barcodes)

    @property
    def barcodes(self) -> tuple[str, ...]:
        """All that was read, best first; the one that bars follow without a doubt before all."""
        followed = [match.barcode for match in self._matches if match.is_sure]
        return tuple(dict.fromkeys((*followed, *self._said.best_first())))

    @property
    def alike(self) -> tuple[str, ...]:
        """Barcodes of open orders that bars resemble, where none is certain."""
        return () if self.has_open_order else profiles.offered(self._matches)

    @cached_property
    def rows(self) -> list[Bars]:
        return located(self._grey)

    def look(self, time: Budget) -> None:
        """The whole picture once, each row of bars once, then open orders' patterns on the rows that nobody could read.

        All rows, even if the first is an open order's: a picture of two orders must lead to a question.
        """
        scale = min(1.0, _FIRST_LOOK / max(self._grey.shape))
        self._said.look(scaled(self._grey, scale), scale=scale)
        for bars in self._unread():
            self._said.look(_cut(self._grey, bars, 1.0), bars)
        self._matches = profiles.matched(self._grey, self._unread(), self._known, time)

    def look_again(self, time: Budget) -> None:
        """Each unread row prepared in other ways, then the whole picture: this costs most and finds least."""
        if self.has_open_order or not self._said.decode:
            return
        for bars in self._unread():
            self._look_closer(bars, time)
        if not self._said.is_sure:
            self._look_at_all(time)

    def _unread(self) -> list[Bars]:
        return [bars for bars in self.rows if not self._said.knows(bars)]

    def _look_closer(self, bars: Bars, time: Budget) -> None:
        for variant in _closer(self._grey, bars):
            if not time or self._said.look(variant, bars):
                return

    def _look_at_all(self, time: Budget) -> None:
        for variant, scale in _whole(self._grey):
            if not time or self._said.look(variant, scale=scale):
                return


def read(grey: Grey, budget_s: float = BUDGET_S) -> tuple[str, ...]:
    """All that was read, best first, without a list of open orders."""
    search, time = Search(grey, ()), Budget(budget_s)
    search.look(time)
    search.look_again(time)
    return search.barcodes


def _closer(grey: Grey, bars: Bars) -> Iterator[Grey]:
    """One row of bars cleaned along the bars; then with steeper edges, softer, finer across."""
    zoom, cut = _zoom(bars), _cut(grey, bars, 1.0)
    calm = cv2.blur(cut, (1, max(3, cut.shape[0] // 6)))
    yield np.asarray(calm, np.uint8)
    soft = cv2.GaussianBlur(calm, (0, 0), 1.2 * zoom)
    yield np.asarray(cv2.addWeighted(calm, 2.5, soft, -1.5, 0), np.uint8)
    yield np.asarray(cv2.GaussianBlur(calm, (0, 0), 0.6 * zoom), np.uint8)
    yield np.ascontiguousarray(_cut(grey, bars, 2.0)[::2])


def _cut(grey: Grey, bars: Bars, zoom: float) -> Grey:
    """The middle of a row, level and large: a code is longer than it is high, and what is higher costs time."""
    return bars.lower(_HIGHEST * bars.length).cut_from(grey, zoom * _zoom(bars))


def _zoom(bars: Bars) -> float:
    return min(4.0, max(0.7, _CUT_LENGTH / bars.length))


def _whole(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """The whole picture once more: larger, smoother, with more contrast, turned."""
    scale = min(2.0, _SECOND_LOOK / max(grey.shape))
    large = scaled(grey, scale)
    yield large, scale
    yield np.asarray(cv2.GaussianBlur(large, (0, 0), 1.0), np.uint8), scale
    scale = min(1.0, scale)
    plain = scaled(grey, scale)
    contrast = cv2.createCLAHE(2.0, (8, 8)).apply(plain)
    yield np.asarray(contrast, np.uint8), scale
    for angle in (45, 20, -20):
        yield _turned(plain, angle), scale


def _turned(grey: Grey, angle: float) -> Grey:
    height, width = grey.shape
    side = int(np.hypot(width, height))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[0, 2] += (side - width) / 2
    turn[1, 2] += (side - height) / 2
    return np.asarray(cv2.warpAffine(grey, turn, (side, side), borderValue=255), np.uint8)
