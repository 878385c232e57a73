"""Lives of the bot that don't pay for its imports: they are done once, each life is a fork. Linux and macOS only.

Reads one wish a line, {"environment": {…}, "log": path}; answers with the pid, and with the exit code when it ended.
"""

import gc
import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any, NoReturn

import dealer_bot.app  # noqa: F401  # the expensive one
from dealer_bot.cli.entry import main
from tests.rig import failing_calls, points

LOOK_S = 0.02


def serve() -> None:
    gc.freeze()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(json.loads(line))
        _say(pid)
        _say(_exit_code(pid))


def _say(number: int) -> None:
    print(number, flush=True)  # noqa: T201


def _exit_code(pid: int) -> int:
    """A life that nobody waits for any more (the tests are gone) is ended."""
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if select.select([sys.stdin], [], [], LOOK_S)[0]:
            os.kill(pid, signal.SIGKILL)


def _live(wish: dict[str, Any]) -> NoReturn:
    """What `python -m dealer_bot run` does after its imports."""
    os.environ.update(wish["environment"])
    with Path(wish["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        for ours, theirs in ((nothing.fileno(), 0), (log.fileno(), 1), (log.fileno(), 2)):
            os.dup2(ours, theirs)
    points.obey(os.environ)
    if plan := os.environ.get("DISK_PLAN"):
        zones = {"store": "BRANCH_PHOTO", "spool": "SPOOL_DIR"}
        failing_calls.install(Path(plan), {zone: Path(os.environ[name]) for zone, name in zones.items()})
    os._exit(main(["run"]))


if __name__ == "__main__":
    serve()
