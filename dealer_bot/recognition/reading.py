"""One picture read for everything that tells an order: barcodes and plates."""

from collections.abc import Sequence
from pathlib import Path

from dealer_bot.domain.plate_forms import CLEAR, believed
from dealer_bot.domain.readings import Miss, Reading
from dealer_bot.recognition import barcodes, plates
from dealer_bot.recognition.budget import Budget
from dealer_bot.recognition.picture import Grey, Unreadable, opened
from dealer_bot.recognition.sharpness import cause_of

PICTURE_S = 3.0
"""Of a processor, for all that is tried; on a busy machine three times as long. The bot waits for ten seconds."""


def read(path: Path, tesseract: str, known: Sequence[str] = ()) -> Reading:
    """What stands in a picture, and why no more was read. Runs native code on strangers' files: never in the bot.

    `known`: the barcodes of open orders; where one of them is read, no time is spent on anything else.
    """
    try:
        grey = opened(path)
    except Unreadable:
        return Reading(cause=Miss.UNREADABLE_FILE)
    time, search = Budget(PICTURE_S), barcodes.Search(grey, known)
    search.look(time.part(barcodes.LOOK_S))
    if search.has_open_order:
        return Reading(search.barcodes)
    program = plates.program_of(tesseract)
    rows = plates.read(grey, program, time.part(plates.BUDGET_S)) if program else ()
    guessed = believed(rows)
    has_plate = max(guessed.values(), default=0.0) >= CLEAR
    if search.rows or not has_plate:
        search.look_again(time)
    is_clear = has_plate or bool(search.barcodes)
    cause = None if is_clear else _cause(grey, has_tesseract=program is not None)
    return Reading(search.barcodes, tuple(guessed), cause, rows, search.alike)


def _cause(grey: Grey, *, has_tesseract: bool) -> Miss:
    """A better picture helps first; what is not installed comes next."""
    cause = cause_of(grey)
    return Miss.NOT_INSTALLED if cause is Miss.NOTHING_FOUND and not has_tesseract else cause
