"""What people write, whole and in pieces that fit one message. Lengths are UTF-16 units, as in entities."""

import json
import unicodedata
from dataclasses import dataclass
from typing import Any

CAPTION_ROOM = 600
"""A longer caption travels as messages of its own: 1,024 (Telegram's limit) less our heading and signature."""
TEXT_ROOM = 3_500
"""A longer text travels in pieces: 4,096 (Telegram's limit) less our heading."""

KEPT_ENTITIES = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "code",
        "pre",
        "text_link",
        "blockquote",
        "expandable_blockquote",
    ]
)
WITHOUT_CAPTION = frozenset({"video_note", "sticker", "location", "venue", "contact"})
"""Kinds that can't carry words: who sent them is said in a message of its own."""
ANSWER_PART = 99
"""An album can have no buttons: the line that carries them follows it, as a part of its first message."""
UNKEPT = frozenset({"text", "sticker", "location", "venue", "contact"})
"""Kinds that are said, not shot: nothing of them belongs in a folder."""
_JOINER = "\u200d"


@dataclass(frozen=True, slots=True)
class Handed:
    """A message as a person handed it in. `entities` is the JSON list of the marks we carry.

    `payload` is what a place or a card is made of, as JSON; `unique_id` tells a file from another one for good.
    `sent_at`: when Telegram took it, in whole seconds; 0 if nobody knows.
    """

    address: str
    message_id: int
    kind: str
    text: str = ""
    entities: str | None = None
    file_id: str | None = None
    size: int | None = None
    extension: str = "bin"
    album_key: str | None = None
    reply_to: int | None = None
    payload: str | None = None
    unique_id: str | None = None
    sent_at: int = 0

    def handed_in_at(self, now: int) -> int:
        """When he did it, however long it lay on its way to us; `now` is when we see it."""
        return min(now, self.sent_at) if self.sent_at else now

    @property
    def is_kept(self) -> bool:
        """Whether it brings a file that belongs in a folder."""
        return self.file_id is not None and self.kind not in UNKEPT


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text with the marks that fall on it."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


def units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def pieces_of(text: str, entities: str | None, room: int = TEXT_ROOM) -> list[Piece]:
    """The whole text in order, nothing left out: cut at line ends, then at spaces, never inside a symbol."""
    marks: list[dict[str, Any]] = json.loads(entities) if entities else []
    pieces, start = [], 0
    for chunk in _chunks(text, room):
        size = units(chunk)
        pieces.append(Piece(chunk, tuple(_shifted(marks, start, size))))
        start += size
    return pieces


def excerpt(whole: Piece, around: int, room: int) -> Piece:
    """The text itself if it fits into `room` units, else the part around unit `around`, with dots where it is cut."""
    if units(whole.text) <= room:
        return whole
    pieces = pieces_of(whole.text, json.dumps(whole.entities), room - 2)
    start = 0
    for n, piece in enumerate(pieces):
        size = units(piece.text)
        if start <= around < start + size or n == len(pieces) - 1:
            before, after = "…" if n else "", "…" if n < len(pieces) - 1 else ""
            marks = tuple({**mark, "offset": mark["offset"] + len(before)} for mark in piece.entities)
            return Piece(f"{before}{piece.text}{after}", marks)
        start += size
    return whole


def parts_of(kind: str, text: str) -> range:
    """The numbers of the messages it takes: 0 is the file or the first piece, the following ones are text."""
    if kind == "text":
        return range(max(1, len(_chunks(text, TEXT_ROOM))))
    if kind in WITHOUT_CAPTION:
        return range(2)
    return range(1 if units(text) <= CAPTION_ROOM else 1 + len(_chunks(text, TEXT_ROOM)))


def piece_of(kind: str, text: str, entities: str | None, part: int) -> Piece | None:
    """The words of one part, from the newest version; None where that version no longer has this part."""
    if part not in parts_of(kind, text) and part != ANSWER_PART:
        return None
    if kind in WITHOUT_CAPTION or part == ANSWER_PART:
        return Piece("")
    if kind == "text":
        pieces = pieces_of(text, entities)
        return pieces[part] if pieces else Piece("")
    if part == 0:
        return _whole(text, entities) if units(text) <= CAPTION_ROOM else Piece("")
    return pieces_of(text, entities)[part - 1]


def _whole(text: str, entities: str | None) -> Piece:
    return Piece(text, tuple(json.loads(entities)) if entities else ())


def _chunks(text: str, room: int) -> list[str]:
    chunks = []
    while units(text) > room:
        cut = _cut(text, room)
        chunks.append(text[:cut])
        text = text[cut:]
    return [*chunks, text] if text else chunks


def _cut(text: str, room: int) -> int:
    end = _fitting(text, room)
    for mark in ("\n", " "):
        found = text.rfind(mark, end // 2, end)
        if found > 0 and not _joins(text, found + 1):
            return found + 1
    while end > 1 and _joins(text, end):
        end -= 1
    return end if end > 1 else _fitting(text, room)


def _fitting(text: str, room: int) -> int:
    used = 0
    for index, char in enumerate(text):
        used += 2 if char > "\uffff" else 1
        if used > room:
            return index
    return len(text)


def _joins(text: str, index: int) -> bool:
    """Whether the symbol at `index` belongs to the one before: accents, skin tones, joined emoji, flags."""
    char, before = text[index], text[index - 1]
    if before + char == "\r\n":
        return True
    is_flag = all("\U0001f1e6" <= each <= "\U0001f1ff" for each in (char, before))
    is_tone = "\U0001f3fb" <= char <= "\U0001f3ff"
    return _JOINER in (char, before) or unicodedata.category(char) in ("Mn", "Me") or is_tone or is_flag


def _shifted(marks: list[dict[str, Any]], start: int, size: int) -> list[dict[str, Any]]:
    found = []
    for mark in marks:
        begin = max(mark["offset"], start)
        end = min(mark["offset"] + mark["length"], start + size)
        if begin < end:
            found.append({**mark, "offset": begin - start, "length": end - begin})
    return found
