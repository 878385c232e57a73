"""Plates of a picture: every likely place, cut out and cleaned in several ways, read by tesseract."""

import importlib.util
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image

from dealer_bot.domain.plate_forms import SYMBOLS, best_belief, is_row
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Row
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.light import brightened
from dealer_bot.recognition.picture import Grey
from dealer_bot.recognition.places import Place
from dealer_bot.recognition.plate_finding import found_in
from dealer_bot.recognition.strips import cleaned

BUDGET_S = 2.0
_TURNS = (0, 3), (3, 7), (7, 13)
"""The likeliest places first, then more of them."""

_START_S = 0.5
_SURE = 2.6
"""Three readings with hardly a doubtful symbol make further looking needless."""

_MOST_ROWS = 24
_CONFIG = f"--psm 7 --dpi 200 -c tessedit_char_whitelist={SYMBOLS}-"


def program_of(configured: str) -> str | None:
    """The tesseract to call, if there is one."""
    return shutil.which(configured or "tesseract") if importlib.util.find_spec("pytesseract") else None


def read(grey: Grey, program: str, time: Budget | None = None) -> tuple[Row, ...]:
    """All rows that may be a plate or a part of one, those read most often first."""
    budget = Budget(BUDGET_S) if time is None else time
    times: Counter[str] = Counter()
    grey = brightened(grey)
    places = found_in(grey)
    for first, end in _TURNS:
        if not budget or first >= len(places) or best_belief(_rows(times)) >= _SURE:
            break
        times.update(_texts(grey, places[first:end], program, budget.left_s + _START_S))
    return _rows(times)


def _rows(times: Mapping[str, int]) -> tuple[Row, ...]:
    return tuple(Row(text, times[text]) for text in sorted(times, key=lambda text: -times[text])[:_MOST_ROWS])


def _texts(grey: Grey, places: Sequence[Place], program: str, within_s: float) -> list[str]:
    """What stands in the places, each cleaned in several ways; one start of the program for all of them."""
    import pytesseract

    pytesseract.pytesseract.tesseract_cmd = program
    pages = [Image.fromarray(page) for place in places for page in cleaned(place.cut_from(grey))]
    with tempfile.TemporaryDirectory(prefix="dealer_bot") as folder:
        path = Path(folder) / "strips.tif"
        pages[0].save(path, save_all=True, append_images=pages[1:])
        try:
            read = pytesseract.image_to_string(str(path), config=_CONFIG, timeout=within_s)
        except pytesseract.TesseractError:  # it dies of some strips: the others are read without those
            alone = [[place] for place in places] if len(places) > 1 else []
            return [text for place in alone for text in _texts(grey, place, program, within_s)]
        except RuntimeError:  # it took too long
            return []
    return [key for key in map(plate_key, str(read).split("\f")) if is_row(key)]
