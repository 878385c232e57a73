"""Changing what the bot has already sent."""

from typing import Any

from aiogram.methods import EditMessageCaption, EditMessageMedia, EditMessageReplyMarkup, EditMessageText

from dealer_bot.sandbox.attachments import attached
from dealer_bot.sandbox.markup import inline_only
from dealer_bot.sandbox.outgoing import caption_of, markup_of, plain, text_of
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import Message, World

Json = dict[str, Any]

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_TEXT = frozenset({"text", "entities", "link_preview_options"})
_CAPTION = frozenset({"caption", "caption_entities", "show_caption_above_media"})


def edit_text(world: World, request: EditMessageText) -> Json:
    content = text_of(request)
    if preview := given(request, "link_preview_options"):
        content["link_preview_options"] = plain(preview)
    message = _editable(world, request)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return _changed(world, message, request, _TEXT, content)


def edit_caption(world: World, request: EditMessageCaption) -> Json:
    content = caption_of(request)
    message = _editable(world, request)
    if message.media is None or message.media.kind in {"sticker", "video_note"}:
        raise bad_request("there is no caption in the message to edit")
    return _changed(world, message, request, _CAPTION, content)


def edit_markup(world: World, request: EditMessageReplyMarkup) -> Json:
    return _changed(world, _editable(world, request), request, frozenset(), {})


def edit_media(world: World, request: EditMessageMedia) -> Json:
    item: Any = request.media
    caption = caption_of(item)
    message = _editable(world, request)
    if message.media is None:
        raise bad_request("there is no media in the message to edit")
    media = attached(world, item.type, item.media, item)
    replaced = _CAPTION | message.media.body().keys() | {"has_media_spoiler"}
    spoiler = {"has_media_spoiler": True} if given(item, "has_spoiler") else {}
    body = _changed(world, message, request, replaced, media.body() | caption | spoiler)
    message.media = media
    return body


def _editable(world: World, request: Any) -> Message:
    """The bot's own message that may still be edited; raises Refusal."""
    if request.chat_id is None or request.message_id is None:
        raise bad_request("message identifier is not specified")
    message = world.find(world.chat_for_bot(request.chat_id), request.message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.by_bot or message.service or message.keyboard or "forward_origin" in message.body:
        raise bad_request("message can't be edited")
    return message


def _changed(
    world: World, message: Message, request: Method, replaced: frozenset[str] | set[str], content: Json
) -> Json:
    """Put new content in place of the old, and the new inline buttons or none; raises Refusal if nothing changes."""
    markup = inline_only(markup_of(request))
    before = {k: v for k, v in message.body.items() if k != "edit_date"}
    kept = {k: v for k, v in before.items() if k not in replaced and k != "reply_markup"}
    body = kept | content | ({"reply_markup": markup} if markup else {})
    if body == before:
        raise bad_request(_SAME)
    message.body = body | {"edit_date": int(world.now())}
    world.touch(message)
    return message.body


METHODS: tuple[tuple[type[Method], Any], ...] = (
    (EditMessageText, edit_text),
    (EditMessageCaption, edit_caption),
    (EditMessageReplyMarkup, edit_markup),
    (EditMessageMedia, edit_media),
)
