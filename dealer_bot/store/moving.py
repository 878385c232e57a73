"""A file of ours that moves: read where it lies, and taken away there only while its bytes are still ours."""

import os
from collections.abc import Sequence
from pathlib import Path

from dealer_bot import posix
from dealer_bot.store.errors import unavailable
from dealer_bot.store.shelving import sha256_of


def find(places: Sequence[Path], sha256: str) -> Path | None:
    """The first place that holds the very bytes. Raises StoreUnavailable."""
    try:
        return next((place for place in places if sha256_of(place) == sha256), None)
    except OSError as error:
        raise unavailable(error) from error


def clear(places: Sequence[Path], sha256: str) -> list[Path]:
    """Take our file away from all of them; those where people put other bytes are left, and returned.

    Raises StoreUnavailable.
    """
    try:
        return [place for place in places if not _cleared(place, sha256)]
    except OSError as error:
        raise unavailable(error) from error


def _cleared(place: Path, sha256: str) -> bool:
    try:
        found = sha256_of(place)
    except NotADirectoryError:
        return True
    if found is None:
        return not os.path.lexists(place)
    if found != sha256:
        return False
    place.unlink(missing_ok=True)
    posix.sync_folder(place.parent)
    return True
