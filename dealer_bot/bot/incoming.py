"""A Telegram message as the services know it. Names and ids of Telegram's stay at this border."""

import json
import re
from dataclasses import replace
from typing import Any

from aiogram.types import Message, MessageEntity

from dealer_bot.domain.messages import KEPT_ENTITIES, Handed

KINDS = {
    "photo": "jpg",
    "video": "mp4",
    "voice": "ogg",
    "video_note": "mp4",
    "animation": "mp4",
    "audio": "mp3",
    "document": "bin",
    "sticker": "webp",
}
_ORDER_COMMAND = re.compile(r"/order(@\w+)?\s+", re.IGNORECASE)
PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".heic", ".heif", ".tif", ".tiff")
PAYLOADS = ("venue", "location", "contact")
"""Things without a file; a venue brings its location along, so it is looked for first."""


def handed(message: Message) -> Handed | None:
    """None for what can't be carried: polls, dice, games, stories, and the news of the chat itself."""
    found = _handed(message)
    return found and replace(found, sent_at=_moment(message))


def _moment(message: Message) -> int:
    return (message.edit_date or int(message.date.timestamp())) * 1000


def _handed(message: Message) -> Handed | None:
    address = f"tg:{message.chat.id}"
    reply_to = message.reply_to_message.message_id if message.reply_to_message else None
    if message.text is not None:
        return Handed(address, message.message_id, "text", message.text, _marks(message.entities), reply_to=reply_to)
    kind = next((kind for kind in (*PAYLOADS, *KINDS) if getattr(message, kind, None)), None)
    if kind is None:
        return None
    if kind in PAYLOADS:
        text, payload = _thing(message, kind)
        return Handed(address, message.message_id, kind, text, reply_to=reply_to, payload=json.dumps(payload))
    media = message.photo[-1] if message.photo else getattr(message, kind)
    return Handed(
        address=address,
        message_id=message.message_id,
        kind=kind,
        text=message.caption or "",
        entities=_marks(message.caption_entities),
        file_id=media.file_id,
        size=media.file_size,
        extension=getattr(media, "file_name", None) or KINDS[kind],
        album_key=message.media_group_id,
        reply_to=reply_to,
        unique_id=media.file_unique_id,
    )


def fragment_of(payload: str) -> str:
    """What somebody searched for by this update, in plain text or after /order."""
    message = json.loads(payload).get("message") or {}
    return _ORDER_COMMAND.sub("", message.get("text") or "")


def is_picture(message: Message) -> bool:
    """A photo, or a file that says it is a picture."""
    if message.document is None:
        return message.photo is not None
    name = (message.document.file_name or "").lower()
    return (message.document.mime_type or "").startswith("image/") or name.endswith(PICTURES)


def _thing(message: Message, kind: str) -> tuple[str, dict[str, Any]]:
    """How the protocol shows it, and what its own send method takes."""
    if message.venue is not None:
        spot, venue = message.venue.location, message.venue
        place = {"latitude": spot.latitude, "longitude": spot.longitude}
        text = f"{venue.title}, {venue.address} ({spot.latitude}, {spot.longitude})"
        return text, place | {"title": venue.title, "address": venue.address}
    if message.location is not None:
        spot = message.location
        return f"{spot.latitude}, {spot.longitude}", {"latitude": spot.latitude, "longitude": spot.longitude}
    card = message.contact
    assert card is not None
    names = {"first_name": card.first_name, "last_name": card.last_name}
    known = {key: value for key, value in names.items() if value}
    return " ".join([*known.values(), card.phone_number]), {"phone_number": card.phone_number, **known}


def _marks(entities: list[MessageEntity] | None) -> str | None:
    """Bold and its like are carried; mentions, which would show an account, are not."""
    kept = [
        {
            key: value
            for key, value in {
                "type": str(entity.type),
                "offset": entity.offset,
                "length": entity.length,
                "url": entity.url,
                "language": entity.language,
            }.items()
            if value is not None
        }
        for entity in entities or []
        if entity.type in KEPT_ENTITIES
    ]
    return json.dumps(kept, ensure_ascii=False) if kept else None
