"""Runs a module as `python -m` does, and ends it when whoever started it is gone, however he went.

    python -m dealer_bot.demo.leash MODULE [ARGUMENT…]

The parent holds the other end of standard input. The system closes it with the parent, kill -9 included.
"""

import os
import runpy
import signal
import sys
import threading
import time

LONGEST_STOP_S = 20


def main() -> None:
    threading.Thread(target=_hold, daemon=True).start()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _hold() -> None:
    # os.read and not sys.stdin: a thread that waits inside a buffered reader stops the interpreter from ending.
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LONGEST_STOP_S)
    os._exit(1)


if __name__ == "__main__":
    main()
