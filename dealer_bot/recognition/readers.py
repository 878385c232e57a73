"""Reading pictures without waiting for them: a few processes, begun when needed, replaced when they die."""

import asyncio
import logging
from collections.abc import Sequence
from pathlib import Path

from dealer_bot.domain.readings import Miss, Reading
from dealer_bot.recognition.process import Died, ReadingProcess

log = logging.getLogger(__name__)

AT_ONCE = 2
LONGEST_S = 10.0


class Readers:
    """Pictures read by at most `at_once` processes. One that kills or hangs its process costs no other."""

    def __init__(self, tesseract: str = "", at_once: int = AT_ONCE, longest_s: float = LONGEST_S) -> None:
        self._tesseract, self._longest_s = tesseract, longest_s
        self._places = asyncio.Semaphore(at_once)
        self._idle: list[ReadingProcess] = []

    async def read(self, path: Path, known: Sequence[str] = ()) -> Reading:
        """Whatever the file is: a reading, never an exception. Who is cancelled takes the work with him.

        `known`: the barcodes of open orders.
        """
        async with self._places:
            try:
                return await self._read(path, known)
            except Died:
                log.warning("a picture ended the process that was reading it")
                return Reading(cause=Miss.UNREADABLE_FILE)
            except TimeoutError:
                log.warning("reading a picture took longer than %s s", self._longest_s)
                return Reading(cause=Miss.TIMED_OUT)
            except OSError as error:
                log.warning("no process to read pictures could be begun: %s", error)
                return Reading(cause=Miss.NOT_INSTALLED)

    async def close(self) -> None:
        """End the processes that wait for work; those at work end with whoever waits for them."""
        while self._idle:
            await self._idle.pop().kill()

    async def _read(self, path: Path, known: Sequence[str]) -> Reading:
        while self._idle:
            try:
                return await self._read_by(self._idle.pop(), path, known)
            except Died:  # it may have ended for having been idle long enough: the picture is not to blame yet
                continue
        return await self._read_by(await ReadingProcess.begin(self._tesseract), path, known)

    async def _read_by(self, process: ReadingProcess, path: Path, known: Sequence[str]) -> Reading:
        is_sound = False
        try:
            async with asyncio.timeout(self._longest_s):
                reading = await process.read(path, known)
            is_sound = process.fault is None
        finally:
            if is_sound:
                self._idle.append(process)
            else:
                await process.kill()
        if process.fault is not None:
            log.warning("a picture could not be read: %s", process.fault)
        return reading
