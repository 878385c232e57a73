"""What can go wrong between the bot and the folders."""

import errno
from typing import Literal

Away = Literal["full", "read_only", "denied", "too_long", "blocked", "away"]

_KINDS: dict[int | None, Away] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENAMETOOLONG: "too_long",
    errno.ELOOP: "blocked",
    errno.ENOTDIR: "blocked",
    errno.EEXIST: "blocked",
    errno.EISDIR: "blocked",
}


class StoreError(Exception):
    """A folder can't be used as asked."""


class StoreUnavailable(StoreError):
    """The store doesn't answer or can't be written to now; try again later. `kind` says which."""

    def __init__(self, kind: Away, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind = kind


class FolderGone(StoreError):
    """The order's folder isn't there any more."""


class FolderClosed(StoreError):
    """The order's folder carries the closing word now."""


class NameTaken(StoreError):
    """Another file has this name already: the next number is to be taken."""


class SpoolDamaged(StoreError):
    """The local file isn't the one that was fetched: it must be fetched again."""


def unavailable(error: OSError) -> StoreUnavailable:
    """The outcome that an OSError of the store stands for; no path in its text."""
    return StoreUnavailable(
        _KINDS.get(error.errno, "away"), errno.errorcode.get(error.errno or 0, type(error).__name__)
    )
