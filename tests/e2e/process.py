"""The bot as a process of its own: started, killed and told to stop as on a server."""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Self

from tests.rig.points import DIE_AT, WRITE_TO

ROOT = Path(__file__).resolve().parents[2]
SLOWEST_IMPORTS_S = 60.0


@dataclass(slots=True)
class Life:
    """One run of the bot; `ended` is its exit code, to come."""

    pid: int
    ended: asyncio.Future[int]

    @property
    def is_over(self) -> bool:
        return self.ended.done()

    async def dies(self, within_s: float = 60) -> int:
        """The exit code; minus the signal's number for one that was killed."""
        return await asyncio.wait_for(asyncio.shield(self.ended), within_s)

    async def kill(self) -> None:
        """kill -9: no handler, no farewell."""
        self._tell(signal.SIGKILL)
        await self.dies()

    async def stop(self, within_s: float = 60) -> tuple[int, float]:
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
    """Lives that are forked from a process with all imports done; a context manager."""

    _process: subprocess.Popen[str]

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.e2e.forkserver"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._begun: SimpleQueue[tuple[int, Future[int]]] = SimpleQueue()
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()
            assert self._process.wait(30) == 0
            self._listening.join()

    async def run(self, environment: Mapping[str, str], log: Path, *arguments: str) -> Life:
        """The same run of the bot as `run`, begun at once; or another command of it."""
        wish = {"arguments": arguments or ("run",), "environment": dict(environment), "log": str(log)}
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(wish) + "\n")
        self._process.stdin.flush()
        pid, ended = await asyncio.to_thread(self._begun.get)
        return Life(pid, asyncio.wrap_future(ended))

    async def command(self, environment: Mapping[str, str], told: Path, *arguments: str) -> None:
        """A command that must succeed; what it prints is added to the file `told`."""
        life = await self.run(environment, told, *arguments)
        assert await life.dies(SLOWEST_IMPORTS_S) == 0, told.read_text(encoding="utf-8")[-3000:]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        lives: dict[int, Future[int]] = {}
        for line in self._process.stdout:
            news = json.loads(line)
            if "begun" in news:
                lives[news["begun"]] = Future()
                self._begun.put((news["begun"], lives[news["begun"]]))
            else:
                lives.pop(news["ended"]).set_result(news["code"])
