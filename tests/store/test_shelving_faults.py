"""Whatever call of the system fails, nothing broken is seen, and the next try succeeds."""

import contextlib
import ctypes
import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dealer_bot import posix
from dealer_bot.store.errors import FolderClosed, FolderGone, StoreError, StoreUnavailable
from dealer_bot.store.shelving import OWN
from tests.store.shop import NAME, PICTURE, Shop

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="the system call that is made to fail is Linux's")


class Faults:
    """The system calls of shelving, the n-th of which fails."""

    def __init__(self, number: int, error: int, happens_first: bool) -> None:
        self.left, self.error, self.happens_first = number, error, happens_first

    def around(self, call: Callable[..., object]) -> Callable[..., object]:
        def faulty(*args: object, **kwargs: object) -> object:
            self.left -= 1
            if self.left != 0:
                return call(*args, **kwargs)
            if self.happens_first:
                call(*args, **kwargs)
            raise OSError(self.error, os.strerror(self.error))

        return faulty


@contextlib.contextmanager
def failing(number: int, error: int, happens_first: bool) -> Iterator[None]:
    """A system whose n-th mkdir, fsync or rename fails, or happens and says that it failed, as shares do."""
    faults = Faults(number, error, happens_first)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", faults.around(os.fsync))
        patch.setattr(os, "mkdir", faults.around(os.mkdir))
        patch.setattr(posix._LIBC, "renameat2", in_c(faults.around(posix._LIBC.renameat2)))
        yield


def in_c(call: Callable[..., object]) -> Callable[..., int]:
    """As the C library tells of errors."""

    def called(*args: object) -> int:
        try:
            return int(str(call(*args)))
        except OSError as error:
            ctypes.set_errno(error.errno or 0)
            return -1

    return called


@linux_only
@pytest.mark.parametrize("happens_first", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.ESTALE, errno.EROFS])
@pytest.mark.parametrize("number", range(1, 9))
def test_whichever_call_fails_no_broken_file_is_seen_and_the_next_try_succeeds(
    shop: Shop, number: int, error: int, happens_first: bool
) -> None:
    with failing(number, error, happens_first), contextlib.suppress(StoreError):
        shop.shelve()
    whole = {name: data for name, data in shop.files().items() if OWN not in name}
    assert whole in ({}, {f"a00017732/Body/{NAME}": PICTURE})
    assert shop.shelve().path.read_bytes() == PICTURE
    assert shop.files() == {f"a00017732/Body/{NAME}": PICTURE}


@pytest.mark.parametrize(
    ("error", "kind"),
    [(errno.ENOSPC, "full"), (errno.EROFS, "read_only"), (errno.EACCES, "denied"), (errno.EIO, "away")],
)
def test_what_is_wrong_with_the_store_is_told(shop: Shop, error: int, kind: str) -> None:
    with failing(1, error, happens_first=False), pytest.raises(StoreUnavailable) as told:
        shop.shelve()
    assert told.value.kind == kind
    assert str(shop.root) not in str(told.value)


@linux_only
@pytest.mark.parametrize("closed", ["a00017732 closed", "a00017732_CLOSED"])
def test_an_order_closed_between_the_last_look_and_the_rename_gets_no_file(shop: Shop, closed: str) -> None:
    real = posix._LIBC.renameat2

    def late(*args: object) -> object:
        shop.order.rename(shop.root / closed)
        return real(*args)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(FolderClosed):
        patch.setattr(posix._LIBC, "renameat2", late)
        shop.shelve()
    assert shop.files() == {}


def unsupported(*_args: object) -> None:
    raise OSError(errno.EINVAL, "Invalid argument")


@linux_only
def test_a_file_system_without_safe_renames_replaces_nothing_either(shop: Shop) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(posix._LIBC, "renameat2", in_c(unsupported))
        shop.shelve()
        other = shop.order / "other"
        other.write_bytes(b"x")
        with pytest.raises(FileExistsError):
            posix.rename_new(other, shop.order / "Body" / NAME)
    assert shop.files()[f"a00017732/Body/{NAME}"] == PICTURE


@pytest.mark.parametrize("place", ["Body", OWN])
def test_an_order_that_leaves_just_before_its_subfolder_is_made_is_not_made_again(shop: Shop, place: str) -> None:
    real = os.mkdir

    def late(path: os.PathLike[str], *args: int) -> None:
        if Path(path).name == place and shop.order.exists():
            shop.order.rename(shop.root.parent / "taken away")
        real(path, *args)

    with pytest.MonkeyPatch.context() as patch, pytest.raises(FolderGone):
        patch.setattr(os, "mkdir", late)
        shop.shelve()
    assert not shop.order.exists()
    assert shop.files() == {}
