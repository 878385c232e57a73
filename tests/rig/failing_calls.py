"""The operating system as a bad disk gives it: calls under the store and the spool fail, hang, or lie, by a plan.

Works inside a life of the bot, below all of its code: what the plan says is looked at again before every call, so
that a disk may break and heal while the bot runs. Everything here is done with the real calls, taken beforehand.
"""

import builtins
import contextlib
import ctypes
import errno
import io
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from dealer_bot import posix

LOOK_S = 0.02
WRITES = frozenset({"create", "write", "fsync", "mkdir", "rename", "unlink"})
_open, _stat, _rename, _mkdir, _write = os.open, os.stat, os.rename, os.mkdir, os.write


@dataclass(slots=True)
class Rule:
    """Which call is meant, and what befalls it. `group`: an order's folder or a file of the spool; `*`: any.

    `does`: an errno's name, "after ERRNO" (it happens and then fails), "hang", "close" (the order's folder) or
    "unmount" (an empty folder takes the place of the whole zone).
    `threads`: how the names of the threads begin that may be meant, separated by spaces; all, if there are none.
    """

    zone: str
    group: str
    does: str
    at: int = 1
    lasting: bool = False
    writes_only: bool = False
    threads: str = ""
    seen: int = field(default=0)

    def meets(self, call: "Call") -> bool:
        return (
            self.zone in ("*", call.zone)
            and self.group in ("*", call.group)
            and call.thread.startswith(tuple(self.threads.split()) or "")
            and (not self.writes_only or call.name in WRITES)
        )

    @property
    def is_due(self) -> bool:
        return self.seen == self.at or (self.lasting and self.seen > self.at > 0)


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    zone: str
    group: str
    path: str
    thread: str


