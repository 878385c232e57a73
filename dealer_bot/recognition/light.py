"""A dark picture made fit to be looked at."""

import cv2
import numpy as np

from dealer_bot.recognition.picture import Grey

_DARKEST, _LIGHTEST = 1.0, 99.9
_DIM = 128
"""Of 255: a picture whose light has less range was taken in the dark, and is grainy."""

_GRAIN = 1.4
"""Pixels: noise that JPEG has smeared is gone, strokes of the smallest symbols that can be read are not."""


def brightened(grey: Grey) -> Grey:
    """In the dark the range of light that is there becomes the whole range, without its grain; else as it is."""
    low, high = np.percentile(grey[::4, ::4], (_DARKEST, _LIGHTEST))
    if high - low > _DIM:
        return grey
    calm = cv2.GaussianBlur(grey, (0, 0), _GRAIN * max(1.0, max(grey.shape) / 1280)).astype(np.float32)
    low, high = np.percentile(calm[::4, ::4], (_DARKEST, _LIGHTEST))
    return np.asarray(np.clip((calm - low) * (255 / max(float(high - low), 8.0)), 0, 255), np.uint8)
