"""Reading one order's content.txt: which file it is, its trace, its bytes."""

import errno
import os
import stat

from dealer_bot import posix
from dealer_bot.domain.content import LIMIT, NO_CONTENT, TWO_CANDIDATES, USUAL_NAME, is_content_name
from dealer_bot.domain.traces import NOT_A_FILE, Trace

_HELD = 2**63 - 1
"""As much of a file's id or time as a database's integer holds; shares and Windows have longer ones."""


def trace_of(folder: str) -> Trace:
    """Find the card of a folder by listing it. Raises OSError if the folder can't be listed."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if is_content_name(entry.name)]
    if len(names) == 1:
        return _of_card(folder, names[0])
    return _of_folder(folder, TWO_CANDIDATES if names else NO_CONTENT)


def is_as_was(folder: str, known: Trace) -> bool:
    """Whether one stat shows no change: what almost every folder answers at almost every look."""
    try:
        seen = os.lstat(folder if known.name is None else f"{folder}/{known.name}")
    except OSError:
        return False
    is_same_size = known.name is None or seen.st_size == known.size
    return seen.st_mtime_ns == known.mtime_ns and is_same_size and seen.st_ino & _HELD == known.inode


def retrace(folder: str, known: Trace) -> Trace:
    """The same as `trace_of` for a folder seen before, with one stat where nothing has changed."""
    if known.name is None:
        seen = os.lstat(folder)
        return known if known.is_same_file(seen.st_mtime_ns, 0, seen.st_ino & _HELD) else trace_of(folder)
    try:
        seen = os.lstat(f"{folder}/{known.name}")
    except FileNotFoundError:
        return trace_of(folder)
    if known.is_same_file(seen.st_mtime_ns, seen.st_size, seen.st_ino & _HELD) and known.problem is None:
        return known
    return trace_of(folder)


def read_card(folder: str, trace: Trace) -> tuple[bytes, Trace]:
    """The bytes of the card and the trace they belong to; one byte more than the limit where it is longer.

    Raises OSError if it can't be read, or is being written: its beginning may be of one version, its end of the next.
    """
    assert trace.name is not None
    return _read(folder, trace.name)


def read_usual(folder: str) -> tuple[bytes, Trace] | None:
    """The same for a card of the usual name, without listing the folder; None if there is no plain file of it."""
    try:
        data, trace = _read(folder, USUAL_NAME)
    except OSError:
        return None
    return (data, trace) if trace.problem is None else None


def _read(folder: str, name: str) -> tuple[bytes, Trace]:
    opened = os.open(f"{folder}/{name}", posix.READ_FLAGS)
    try:
        seen = os.fstat(opened)
        if not stat.S_ISREG(seen.st_mode):
            return b"", _traced(name, seen)
        data, trace = _all_of(opened, seen.st_size), _traced(name, seen)
        if _traced(name, os.fstat(opened)) != trace:
            raise OSError(errno.EAGAIN, "written while it was read")
        return data, trace
    finally:
        os.close(opened)


def _all_of(opened: int, size: int) -> bytes:
    data = os.read(opened, min(size, LIMIT) + 1)
    return data if len(data) == size else data + _rest(opened, LIMIT + 1 - len(data))


def _rest(opened: int, room: int) -> bytes:
    parts: list[bytes] = []
    while room > 0 and (part := os.read(opened, room)):
        parts.append(part)
        room -= len(part)
    return b"".join(parts)


def _of_card(folder: str, name: str) -> Trace:
    return _traced(name, os.lstat(f"{folder}/{name}"))


def _traced(name: str, seen: os.stat_result) -> Trace:
    """A symlink, pipe or device in the card's place is no card."""
    problem = None if stat.S_ISREG(seen.st_mode) else NOT_A_FILE
    return Trace(name, seen.st_mtime_ns & _HELD, seen.st_size, seen.st_ino & _HELD, problem)


def _of_folder(folder: str, problem: str) -> Trace:
    seen = os.lstat(folder)
    return Trace(None, seen.st_mtime_ns & _HELD, 0, seen.st_ino & _HELD, problem)
