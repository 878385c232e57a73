"""One look at the whole store: which folders there are, and a trace of those that are asked for."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dealer_bot.domain.traces import DENIED, Trace
from dealer_bot.store.errors import unavailable
from dealer_bot.store.reading import retrace, trace_of


@dataclass(slots=True)
class Look:
    """`names`: every folder of the root. `traces`: those looked into. `refused`: symlinks, which may lead anywhere."""

    names: list[str] = field(default_factory=list)
    traces: dict[str, Trace] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def look(root: str, known: Mapping[str, Trace], is_wanted: Callable[[str], bool], thorough: bool = False) -> Look:
    """List the root once and stat the wanted cards; `thorough` lists their folders too, whatever is known of them.

    Raises StoreUnavailable if the root can't be listed to its end.
    """
    seen = _listed(root)
    for name in seen.names:
        if not is_wanted(name):
            continue
        trace = look_into(f"{root}/{name}", None if thorough else known.get(name))
        if trace is not None:
            seen.traces[name] = trace
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


def _listed(root: str) -> Look:
    seen = Look()
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
