"""Looking at the store without reading it: which folders there are, and the trace of a folder's card."""

import os
from dataclasses import dataclass, field

from dealer_bot.domain.traces import DENIED, Trace
from dealer_bot.store.errors import unavailable
from dealer_bot.store.reading import retrace, trace_of


@dataclass(slots=True)
class Folders:
    """`names`: every folder of the root. `refused`: symlinks, which may lead anywhere."""

    names: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def list_folders(root: str) -> Folders:
    """One listing of the root; nothing in it is opened. Raises StoreUnavailable if it can't be listed to its end."""
    seen = Folders()
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                if entry.is_symlink():
                    seen.refused.append(entry.name)
                elif entry.is_dir(follow_symlinks=False):
                    seen.names.append(entry.name)
    except OSError as error:
        raise unavailable(error) from error
    return seen


def look_into(folder: str, known: Trace | None = None) -> Trace | None:
    """The trace of one folder's card; None if it can't be told now: the next look will."""
    try:
        return trace_of(folder) if known is None else retrace(folder, known)
    except PermissionError:
        return Trace(None, 0, 0, 0, DENIED)
    except OSError:
        return None


def is_folder(path: str) -> bool:
    """Whether this is a real folder, reached without following a symlink."""
    try:
        with os.scandir(path):
            return not os.path.islink(path)  # noqa: PTH114
    except OSError:
        return False
