"""One picture read for everything that tells an order: barcodes and plates."""

from pathlib import Path

from dealer_bot.domain.plate_forms import believed
from dealer_bot.domain.readings import Miss, Reading
from dealer_bot.recognition import barcodes, plates
from dealer_bot.recognition.picture import Grey, Unreadable, opened
from dealer_bot.recognition.sharpness import cause_of

CLEAR = 0.7
"""Belief in a plate that one clear reading gives."""


def read(path: Path, tesseract: str) -> Reading:
    """What stands in a picture, and why no more was read. Runs native code on strangers' files: never in the bot."""
    try:
        grey = opened(path)
    except Unreadable:
        return Reading(cause=Miss.UNREADABLE_FILE)
    found = barcodes.read(grey)
    program = plates.program_of(tesseract)
    rows = plates.read(grey, program) if program else ()
    guessed = believed(rows)
    is_clear = bool(found) or max(guessed.values(), default=0.0) >= CLEAR
    cause = None if is_clear else _cause(grey, has_tesseract=program is not None)
    return Reading(found, tuple(guessed), cause, rows)


def _cause(grey: Grey, *, has_tesseract: bool) -> Miss:
    """A better picture helps first; what is not installed comes next."""
    cause = cause_of(grey)
    return Miss.NOT_INSTALLED if cause is Miss.NOTHING_FOUND and not has_tesseract else cause
