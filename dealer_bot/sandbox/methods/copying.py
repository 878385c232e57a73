"""Sending on what somebody has already sent."""

import itertools
from typing import Any

from aiogram.methods import CopyMessage, CopyMessages, ForwardMessage

from dealer_bot.sandbox.outgoing import caption_of, markup_of, put
from dealer_bot.sandbox.reading import Method
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import Message, World

Json = dict[str, Any]

# What belongs to the message itself and not to what it says.
_OWN = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "reply_markup",
        "reply_to_message",
        "media_group_id",
        "forward_origin",
        "has_protected_content",
    }
)
_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})


def copy(world: World, request: CopyMessage) -> Json:
    """The caption is replaced only when one is given; protected messages may be copied by a bot."""
    markup = markup_of(request)
    caption = caption_of(request) if "caption" in request.model_fields_set else None
    chat = world.chat_for_bot(request.chat_id)
    original = _original(world, request, "copy")
    if original.service:
        raise bad_request("can't copy message")
    content = _content(original)
    if caption is not None and original.media:
        content = {k: v for k, v in content.items() if k not in _CAPTION} | caption
    return {"message_id": put(world, chat, request, content, original.media, markup).id}


def copy_several(world: World, request: CopyMessages) -> list[Json]:
    """Albums stay albums; what can't be found or copied is passed over."""
    numbers = request.message_ids
    if any(later <= earlier for earlier, later in itertools.pairwise(numbers)):
        raise bad_request("Message identifiers must be in a strictly increasing order")
    chat = world.chat_for_bot(request.chat_id)
    source = world.known_chat(request.from_chat_id)
    found = [original for number in numbers if (original := world.find(source, number)) and not original.service]
    if not found:
        raise bad_request("there are no messages to copy")
    albums: dict[str, str] = {}
    return [{"message_id": put(world, chat, request, _in_album(world, one, albums), one.media).id} for one in found]


def _in_album(world: World, original: Message, albums: dict[str, str]) -> Json:
    """The content, under an album of its own that stands for the original's."""
    if (old := original.body.get("media_group_id")) is None:
        return _content(original)
    return _content(original) | {"media_group_id": albums.setdefault(old, world.next_album())}


def forward(world: World, request: ForwardMessage) -> Json:
    chat = world.chat_for_bot(request.chat_id)
    original = _original(world, request, "forward")
    if original.service:
        raise bad_request("message can't be forwarded")
    if original.body.get("has_protected_content"):
        raise bad_request("message has protected content and can't be forwarded")
    sender, date = original.body["from"], original.body["date"]
    origin = original.body.get("forward_origin") or {"type": "user", "sender_user": sender, "date": date}
    return put(world, chat, request, {"forward_origin": origin} | _content(original), original.media).body


def _original(world: World, request: Any, what: str) -> Message:
    message = world.find(world.known_chat(request.from_chat_id), request.message_id)
    if message is None:
        raise bad_request(f"message to {what} not found")
    return message


def _content(original: Message) -> Json:
    return {key: value for key, value in original.body.items() if key not in _OWN}


METHODS: tuple[tuple[type[Method], Any], ...] = (
    (CopyMessage, copy),
    (CopyMessages, copy_several),
    (ForwardMessage, forward),
)
