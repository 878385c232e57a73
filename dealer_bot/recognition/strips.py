"""A strip that may be a plate, cleaned in several ways: each is good at something that spoils the others."""

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey

_LEAST_CONTRAST = 0.25
"""Of the whole strip's: less is the noise of an even surface."""


_SLANTS = tuple(slant / 10 for slant in range(-5, 6))
"""Pixels to the side for each one down."""

_SOFT, _SHARPER = 0.1, 3.0
"""Of the strip's height: how far light has run where a small plate is out of focus; how much of that is taken back."""


def cleaned(strip: Grey) -> Iterator[Grey]:
    """More contrast; light and dark of each neighbourhood; of these the shapes alone that are as tall as symbols, and
    all of it set upright and sharpened."""
    contrast = np.asarray(cv2.createCLAHE(2.0, (4, 2)).apply(strip), np.uint8)
    yield _framed(contrast)
    even = _evened(strip)
    yield _framed(even)
    _, black = cv2.threshold(cv2.GaussianBlur(even, (3, 3), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield _framed(_symbols_of(np.asarray(black, np.uint8)))
    yield _framed(_sharpened(_upright(even)))


def _evened(strip: Grey) -> Grey:
    """Each pixel between the darkest and the lightest around it: glare and shadow go."""
    around = np.ones((strip.shape[0] // 2 | 1, strip.shape[0] | 1), np.uint8)
    calm = cv2.GaussianBlur(strip, (3, 3), 0)
    low, high = (
        cv2.GaussianBlur(np.asarray(found, np.float32), (0, 0), strip.shape[0] / 6)
        for found in (cv2.erode(calm, around), cv2.dilate(calm, around))
    )
    least = _LEAST_CONTRAST * float(np.ptp(np.percentile(strip, (2, 98))))
    spread = np.maximum(high - low, max(least, 8.0))
    return np.asarray(np.clip(255 * (strip - low) / spread, 0, 255), np.uint8)


def _upright(strip: Grey) -> Grey:
    """A plate seen askew leans: upright, its symbols and the gaps between them differ most from column to column."""
    return max((_leaning(strip, slant) for slant in _SLANTS), key=_told_apart)


def _leaning(strip: Grey, slant: float) -> Grey:
    tall, wide = strip.shape
    shear = np.array(((1, slant, -slant * tall / 2), (0, 1, 0)), np.float32)
    how = cv2.INTER_CUBIC
    return np.asarray(cv2.warpAffine(strip, shear, (wide, tall), flags=how, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _told_apart(strip: Grey) -> float:
    edge = strip.shape[0] // 8
    columns = strip[edge:-edge].sum(axis=0, dtype=np.float32)
    return float(np.square(np.diff(columns)).sum())


def _sharpened(strip: Grey) -> Grey:
    """Symbols that blur has joined come apart."""
    sharp = strip.astype(np.float32)
    around = cv2.GaussianBlur(sharp, (0, 0), _SOFT * strip.shape[0])
    return np.asarray(np.clip(sharp + _SHARPER * (sharp - around), 0, 255), np.uint8)


def _symbols_of(black: Grey) -> Grey:
    """Without edges, bolts, flags and what a dealer wrote beneath."""
    _, marks, stats, _ = cv2.connectedComponentsWithStats(255 - black)
    wide, high = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    tall = black.shape[0]
    fit = (high > 0.35 * tall) & (high < 0.97 * tall) & (wide < 1.2 * high)
    fit[0] = False
    if fit.sum() < 3:
        return black
    usual = float(np.median(high[fit]))
    fit &= (high > 0.8 * usual) & (high < 1.2 * usual)
    return np.where(fit[marks], 0, 255).astype(np.uint8)


def _framed(strip: "np.ndarray[Any, np.dtype[np.uint8]]") -> Grey:
    """With white paper around: tesseract takes what touches the edge for dirt."""
    return np.asarray(cv2.copyMakeBorder(strip, 12, 12, 16, 16, cv2.BORDER_CONSTANT, value=255), np.uint8)
