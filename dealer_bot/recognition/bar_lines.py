"""Light along a row of bars, band by band, and the ways to look at it from a pattern's side."""

import itertools
from typing import Any

import cv2
import numpy as np

from dealer_bot.recognition.bars import Bars
from dealer_bot.recognition.families import Rows
from dealer_bot.recognition.picture import Grey

BANDS = 8
SAMPLES = 3
"""Of a line, about, to a module."""

WIDE = 14
"""Modules over which light and shade are evened out: a symbol and a little more."""

PAPER = 8
"""Modules of blank paper that belong to a pattern, on each side."""


def lines_of(grey: Grey, bars: Bars, modules: int) -> Rows:
    """Bands along the bars, one below the other, without slow changes of light."""
    cut = bars.cut_from(grey, max(0.2, SAMPLES * modules / bars.length)).astype(np.float32)
    edges = np.linspace(0, cut.shape[0], BANDS + 1).astype(int)
    bands = [cut[top : max(bottom, top + 1)].mean(axis=0) for top, bottom in itertools.pairwise(edges)]
    return flat(np.asarray(bands, np.float32), WIDE * SAMPLES)


def flat(rows: Rows, window: int) -> Rows:
    """Rows about their mean of each neighbourhood."""
    return np.asarray(rows - blurred(rows, window), np.float32)


def blurred(rows: Rows, window: int) -> Rows:
    return np.asarray(cv2.blur(rows, (window | 1, 1), borderType=cv2.BORDER_REPLICATE), np.float32).reshape(rows.shape)


def of_one_contrast(rows: Rows) -> Rows:
    """The same swing everywhere, but where there is hardly any."""
    swing = np.sqrt(blurred(rows * rows, 2 * WIDE * SAMPLES))
    return np.asarray(rows / np.maximum(swing, 0.2 * swing.max() + 1e-6), np.float32)


def read_off(line: Rows, at: Rows) -> Rows:
    """The line between its samples."""
    whole = at.astype(np.int32).clip(0, line.size - 2)
    part = (at - whole).clip(0, 1)
    return np.asarray(line[whole] * (1 - part) + line[whole + 1] * part, np.float32)


def unit(rows: Any) -> Rows:
    """Each row about its mean, of length 1: products are correlations."""
    centred = np.asarray(rows, np.float32) - np.asarray(rows, np.float32).mean(axis=1, keepdims=True)
    return np.asarray(centred / (np.linalg.norm(centred, axis=1, keepdims=True) + 1e-6), np.float32)
