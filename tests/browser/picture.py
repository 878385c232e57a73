"""README's picture of the page: taken anew whenever the page has changed since the last one."""

import hashlib
import io
from pathlib import Path

from PIL import Image

from dealer_bot.demo.browser.page import FOLDER
from dealer_bot.settings import PROJECT_DIR

PLACE = PROJECT_DIR / "docs" / "demo.jpg"


def fingerprint() -> bytes:
    """Of everything that the page is made of."""
    whole = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        whole.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest().encode()


def is_current(place: Path = PLACE) -> bool:
    if not place.is_file():
        return False
    with Image.open(place) as kept:
        return kept.info.get("comment") == fingerprint()


def keep(png: bytes, place: Path = PLACE) -> None:
    with Image.open(io.BytesIO(png)) as taken:
        taken.convert("RGB").save(place, quality=88, optimize=True, comment=fingerprint())
