"""Children of the demo: programs that go on, and commands that end."""

import asyncio
import contextlib
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from dealer_bot.settings import PROJECT_DIR

STOP_S = 25.0
COMMAND_S = 60.0


class Ended(NamedTuple):
    """How a command ended, and what it printed to stdout and stderr."""

    code: int
    output: str
    errors: str


async def start(module: str, *arguments: str, environ: Mapping[str, str], log: Path) -> Process:
    """A program with its log in a file and its stdout in a pipe, on a leash: it never outlives the demo.

    It hears nothing of the terminal's Ctrl+C: the demo stops its children itself, in order.
    """
    with log.open("ab") as lines:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "dealer_bot.demo.leash", module, *arguments),
            cwd=PROJECT_DIR,
            env=environ,
            stdin=PIPE,
            stdout=PIPE,
            stderr=lines,
            start_new_session=True,
        )


async def stop(process: Process) -> int:
    """Ask it to stop, and insist if it does not; its exit code."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    try:
        return await asyncio.wait_for(process.wait(), STOP_S)
    except TimeoutError:
        process.kill()
        return await process.wait()


async def run(*arguments: str, environ: Mapping[str, str]) -> Ended:
    """`python -m dealer_bot …` to its end. Raises TimeoutError."""
    command = (sys.executable, "-m", "dealer_bot", *arguments)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=PROJECT_DIR, env=environ, stdin=DEVNULL, stdout=PIPE, stderr=PIPE
    )
    try:
        output, errors = await asyncio.wait_for(process.communicate(), COMMAND_S)
    finally:
        if process.returncode is None:
            process.kill()
    return Ended(process.returncode or 0, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace"))
