"""One process that reads pictures, as the bot sees it."""

import asyncio
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from dealer_bot import posix
from dealer_bot.domain.readings import Reading
from dealer_bot.recognition import wire

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0
"""Until its libraries are loaded: under a second, but on a machine that is starting all else."""

ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
"""tesseract's threads only wait for each other on lines as short as a plate."""

SECRETS = frozenset({"BOT_TOKEN", "SMTP_PASSWORD", "PROXY_URL"})


class Died(Exception):
    """The process ended before it answered."""


class ReadingProcess:
    """Answers one picture at a time. Whoever is cancelled while waiting for an answer must kill it."""

    def __init__(self, process: Process, own_folder: str) -> None:
        self._process, self._own_folder = process, own_folder
        self.fault: str | None = None

    @classmethod
    async def begin(cls, tesseract: str) -> Self:
        """Raises Died, OSError."""
        own_folder = tempfile.mkdtemp(prefix="dealer_bot-")
        try:
            process = await _started(tesseract, own_folder)
        except BaseException:
            shutil.rmtree(own_folder, ignore_errors=True)
            raise
        begun = cls(process, own_folder)
        try:
            async with asyncio.timeout(START_S):
                if await begun._line() != wire.READY:
                    raise Died
        except BaseException:
            await begun.kill()
            raise
        return begun

    async def read(self, path: Path, known: Sequence[str]) -> Reading:
        """Raises Died."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(wire.request_of(path, known))
            await self._process.stdin.drain()
            reading, self.fault = wire.reading_of(await self._line())
        except (ConnectionError, ValueError, KeyError):
            raise Died from None
        return reading

    async def kill(self) -> None:
        """With the programs it has begun, and the pieces of pictures it was handing to them."""
        if self._process.returncode is None:
            posix.kill_group(self._process.pid)
        await self._process.wait()
        await asyncio.to_thread(shutil.rmtree, self._own_folder, ignore_errors=True)

    async def _line(self) -> bytes:
        assert self._process.stdout is not None
        return await self._process.stdout.readline()


async def _started(tesseract: str, own_folder: str) -> Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dealer_bot.recognition", tesseract),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        cwd=ROOT,
        env=_environment(own_folder),
        start_new_session=True,
    )


def _environment(own_folder: str) -> dict[str, str]:
    """What opens strangers' files has no business with the token, nor with other passwords."""
    kept = {name: value for name, value in os.environ.items() if name not in SECRETS}
    return kept | ONE_THREAD | dict.fromkeys(("TMPDIR", "TEMP", "TMP"), own_folder)
