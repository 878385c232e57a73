"""File names that the bot gives: made by us, from the clock, the author and a number, never from what people sent."""

import unicodedata
from datetime import UTC, datetime, tzinfo

from dealer_bot.domain.plain_text import NO_TEXT

LONGEST = 255
"""Bytes of one name on every file system in use."""

_FORBIDDEN = frozenset('<>:"/\\|?*')
_PICTURES = ("jpg", "jpeg", "png", "webp", "gif", "heic", "heif", "bmp", "tif", "tiff")
_FILMS = ("mp4", "mov", "m4v", "avi", "mkv", "webm", "3gp", "mpg", "mpeg")
_SOUNDS = ("ogg", "oga", "opus", "mp3", "m4a", "wav", "aac", "amr")
_PAPERS = ("pdf", "txt", "csv", "doc", "docx", "xls", "xlsx", "odt", "ods", "rtf", "zip")
_EXTENSIONS = frozenset((*_PICTURES, *_FILMS, *_SOUNDS, *_PAPERS))
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(10))})


def media_name(taken_at_ms: int, tz: tzinfo, author: str | None, seq: int, ext: str) -> str:
    """`20261121-143205_Анна_0007.jpg`: the time in the dealership's zone, the author's name made safe."""
    moment = datetime.fromtimestamp(taken_at_ms // 1000, UTC).astimezone(tz).strftime("%Y%m%d-%H%M%S")
    tail = f"_{seq:04d}.{safe_extension(ext)}"
    room = LONGEST - len(f"{moment}_{tail}.part".encode())
    return f"{moment}_{_safe_author(author or '', room)}{tail}"


def renumbered(name: str, seq: int) -> str:
    """The same name with another number: `…_0007.jpg` → `…_0008.jpg`."""
    stem, _, ext = name.rpartition(".")
    return f"{stem.rpartition('_')[0]}_{seq:04d}.{ext}"


def safe_extension(name: str) -> str:
    """The extension of a name or of itself if it is a harmless one, else `bin`."""
    ext = name.rpartition(".")[2].strip().lower()
    return ext if ext in _EXTENSIONS else "bin"


def _safe_author(author: str, room: int) -> str:
    composed = unicodedata.normalize("NFC", author)
    kept = "".join(" " if char in _FORBIDDEN or unicodedata.category(char) in NO_TEXT else char for char in composed)
    name = "-".join(kept.replace("_", " ").split()).strip(".-")
    short = name.encode()[:room].decode(errors="ignore").strip(".-")
    return "bot" if not short or short.split(".")[0].upper() in _DEVICES else short
