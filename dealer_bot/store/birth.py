"""When a folder came into being: its day doesn't move when files are added, as its other times do."""

import os

from dealer_bot import posix


def birth_ms(path: str) -> int | None:
    """Epoch ms of the folder's birth; None where the file system doesn't keep it."""
    if (known := posix.birth_ns(path)) is not None:
        return known // 1_000_000
    try:
        seconds = getattr(os.lstat(path), "st_birthtime", None)
    except OSError:
        return None
    return int(seconds * 1000) if seconds else None
