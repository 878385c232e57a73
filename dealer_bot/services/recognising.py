"""Reading pictures, as the chat sees it: the programs that do it live in processes of their own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from dealer_bot.domain.readings import Reading


class Recogniser(Protocol):
    async def read(self, path: Path, known: Sequence[str]) -> Reading:
        """Whatever the file is and however its programs die: a reading within seconds, never an exception.

        `known`: the barcodes of open orders.
        """
