"""Lives of the bot that don't pay for its imports: they are done once, each life is a fork. Linux and macOS only.

Reads one wish a line, {"environment": {…}, "log": path}; answers with the pid, and with the exit code when it ended.
"""

import gc
import json
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import dealer_bot.app  # noqa: F401  # the expensive one
from dealer_bot import kill_points
from dealer_bot.cli.entry import main


def serve() -> None:
    gc.freeze()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _live(json.loads(line))
        print(pid, flush=True)  # noqa: T201
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


def _live(wish: dict[str, Any]) -> NoReturn:
    """What `python -m dealer_bot run` does after its imports."""
    os.environ.update(wish["environment"])
    with Path(wish["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        for ours, theirs in ((nothing.fileno(), 0), (log.fileno(), 1), (log.fileno(), 2)):
            os.dup2(ours, theirs)
    kill_points.arm(os.environ.get("KILL_POINT", ""))
    os._exit(main(["run"]))


if __name__ == "__main__":
    serve()
