"""Files of a Bot API server that runs with --local: it names them on its own disk and leaves them there."""

import hashlib
import logging
import os
import re
import shutil
from pathlib import Path

from dealer_bot.domain.parcels import Fetched, FetchOutcome, Later

log = logging.getLogger(__name__)

CHUNK = 256 * 1024


class LocalFiles:
    """`folder`: where the server's working folder is for us, if we see it under another name than the server does."""

    def __init__(self, token: str, folder: Path | None) -> None:
        self._names, self._folder = {token, token.replace(":", "~")}, folder  # Windows allows no colon in a name

    def take(self, told: str, size: int | None, target: Path) -> FetchOutcome:
        """Blocking: the file `told` by the server becomes `target`, whole, and leaves the server's disk.

        The server fetches it again if it is asked again, so nothing is lost by a kill in between.
        """
        source = self._where(told)
        if source is None:
            return Later(5.0, reason="file_path")
        part = target.with_suffix(".part")
        shutil.copyfile(source, part)
        digest, written = _hashed(part)
        if size is not None and written != size:
            return Later(1.0, reason="size")
        part.replace(target)
        _remove(source)
        return Fetched(written, digest)

    def _where(self, told: str) -> Path | None:
        """Only within the folder that the server keeps for this bot: `…/<token>/videos/file_7.mp4`."""
        parts = re.split(r"[/\\]", told)
        place = next((n for n, part in enumerate(parts) if part in self._names), None)
        if place is None or any(part in ("", ".", "..") for part in parts[place:]):
            return None
        root = self._folder or Path(told[: len("/".join(parts[:place]))] or "/")
        found = root.joinpath(*parts[place:])
        is_inside = found.resolve().is_relative_to(root.joinpath(parts[place]).resolve())
        return found if is_inside else None


def _hashed(part: Path) -> tuple[str, int]:
    digest, written = hashlib.sha256(), 0
    with part.open("rb+") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            written += len(chunk)
        os.fsync(file.fileno())
    return digest.hexdigest(), written


def _remove(source: Path) -> None:
    """Never with its path in the log: the path holds the token."""
    try:
        source.unlink(missing_ok=True)
    except OSError as error:
        log.warning("a file of the Bot API server can't be removed after it was taken: %s", type(error).__name__)
