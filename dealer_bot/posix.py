"""Every call that exists on POSIX alone, with what Windows does instead; no other module asks which it is."""

import contextlib
import ctypes
import errno
import os
import signal
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Open to read: no symlink is followed, no pipe or device can hang the opener."""

CREATE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_AT_FDCWD = -100
_AT_SYMLINK_NOFOLLOW = 0x100
_STATX_BTIME = 0x800
_Buffer = ctypes.c_char * 256
_STATX = struct.Struct("=I76xqI")  # of 256 bytes: stx_mask at the start, stx_btime at 0x50
_RENAME_NOREPLACE = 1
_DRIVE_REMOTE = 4
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut; where a file system can't, it is left out."""
    if sys.platform == "win32":
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    finally:
        os.close(opened)


def rename_new(source: Path, target: Path) -> None:
    """Rename without replacing. Raises FileExistsError if the name is taken."""
    if sys.platform == "win32":
        source.rename(target)
        return
    code = _rename_noreplace(source, target)
    if code == 0:
        return
    if code not in _UNSUPPORTED:
        raise OSError(code, os.strerror(code))
    if os.path.lexists(target):  # names are unique by construction; this is for the file system that can't promise it
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    source.rename(target)


@contextlib.contextmanager
def removed_on_failure(path: Path) -> Iterator[None]:
    """Remove `path` if the block fails, also when somebody has renamed the folders above it meanwhile."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY) if sys.platform != "win32" else None
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path if folder is None else path.name, dir_fd=folder)
        raise
    finally:
        if folder is not None:
            os.close(folder)


def is_network_drive(path: Path) -> bool:
    """A share by its Windows name or drive letter; elsewhere the table of mounts tells."""
    if sys.platform == "win32":
        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _DRIVE_REMOTE
    return False


def limit_memory(most: int) -> None:
    """This process and its children get no more than so many bytes of memory each; Windows sets no such limit."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):  # an even lower limit stays
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def give_way() -> None:
    """This process works when the others have nothing to do."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.nice(10)


def kill_group(pid: int) -> None:
    """End a process that leads its group, and the programs it has begun; on Windows the process alone."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            os.kill(pid, signal.SIGTERM)
        else:
            os.killpg(pid, signal.SIGKILL)


def birth_ns(path: str) -> int | None:
    """When a file or folder came into being, in epoch ns, where Linux and the file system know."""
    if _statx is None:
        return None
    buffer = _Buffer()
    failed = _statx(_AT_FDCWD, os.fsencode(path), _AT_SYMLINK_NOFOLLOW, _STATX_BTIME, buffer)
    mask, seconds, nanoseconds = _STATX.unpack_from(buffer)
    if failed or not mask & _STATX_BTIME or seconds <= 0:
        return None
    return int(seconds * 1_000_000_000 + nanoseconds)


def _rename_noreplace(source: Path, target: Path) -> int:
    """0 or an errno."""
    try:
        rename = _LIBC.renameat2
    except AttributeError:
        return errno.ENOSYS
    failed = rename(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), _RENAME_NOREPLACE)
    return ctypes.get_errno() if failed else 0


_LIBC = ctypes.CDLL(None if sys.platform != "win32" else "msvcrt", use_errno=True)
_statx = getattr(_LIBC, "statx", None) if sys.platform == "linux" else None
