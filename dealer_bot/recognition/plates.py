"""Plates of a picture: every likely place, cut out and cleaned in several ways, read by tesseract."""

import importlib.util
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from dealer_bot.domain.plate_forms import SYMBOLS, fitted
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.plate_finding import Place, found_in

BUDGET_S = 2.0
_TURNS = (0, 2), (2, 6), (6, 12)
"""The likeliest places first, then more of them."""

_START_S = 0.5
_SURE = 2.0
"""Readings without a doubtful symbol that make further looking needless."""

_DOUBTFUL = 0.08
_MOST_PLATES = 8
_CONFIG = f"--psm 7 --dpi 200 -c tessedit_char_whitelist={SYMBOLS}-"


def program_of(configured: str) -> str | None:
    """The tesseract to call, if there is one."""
    return shutil.which(configured or "tesseract") if importlib.util.find_spec("pytesseract") else None


def read(grey: Grey, program: str, budget_s: float = BUDGET_S) -> dict[str, float]:
    """Plates as `1234AB-5`, the likeliest first, each with the number of readings that speak for it.

    None is certain: people choose.
    """
    budget = Budget(budget_s)
    belief: dict[str, float] = defaultdict(float)
    places = found_in(grey)
    for first, end in _TURNS:
        if not budget or first >= len(places) or max(belief.values(), default=0.0) >= _SURE:
            break
        for text in _texts(grey, places[first:end], program, budget.left_s + _START_S):
            for plate, cost in fitted(text).items():
                belief[plate] += float(np.exp(-3 * cost))
    least = max(_DOUBTFUL, max(belief.values(), default=0.0) / 20)
    best = sorted((plate for plate in belief if belief[plate] >= least), key=lambda plate: -belief[plate])
    return {plate: belief[plate] for plate in best[:_MOST_PLATES]}


def _texts(grey: Grey, places: Sequence[Place], program: str, within_s: float) -> list[str]:
    """What stands in the places, each cleaned in several ways; one start of the program for all of them."""
    import pytesseract

    pytesseract.pytesseract.tesseract_cmd = program
    pages = [Image.fromarray(page) for place in places for page in _cleaned(place.cut_from(grey))]
    with tempfile.TemporaryDirectory(prefix="dealer_bot") as folder:
        path = Path(folder) / "strips.tif"
        pages[0].save(path, save_all=True, append_images=pages[1:])
        try:
            read = pytesseract.image_to_string(str(path), config=_CONFIG, timeout=within_s)
        except (RuntimeError, pytesseract.TesseractError):  # RuntimeError: it took too long
            return []
    return str(read).split("\f")


def _cleaned(strip: Grey) -> Iterator[Grey]:
    """As it is with more contrast; black and white by one threshold; by a threshold of each neighbourhood."""
    contrast = np.asarray(cv2.createCLAHE(2.0, (4, 2)).apply(strip), np.uint8)
    yield _framed(contrast)
    _, plain = cv2.threshold(cv2.GaussianBlur(contrast, (3, 3), 0), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    yield _framed(np.asarray(plain, np.uint8))
    kinds = cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY
    yield _framed(np.asarray(cv2.adaptiveThreshold(contrast, 255, *kinds, 41, 12), np.uint8))


def _framed(strip: Grey) -> Grey:
    """With white paper around: tesseract takes what touches the edge for dirt."""
    return np.asarray(cv2.copyMakeBorder(strip, 12, 12, 16, 16, cv2.BORDER_CONSTANT, value=255), np.uint8)
