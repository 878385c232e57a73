"""Message text and its entities: offsets and lengths are UTF-16 units, as everywhere in Telegram."""

import re
from typing import Any

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.html import parse_html
from dealer_bot.sandbox.refusal import bad_request

Entity = dict[str, Any]
Formatted = tuple[str, list[Entity]]

_COMMAND = re.compile(r"(?<![^\s])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]+)?(?![^\s.,!?;:])")


def utf16_len(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(text: str, parse_mode: str | None, entities: list[Entity] | None) -> Formatted:
    """What Telegram keeps of a text: parsed, trimmed, entities that fit. Raises Refusal."""
    if len(text.encode("utf-8", "surrogatepass")) > limits.RAW_TEXT_BYTES:
        raise bad_request("Text is too long")
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request("Unsupported parse_mode")
        text, entities = parse_html(text)
    return _trimmed(text, entities or [])


def commands_in(text: str) -> list[Entity]:
    """The bot_command entities that Telegram finds by itself in a person's text."""
    return [
        {"type": "bot_command", "offset": utf16_len(text[: m.start()]), "length": utf16_len(m.group())}
        for m in _COMMAND.finditer(text)
    ]


def _trimmed(text: str, entities: list[Entity]) -> Formatted:
    body = text.strip()
    if not entities:
        return body, []
    cut = utf16_len(text[: len(text) - len(text.lstrip())])
    room = utf16_len(body)
    clipped = (_clipped(entity, cut, room) for entity in entities)
    return body, sorted((e for e in clipped if e), key=lambda e: (e["offset"], -e["length"]))


def _clipped(entity: Entity, cut: int, room: int) -> Entity | None:
    start = max(entity["offset"] - cut, 0)
    end = min(entity["offset"] + entity["length"] - cut, room)
    return {**entity, "offset": start, "length": end - start} if end > start else None
