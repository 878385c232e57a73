"""A first start reads every card of the store: a process of its own does it while the bot's libraries are imported."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from database import known_orders
from dealer_bot.cli.looking import look_once
from dealer_bot.cli.opening import opened
from dealer_bot.posix import give_way
from dealer_bot.settings import Settings, load

LONGEST_S = 30.0
"""A process that nobody waits for any more ends by itself, and lets go of the lock."""


@contextmanager
def looking_meanwhile(settings: Settings) -> Iterator[None]:
    """Whatever it has written by the end counts, and the bot's own look goes on from there."""
    looking = None if _has_been_looked_at(settings) else _begun()
    try:
        yield
    finally:
        if looking is not None:
            looking.kill()
            looking.wait()


def _has_been_looked_at(settings: Settings) -> bool:
    with opened(settings) as database:
        return database.read_now(known_orders.known_root) is not None


def _begun() -> "subprocess.Popen[bytes]":
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-m", __name__]
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603 - our own program


def _look() -> None:
    give_way()  # where the processors are busy, the imports come first
    limit = threading.Timer(LONGEST_S, os._exit, (1,))
    limit.daemon = True
    limit.start()
    settings = load()
    with opened(settings) as database:
        look_once(database, settings)


if __name__ == "__main__":
    _look()
