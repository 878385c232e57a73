"""A Telegram message as the services know it. Names and ids of Telegram's stay at this border."""

import json

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
}


def handed(message: Message) -> Handed | None:
    """None for what can't be carried: stickers, places, contacts, polls."""
    address = f"tg:{message.chat.id}"
    reply_to = message.reply_to_message.message_id if message.reply_to_message else None
    if message.text is not None:
        return Handed(address, message.message_id, "text", message.text, _marks(message.entities), reply_to=reply_to)
    kind = next((kind for kind in KINDS if getattr(message, kind, None)), None)
    if kind is None:
        return None
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
    )


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
