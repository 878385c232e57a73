"""A file of a request turned into media: an upload with its limits, or an id the bot already knows."""

from collections.abc import Callable
from typing import Any

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.blobs import AnyBlob
from dealer_bot.sandbox.files import Media
from dealer_bot.sandbox.pictures import sides
from dealer_bot.sandbox.reading import Upload, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import World

Json = dict[str, Any]


def attached(world: World, kind: str, source: Any, request: Any) -> Media:
    """The media of one message or album item; raises Refusal."""
    if not isinstance(source, Upload):
        return world.files.again(str(source), kind)
    if source.blob.size == 0:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        return _photo(world, source.blob)
    return world.files.other(kind, source.blob, **_DETAILS.get(kind, _named)(source, request))


def _photo(world: World, blob: AnyBlob) -> Media:
    if blob.size > limits.PHOTO_BYTES:
        limit = limits.PHOTO_BYTES
        raise bad_request(f"file of size {blob.size} bytes is too big for a photo; the maximum size is {limit} bytes")
    size = sides(b"".join(blob.chunks()))
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(size) > limits.PHOTO_SIDES_SUM or max(size) > limits.PHOTO_RATIO * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return world.files.photo(blob, *size)


def _named(source: Upload, request: Any) -> Json:
    return {"file_name": source.filename, "mime_type": _mime(source.filename or "")}


def _played(source: Upload, request: Any) -> Json:
    """Video and animation: sides and length as the sender says them."""
    told = {name: given(request, name) or 0 for name in ("width", "height", "duration")}
    return told | {"file_name": source.filename, "mime_type": "video/mp4"}


def _audio(source: Upload, request: Any) -> Json:
    told = {name: given(request, name) for name in ("performer", "title")}
    return told | {"duration": given(request, "duration") or 0, "file_name": source.filename, "mime_type": "audio/mpeg"}


def _voice(source: Upload, request: Any) -> Json:
    return {"duration": given(request, "duration") or 0, "mime_type": "audio/ogg"}


def _video_note(source: Upload, request: Any) -> Json:
    return {"length": given(request, "length") or 240, "duration": given(request, "duration") or 0}


def _sticker(source: Upload, request: Any) -> Json:
    return {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}


def _mime(name: str) -> str:
    suffix = name.rpartition(".")[2].lower()
    known = {
        "pdf": "application/pdf",
        "jpg": "image/jpeg",
        "jpeg": "image/jpeg",
        "png": "image/png",
        "txt": "text/plain",
    }
    known |= {"html": "text/html", "json": "application/json", "mp4": "video/mp4", "zip": "application/zip"}
    return known.get(suffix, "application/octet-stream")


_DETAILS: dict[str, Callable[[Upload, Any], Json]] = {
    "video": _played,
    "animation": _played,
    "audio": _audio,
    "voice": _voice,
    "video_note": _video_note,
    "sticker": _sticker,
}
