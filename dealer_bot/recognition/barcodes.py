"""Barcodes of a picture, by every program that is there, from ever better prepared versions of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np

from dealer_bot.recognition import decoders
from dealer_bot.recognition.bars import Bars, located
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.decoders import Decode, Symbol
from dealer_bot.recognition.picture import Grey, scaled

BUDGET_S = 2.0
_FIRST_LOOK, _SECOND_LOOK = 1600, 2560
"""Pixels of the long side. A whole picture of more costs seconds; single rows of bars are cut from all there is."""

_CUT_LENGTH = 1600
"""Pixels: six to a module of a work order's code."""


@dataclass(slots=True)
class _Reader:
    """What has been read so far, and how much time there is."""

    decode: dict[str, Decode]
    time: Budget
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


def read(grey: Grey, budget_s: float = BUDGET_S) -> tuple[str, ...]:
    """All that was read, best first. What stands there is not certain: it counts if an open order has it."""
    reader = _Reader(decoders.available(), Budget(budget_s))
    if not reader.decode:
        return ()
    scale = min(1.0, _FIRST_LOOK / max(grey.shape))
    reader.look(scaled(grey, scale) if scale < 1 else grey, scale=scale)
    for bars in located(grey):
        if not reader.knows(bars):
            _look_closer(reader, grey, bars)
    if not reader.is_sure:
        _look_again(reader, grey)
    return reader.best_first()


def _look_closer(reader: _Reader, grey: Grey, bars: Bars) -> None:
    for variant in _closer(grey, bars):
        if not reader.time or reader.look(variant, bars):
            return


def _closer(grey: Grey, bars: Bars) -> Iterator[Grey]:
    """One row of bars, level and large; then cleaned along the bars; then with steeper edges."""
    zoom = min(4.0, max(0.7, _CUT_LENGTH / bars.length))
    cut = bars.cut_from(grey, zoom)
    yield cut
    calm = cv2.blur(cut, (1, max(3, cut.shape[0] // 6)))
    yield np.asarray(calm, np.uint8)
    soft = cv2.GaussianBlur(calm, (0, 0), 1.2 * zoom)
    yield np.asarray(cv2.addWeighted(calm, 2.5, soft, -1.5, 0), np.uint8)
    yield np.asarray(cv2.GaussianBlur(calm, (0, 0), 0.6 * zoom), np.uint8)
    yield np.ascontiguousarray(bars.cut_from(grey, 2 * zoom)[::2])


def _look_again(reader: _Reader, grey: Grey) -> None:
    for variant, scale in _whole(grey):
        if not reader.time or reader.look(variant, scale=scale):
            return


def _whole(grey: Grey) -> Iterator[tuple[Grey, float]]:
    """The whole picture once more: larger, smoother, with more contrast, turned."""
    scale = min(2.0, _SECOND_LOOK / max(grey.shape))
    large = scaled(grey, scale)
    yield large, scale
    yield np.asarray(cv2.GaussianBlur(large, (0, 0), 1.0), np.uint8), scale
    scale = min(1.0, scale)
    plain = scaled(grey, scale) if scale < 1 else grey
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
