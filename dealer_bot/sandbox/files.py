"""Files by id: what people and the bot have sent, what may be sent again, what may be fetched."""

import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.blobs import AnyBlob, MadeUpBlob
from dealer_bot.sandbox.refusal import bad_request

Json = dict[str, Any]

# Longest side of the copies Telegram makes of a photo.
_PHOTO_SIDES = (90, 320, 800)
_PLAIN_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,10}")
_FOLDERS = {"photo": "photos", "video": "videos", "voice": "voice", "audio": "music", "sticker": "stickers"}
_FOLDERS |= {"video_note": "video_notes", "animation": "animations", "document": "documents"}
_SUFFIXES = {"photo": ".jpg", "video": ".mp4", "voice": ".oga", "sticker": ".webp", "video_note": ".mp4"}


@dataclass(slots=True)
class StoredFile:
    """One downloadable thing with its id; `path` is given by the first getFile and works until `path_until`."""

    file_id: str
    unique_id: str
    kind: str
    blob: AnyBlob
    path: str = ""
    path_until: float = 0.0


@dataclass(slots=True)
class Media:
    """What one message carries: its kind, how it looks on the wire, and the file that matters."""

    kind: str
    wire: Any
    main: StoredFile
    name: str | None = None

    def body(self) -> Json:
        """The message's field. An animation comes with a `document` beside it, as Telegram does."""
        body = {self.kind: self.wire}
        if self.kind == "animation":
            body["document"] = {k: v for k, v in self.wire.items() if k not in {"width", "height", "duration"}}
        return body


@dataclass(slots=True)
class Files:
    folder: Path
    local: bool = False
    _by_id: dict[str, tuple[Media, StoredFile]] = field(default_factory=dict)
    _by_path: dict[str, StoredFile] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def photo(self, blob: AnyBlob, width: int, height: int) -> Media:
        """A photo in several sizes, the largest last; only the largest has the bytes that were sent."""
        sizes = []
        for side in _PHOTO_SIDES:
            if side < max(width, height):
                scale = side / max(width, height)
                small = MadeUpBlob(max(1, int(blob.size * scale * scale)), f"{blob.sha256}:{side}")
                sizes.append(_sized(self._new("photo", small), int(width * scale) or 1, int(height * scale) or 1))
        main = self._new("photo", blob)
        wire = [size for _, size in sizes] + [_sized(main, width, height)[1]]
        return self._keep(Media("photo", wire, main), [file for file, _ in sizes])

    def other(self, kind: str, blob: AnyBlob, **details: Any) -> Media:
        """Anything but a photo; `details` are the fields of its wire form (duration, file_name, …)."""
        main = self._new(kind, blob)
        ids = {"file_id": main.file_id, "file_unique_id": main.unique_id, "file_size": blob.size}
        wire = {key: value for key, value in details.items() if value is not None} | ids
        return self._keep(Media(kind, wire, main, details.get("file_name")), [])

    def again(self, file_id: str, kind: str) -> Media:
        """The media behind a file id, for sending it once more; raises Refusal."""
        media, file = self._found_for_sending(file_id)
        if media.kind != kind:
            raise bad_request(f"can't use file of type {_titled(media.kind)} as {_titled(kind)}")
        return media if file is media.main else Media(kind, media.wire, file, media.name)

    def describe(self, file_id: str, now: float) -> Json:
        """The File object of getFile, whose link works for an hour from `now`; raises Refusal."""
        if not file_id:
            raise bad_request("file_id not specified")
        if file_id not in self._by_id:
            raise bad_request("invalid file_id")
        media, file = self._by_id[file_id]
        if file.blob.size > limits.DOWNLOAD_BYTES and not self.local:
            raise bad_request("file is too big")
        path = self._path(media, file)
        file.path_until = now + limits.LINK_LIFE_S
        described = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.blob.size}
        return described | {"file_path": path}

    def at_path(self, path: str, now: float) -> StoredFile | None:
        """What a link leads to, while it lasts."""
        file = self._by_path.get(path)
        return file if file and now <= file.path_until else None

    def _new(self, kind: str, blob: AnyBlob) -> StoredFile:
        return StoredFile(_random("AgACAgI", 48), _random("AQAD", 8), kind, blob)

    def _keep(self, media: Media, others: list[StoredFile]) -> Media:
        for file in (*others, media.main):
            self._by_id[file.file_id] = media, file
        return media

    def _found_for_sending(self, file_id: str) -> tuple[Media, StoredFile]:
        if file_id in self._by_id:
            return self._by_id[file_id]
        if len(file_id) > 30 and file_id.replace("-", "").replace("_", "").isalnum():
            raise bad_request("wrong remote file identifier specified: Wrong string length")
        raise bad_request("wrong file identifier/HTTP URL specified")

    def _path(self, media: Media, file: StoredFile) -> str:
        if not file.path:
            folder = _FOLDERS[file.kind]
            number = self._numbers[folder] = self._numbers.get(folder, -1) + 1
            suffix = Path(media.name or "").suffix
            suffix = suffix if _PLAIN_SUFFIX.fullmatch(suffix) else _SUFFIXES.get(file.kind, "")
            file.path = f"{folder}/file_{number}{suffix}"
            self._by_path[file.path] = file
        return str(self._on_disk(file)) if self.local else file.path

    def _on_disk(self, file: StoredFile) -> Path:
        target = (self.folder / file.path).absolute()
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                out.writelines(file.blob.chunks())
        return target


def _random(prefix: str, letters: int) -> str:
    return prefix + secrets.token_urlsafe(letters)[:letters]


def _sized(file: StoredFile, width: int, height: int) -> tuple[StoredFile, Json]:
    ids = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.blob.size}
    return file, ids | {"width": width, "height": height}


def _titled(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_"))
