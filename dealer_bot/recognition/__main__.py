"""A process that reads pictures, one after the other: `python -m dealer_bot.recognition [TESSERACT]`.

It ends after idle minutes, with the bot that began it, and when one picture takes too long.
"""

import faulthandler
import os
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, NoReturn

from dealer_bot import posix
from dealer_bot.domain.readings import Miss, Reading
from dealer_bot.recognition import wire

IDLE_S = 300.0
LONGEST_S = 12.0
"""The bot gives up earlier; this is for a picture that outlives the bot."""

MEMORY = 256 * 2**20
"""Bytes, beside the libraries themselves. A photo of 60 megapixels takes half of it at most."""

Read = Callable[[Path, str, tuple[str, ...]], Reading]


def main(tesseract: str = "") -> NoReturn:
    answers = _own_stdout()
    requests: queue.Queue[bytes] = queue.Queue()
    threading.Thread(target=_listen, args=(requests,), daemon=True).start()
    posix.limit_memory(MEMORY)
    posix.give_way()
    read = _reader()
    answers.write(wire.READY)
    while True:
        try:
            request = requests.get(timeout=IDLE_S)
        except queue.Empty:
            _end()
        answers.write(_answer(read, request, tesseract))


def _own_stdout() -> BinaryIO:
    """Native libraries print what they like: the answers have a pipe that none of them knows."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return answers


def _listen(requests: "queue.Queue[bytes]") -> None:
    for line in sys.stdin.buffer:
        requests.put(line)
    _end()


def _end() -> NoReturn:
    """At once, whatever a library is doing; with the programs it has begun, and what lies in its own folder."""
    if Path(tempfile.gettempdir()).name.startswith("dealer_bot-"):
        shutil.rmtree(tempfile.gettempdir(), ignore_errors=True)
    posix.kill_group(os.getpid())
    os._exit(0)


def _reader() -> Read:
    try:
        from dealer_bot.recognition.reading import read
    except ImportError:
        return lambda path, tesseract, known: Reading(cause=Miss.NOT_INSTALLED)
    return read


def _answer(read: Read, request: bytes, tesseract: str) -> bytes:
    with Path(os.devnull).open("wb") as nowhere:
        faulthandler.dump_traceback_later(LONGEST_S, exit=True, file=nowhere)
        try:
            path, known = wire.asked_in(request)
            return wire.answer_of(read(path, tesseract, known))
        except Exception as error:  # no picture is worth the process; what it was is told to the log
            return wire.answer_of(Reading(cause=Miss.UNREADABLE_FILE), type(error).__name__)
        finally:
            faulthandler.cancel_dump_traceback_later()


if __name__ == "__main__":
    main(*sys.argv[1:2])