class Disk:
    """The plan as it is now, and a line for every call that a rule has met."""

    def __init__(self, plan: Path, zones: dict[str, Path]) -> None:
        self.plan, self.zones = str(plan), {name: str(root) for name, root in zones.items()}
        self.told = _open(plan.with_suffix(".calls"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.lock, self.version, self.rules = threading.Lock(), (0, 0), list[Rule]()

    def befalls(self, name: str, place: object) -> str:
        """What the plan has for this call; "" for nothing. Hangs until the plan says otherwise."""
        call = self.call(name, place)
        if call is None:
            return ""
        while (does := self.decided(call)) == "hang":
            while self.decided(call, again=True) == "hang":
                time.sleep(LOOK_S)
        root = self.zones[call.zone]
        if does == "close":
            with contextlib.suppress(FileNotFoundError):
                _rename(f"{root}/{call.group}", f"{root}/{call.group} closed")
        elif does == "unmount":
            _rename(root, f"{root}.away")
            _mkdir(root)
        else:
            return does
        return ""

    def call(self, name: str, place: object) -> Call | None:
        path = _path(place)
        for zone, root in self.zones.items():
            if path == root or path.startswith(f"{root}/"):
                first = path[len(root) + 1 :].partition("/")[0]
                group = first.partition(" ")[0].partition(".")[0]
                return Call(name, zone, group, path[len(root) + 1 :], threading.current_thread().name)
        return None

    def decided(self, call: Call, again: bool = False) -> str:
        with self.lock:
            self._read()
            does = ""
            for rule in self.rules:
                if not rule.meets(call):
                    continue
                rule.seen += not again
                due = rule.does if rule.is_due else ""
                if not again:
                    self._tell(rule, call, due)
                does = does or due
            return does

    def _read(self) -> None:
        seen = _stat(self.plan)
        version = (seen.st_mtime_ns, seen.st_ino)
        if version != self.version:
            self.version = version
            with _real_open(self.plan, encoding="utf-8") as file:
                self.rules = [Rule(**rule) for rule in json.load(file)]

    def _tell(self, rule: Rule, call: Call, does: str) -> None:
        line = [rule.zone, rule.group, rule.at, rule.does, rule.seen, call.name, call.path, call.thread, does]
        _write(self.told, (json.dumps(line) + "\n").encode())


def _path(place: object) -> str:
    if isinstance(place, int):
        with contextlib.suppress(OSError):
            return os.readlink(f"/proc/self/fd/{place}")
        return ""
    return os.fsdecode(place) if isinstance(place, str | bytes | os.PathLike) else ""


def install(plan: Path, zones: dict[str, Path]) -> None:
    """From here on the calls of this process go by the plan."""
    disk = Disk(plan, zones)
    for name in ("mkdir", "unlink", "stat", "lstat", "fstat", "listdir", "fsync", "statvfs"):
        setattr(os, name, _faulty(disk, name, getattr(os, name)))
    os.remove = os.unlink
    for name in ("rename", "replace"):
        setattr(os, name, _faulty(disk, "rename", getattr(os, name)))
    os.read = _faulty(disk, "read", os.read)
    os.open = _opening(disk, os.open)
    os.scandir = _scanning(disk, os.scandir)  # type: ignore[assignment]
    io.open = builtins.open = _files(disk, io.open)  # type: ignore[assignment]
    posix._LIBC.renameat2 = _in_c(_faulty(disk, "rename", posix._LIBC.renameat2, where=1))
    posix._LIBC.statx = _in_c(_faulty(disk, "stat", posix._LIBC.statx, where=1))


def _fail(does: str) -> None:
    code = getattr(errno, does.removeprefix("after "))
    raise OSError(code, os.strerror(code))


def _faulty(disk: Disk, name: str, real: Callable[..., Any], where: int = 0) -> Callable[..., Any]:
    def called(*args: Any, **kwargs: Any) -> Any:
        place = args[where]
        if kwargs.get("dir_fd") is not None:
            place = f"{_path(kwargs['dir_fd'])}/{os.fsdecode(place)}"
        does = disk.befalls(name, place)
        if does and not does.startswith("after "):
            _fail(does)
        result = real(*args, **kwargs)
        if does:
            _fail(does)
        return result

    return called


def _opening(disk: Disk, real: Callable[..., int]) -> Callable[..., int]:
    def called(path: Any, flags: int, *args: Any, **kwargs: Any) -> int:
        does = disk.befalls("create" if flags & os.O_CREAT else "open", path)
        if does and not does.startswith("after "):
            _fail(does)
        opened = real(path, flags, *args, **kwargs)
        if does:
            os.close(opened)
            _fail(does)
        return opened

    return called


def _in_c(call: Callable[..., Any]) -> Callable[..., int]:
    """As the C library tells of errors."""

    def called(*args: Any) -> int:
        try:
            return int(call(*args))
        except OSError as error:
            ctypes.set_errno(error.errno or 0)
            return -1

    return called


class _Listing:
    """A listing that may fail on its way, as a share's does."""

    def __init__(self, disk: Disk, place: object, entries: Any) -> None:
        self.disk, self.place, self.entries = disk, place, entries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.entries.close()

    def __iter__(self) -> Iterator[Any]:
        yield from self.entries
        if does := self.disk.befalls("readdir", self.place):
            _fail(does)

    def close(self) -> None:
        self.entries.close()


def _scanning(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    listed = _faulty(disk, "scandir", real)
    return lambda place=".": _Listing(disk, place, listed(place))


class _File:
    """A file whose reads and writes go by the plan."""

    def __init__(self, disk: Disk, file: Any) -> None:
        self._file = file
        for name in ("write", "read", "flush"):
            setattr(self, name, self._faulty(disk, name))

    def _faulty(self, disk: Disk, name: str) -> Callable[..., Any]:
        number, real = self._file.fileno(), getattr(self._file, name)
        faulty = _faulty(disk, name, lambda _number, *args: real(*args))
        return lambda *args: faulty(number, *args)

    def __enter__(self) -> Self:
        self._file.__enter__()
        return self

    def __exit__(self, *why: Any) -> None:
        self._file.__exit__(*why)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _files(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    opened = _faulty(disk, "open", real)
    created = _faulty(disk, "create", real)

    def called(place: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        if isinstance(place, int):  # opened already
            file = real(place, mode, *args, **kwargs)
        else:
            file = (opened if "r" in mode and "+" not in mode else created)(place, mode, *args, **kwargs)
        return file if disk.call("open", place) is None else _File(disk, file)

    return called


_real_open = io.open
