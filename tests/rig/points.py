"""What a life is told to do at the program's named points: write down their names, or die at one of them."""

import itertools
import os
import signal
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from dealer_bot import kill_points

DIE_AT, WRITE_TO = "KILL_POINT", "RECORD_POINTS"


def obey(environment: Mapping[str, str]) -> None:
    """`KILL_POINT=name:n` dies at the n-th passage of a point; `RECORD_POINTS=path` writes down all of them."""
    if plan := environment.get(DIE_AT):
        name, _, passage = plan.partition(":")
        kill_points.watch(_killer(name, int(passage or 1)))
    elif path := environment.get(WRITE_TO):
        kill_points.watch(_recorder(Path(path)))


def passages(record: Path) -> Counter[str]:
    """How often a recorded life came through each point."""
    return Counter(record.read_text(encoding="utf-8").splitlines())


def _killer(name: str, passage: int) -> Callable[[str], None]:
    seen = itertools.count(1)

    def kill(reached: str) -> None:
        if reached == name and next(seen) == passage:
            os.kill(os.getpid(), signal.SIGKILL)

    return kill


def _recorder(path: Path) -> Callable[[str], None]:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    return lambda reached: _note(opened, reached)


def _note(opened: int, reached: str) -> None:
    os.write(opened, f"{reached}\n".encode())
