"""Where something is to lie, and whether this user may put it there."""

import os
from pathlib import Path


def nearest(path: Path) -> Path:
    """The path itself, or the nearest one above it that is there."""
    return next((each for each in (path, *path.parents) if each.exists()), path)


def may_write(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
