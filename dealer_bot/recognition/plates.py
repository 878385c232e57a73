"""Plates of a picture: every likely place, cut out and cleaned in several ways, read by tesseract."""

import importlib.util
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from dealer_bot.domain.plate_forms import SYMBOLS, believed, is_row
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Row
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.plate_finding import Place, found_in

BUDGET_S = 2.0
_TURNS = (0, 2), (2, 6), (6, 12)
"""The likeliest places first, then more of them."""

_START_S = 0.5
_SURE = 2.0
"""Readings without a doubtful symbol that make further looking needless."""

_MOST_ROWS = 24
_CONFIG = f"--psm 7 --dpi 200 -c tessedit_char_whitelist={SYMBOLS}-"


def program_of(configured: str) -> str | None:
    """The tesseract to call, if there is one."""
    return shutil.which(configured or "tesseract") if importlib.util.find_spec("pytesseract") else None


def read(grey: Grey, program: str, time: Budget | None = None) -> tuple[Row, ...]:
    """All rows that may be a plate or a part of one, those read most often first."""
    budget = Budget(BUDGET_S) if time is None else time
    times: Counter[str] = Counter()
    places = found_in(grey)
    for first, end in _TURNS:
        if not budget or first >= len(places) or max(believed(_rows(times)).values(), default=0.0) >= _SURE:
            break
        times.update(_texts(grey, places[first:end], program, budget.left_s + _START_S))
    return _rows(times)


def _rows(times: Mapping[str, int]) -> tuple[Row, ...]:
    return tuple(Row(text, times[text]) for text in sorted(times, key=lambda text: -times[text])[:_MOST_ROWS])


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
    return [key for key in map(plate_key, str(read).split("\f")) if is_row(key)]


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
