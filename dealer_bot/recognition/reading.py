"""One picture read for everything that tells an order: barcodes and plates."""

from pathlib import Path

from dealer_bot.domain.readings import Miss, Reading
from dealer_bot.recognition import barcodes
from dealer_bot.recognition.picture import Unreadable, opened
from dealer_bot.recognition.sharpness import cause_of


def read(path: Path, tesseract: str) -> Reading:
    """What stands in a picture, or why nothing was read. Runs native code on strangers' files: never in the bot."""
    try:
        grey = opened(path)
    except Unreadable:
        return Reading(cause=Miss.UNREADABLE_FILE)
    found = barcodes.read(grey)
    return Reading(found, (), None if found else cause_of(grey))
