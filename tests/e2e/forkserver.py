"""Lives of the bot that don't pay for its imports: they are done once, each life is a fork. Linux and macOS only.

Reads one wish a line, {"arguments": […], "environment": {…}, "log": path}; tells {"begun": pid} at once, and
{"ended": pid, "code": n} when it is over. Several may live at a time: the bot, and commands beside it.
"""

import gc
import json
import os
import select
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import dealer_bot.app  # noqa: F401  # the expensive one
from dealer_bot.bot.texts import LANGUAGES, texts
from dealer_bot.cli.entry import main
from tests.rig import failing_calls, points

LOOK_S = 0.02


def serve() -> None:
    for language in LANGUAGES:
        texts(language)
    gc.freeze()
    living: set[int] = set()
    try:
        for wish in _wishes(living):
            pid = os.fork()
            if pid == 0:
                _live(wish)
            living.add(pid)
            _tell(begun=pid)
    finally:
        for pid in living:  # the tests are gone: nobody waits for these lives any more
            os.kill(pid, signal.SIGKILL)


def _wishes(living: set[int]) -> Iterator[dict[str, Any]]:
    """As they come; the ends of lives are told meanwhile."""
    heard = b""
    while True:
        _tell_ends(living)
        if select.select([0], [], [], LOOK_S if living else None)[0]:
            more = os.read(0, 65536)
            if not more:
                return
            *lines, heard = (heard + more).split(b"\n")
            yield from map(json.loads, lines)


def _tell_ends(living: set[int]) -> None:
    for pid in tuple(living):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            living.discard(pid)
            _tell(ended=pid, code=os.waitstatus_to_exitcode(status))


def _tell(**news: int) -> None:
    print(json.dumps(news), flush=True)  # noqa: T201


def _live(wish: dict[str, Any]) -> NoReturn:
    """What `python -m dealer_bot …` does after its imports."""
    os.environ.update(wish["environment"])
    with Path(wish["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        for ours, theirs in ((nothing.fileno(), 0), (log.fileno(), 1), (log.fileno(), 2)):
            os.dup2(ours, theirs)
    points.obey(os.environ)
    if plan := os.environ.get("DISK_PLAN"):
        zones = {"store": "BRANCH_PHOTO", "spool": "SPOOL_DIR"}
        failing_calls.install(Path(plan), {zone: Path(os.environ[name]) for zone, name in zones.items()})
    code = main(wish["arguments"])
    sys.stdout.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
