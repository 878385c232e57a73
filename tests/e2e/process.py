"""The bot as a process of its own: started, killed and told to stop as on a server."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.rig.points import DIE_AT, WRITE_TO

ROOT = Path(__file__).resolve().parents[2]
SLOWEST_IMPORTS_S = 60.0


@dataclass(slots=True)
class Life:
    """One run of the bot; `ended` is its exit code, to come."""

    pid: int
    ended: asyncio.Task[int]

    @property
    def is_over(self) -> bool:
        return self.ended.done()

    async def dies(self, within_s: float = 30) -> int:
        """The exit code; minus the signal's number for one that was killed."""
        return await asyncio.wait_for(asyncio.shield(self.ended), within_s)

    async def kill(self) -> None:
        """kill -9: no handler, no farewell."""
        self._tell(signal.SIGKILL)
        await self.dies()

    async def stop(self, within_s: float = 30) -> tuple[int, float]:
        """SIGTERM: the exit code and the seconds it took."""
        told_at = time.monotonic()
        self._tell(signal.SIGTERM)
        return await self.dies(within_s), time.monotonic() - told_at

    def _tell(self, what: signal.Signals) -> None:
        if not self.is_over:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, what)


async def run(environment: Mapping[str, str], log: Path) -> Life:
    """`python -m dealer_bot run`, watched if the environment says so."""
    program = ("tests.rig.life",) if DIE_AT in environment or WRITE_TO in environment else ("dealer_bot", "run")
    with log.open("ab") as out:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", *program),
            cwd=ROOT,
            env=os.environ | environment,
            stdin=DEVNULL,
            stdout=out,
            stderr=STDOUT,
        )
    return Life(process.pid, asyncio.create_task(process.wait()))


async def command(environment: Mapping[str, str], *args: str) -> str:
    """What a command of the bot printed; it must succeed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "dealer_bot", *args), cwd=ROOT, env=os.environ | environment, stdout=PIPE, stderr=PIPE
    )
    out, errors = await asyncio.wait_for(process.communicate(), SLOWEST_IMPORTS_S)
    assert process.returncode == 0, errors.decode()
    return out.decode()


class ForkServer:
    """Lives that are forked from a process with all imports done, one at a time; a context manager."""

    _process: subprocess.Popen[str]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.e2e.forkserver"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            assert self._process.wait(30) == 0

    async def run(self, environment: Mapping[str, str], log: Path) -> Life:
        """The same run of the bot as `run`, begun at once."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"environment": dict(environment), "log": str(log)}) + "\n")
        self._process.stdin.flush()
        return Life(await self._number(), asyncio.create_task(self._number()))

    async def _number(self) -> int:
        assert self._process.stdout is not None
        return int(await asyncio.to_thread(self._process.stdout.readline))
