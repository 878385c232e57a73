"""A file opened as a picture: grey, upright, of a size that can be worked on; or refused before it can do harm."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

LONG_SIDE = 4096
"""Pixels: a photo of 12 megapixels, as phones take them, is kept as it is."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
MOST_PIXELS = 32_000_000
MOST_PIXELS_OF_JPEG = 220_000_000
"""A JPEG can be unpacked at a part of its size."""

_DRAFT = 0.75
"""Of LONG_SIDE: a JPEG is unpacked at a half, a quarter or an eighth of its size, if that leaves so much of it."""

_ORIENTATION = 0x0112
_TURNS = {3: cv2.ROTATE_180, 4: cv2.ROTATE_180, 5: cv2.ROTATE_90_CLOCKWISE, 6: cv2.ROTATE_90_CLOCKWISE}
_TURNS |= {7: cv2.ROTATE_90_COUNTERCLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
_MIRRORED = {2, 4, 5, 7}

Grey = np.ndarray[Any, np.dtype[np.uint8]]

Image.init()
Image.MAX_IMAGE_PIXELS = None  # the limits are our own: Pillow's warns where ours refuse


class Unreadable(Exception):
    """The file is no picture, or not a whole one, or far too big."""


def opened(path: Path) -> Grey:
    """The first picture of a file, at most LONG_SIDE on its long side. Raises Unreadable."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            _require_fit(image)
            orientation = _orientation(image)
            return _upright(_within(_grey(image)), orientation)
    except (OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError, MemoryError, cv2.error) as error:
        raise Unreadable from error  # decoders of hostile files fail in all these ways


def _require_fit(image: Image.Image) -> None:
    most = MOST_PIXELS_OF_JPEG if image.format in ("JPEG", "MPO") else MOST_PIXELS
    if image.width * image.height > most or min(image.size) < 8:
        raise Unreadable


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # what a camera writes about itself may be nonsense; the picture is not
        return 1


def _grey(image: Image.Image) -> Grey:
    scale = LONG_SIDE / max(image.size)
    if scale < 1:
        image.draft("L", (round(image.width * scale * _DRAFT), round(image.height * scale * _DRAFT)))
    if image.mode.startswith("I") or image.mode == "F":
        return _of_deep(np.asarray(image, np.float32))
    if image.has_transparency_data:
        image = _on_white(image.convert("RGBA"))
    return np.asarray(image.convert("L"))


def _of_deep(values: "np.ndarray[Any, np.dtype[np.float32]]") -> Grey:
    """More than eight bits a pixel: the range that is there becomes the whole range."""
    low, high = float(values.min()), float(values.max())
    return ((values - low) * (255 / max(high - low, 1.0))).astype(np.uint8)


def _on_white(image: Image.Image) -> Image.Image:
    paper = Image.new("L", image.size, 255)
    paper.paste(image.convert("L"), mask=image.getchannel("A"))
    return paper


def _within(grey: Grey) -> Grey:
    scale = LONG_SIDE / max(grey.shape)
    return scaled(grey, scale) if scale < 1 else grey


def scaled(grey: Grey, scale: float) -> Grey:
    """Smaller by averaging, larger by cubic curves; the very same where nothing changes."""
    if scale == 1:
        return grey
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    size = max(1, round(grey.shape[1] * scale)), max(1, round(grey.shape[0] * scale))
    return np.asarray(cv2.resize(grey, size, interpolation=how), np.uint8)


def _upright(grey: Grey, orientation: int) -> Grey:
    if orientation in _TURNS:
        grey = np.asarray(cv2.rotate(grey, _TURNS[orientation]), np.uint8)
    return np.ascontiguousarray(grey[:, ::-1]) if orientation in _MIRRORED else grey
