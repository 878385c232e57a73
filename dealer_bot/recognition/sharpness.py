"""Why a picture could not be read, measured in the picture itself."""

import cv2
import numpy as np

from dealer_bot.domain.readings import Miss
from dealer_bot.recognition.picture import Grey, scaled

SMALL_SIDE = 500
"""Pixels of the long side: fewer than two for each module of a barcode that fills the picture."""

DARK = 60
"""Of 255: nine tenths of the picture are darker."""

SOFT = 0.12
"""The steepest edges of a picture in focus climb a good part of its whole contrast within one pixel."""

_MEASURED_AT = 1280


def cause_of(grey: Grey) -> Miss:
    """What to tell somebody whose picture was not read; NOTHING_FOUND if the picture is good."""
    if max(grey.shape) < SMALL_SIDE:
        return Miss.TOO_SMALL
    if np.percentile(grey, 90) < DARK:
        return Miss.DARK
    return Miss.BLURRED if steepness(grey) < SOFT else Miss.NOTHING_FOUND


def steepness(grey: Grey) -> float:
    """Climb of the steepest edges within a pixel, as a part of the contrast; 0 for a blank sheet."""
    small = scaled(grey, min(1.0, _MEASURED_AT / max(grey.shape)))
    quiet = cv2.GaussianBlur(small, (3, 3), 0)
    low, high = np.percentile(quiet, (2, 98))
    climb = max(np.percentile(np.abs(np.diff(quiet.astype(np.int16), axis=axis)), 99.7) for axis in (0, 1))
    return float(climb / max(high - low, 20.0))
