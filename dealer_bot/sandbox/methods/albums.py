"""Albums of the bot: several messages under one media_group_id."""

from collections.abc import Sequence
from typing import Any

from aiogram.methods import SendMediaGroup

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.attachments import attached
from dealer_bot.sandbox.files import Media
from dealer_bot.sandbox.outgoing import caption_of, put
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import Refusal, bad_request
from dealer_bot.sandbox.world import World

Json = dict[str, Any]

_ALONE = frozenset({"document", "audio"})
_KINDS = _ALONE | {"photo", "video"}


def send_album(world: World, request: SendMediaGroup) -> list[Json]:
    """All or nothing."""
    _check_kinds([item.type for item in request.media])
    captions = [caption_of(item) for item in request.media]
    media = [_media(world, number, item) for number, item in enumerate(request.media, 1)]
    chat = world.chat_for_bot(request.chat_id)
    album = {"media_group_id": world.next_album()} if len(media) > 1 else {}
    parts = zip(request.media, media, captions, strict=True)
    contents = [(_content(item, one, caption) | album, one) for item, one, caption in parts]
    return [put(world, chat, request, content, one).body for content, one in contents]


def _check_kinds(kinds: Sequence[str]) -> None:
    if not kinds:
        raise bad_request("there are no messages to send")
    if len(kinds) > limits.ALBUM_ITEMS:
        raise bad_request("too many messages to send as an album")
    if strange := set(kinds) - _KINDS:
        raise bad_request(f"can't parse InputMedia: type \"{strange.pop()}\" can't be used in sendMediaGroup")
    mixed = sorted(_ALONE & set(kinds))
    if mixed and len(set(kinds)) > 1:
        raise bad_request(f"{mixed[-1].capitalize()} can't be mixed with other media types")


def _media(world: World, number: int, item: Any) -> Media:
    try:
        return attached(world, item.type, item.media, item)
    except Refusal as refusal:
        reason = refusal.description.removeprefix("Bad Request: ")
        raise bad_request(f'Failed to send message #{number} with the error message "{reason}"') from None


def _content(item: Any, media: Media, caption: Json) -> Json:
    spoiler = {"has_media_spoiler": True} if given(item, "has_spoiler") else {}
    return media.body() | caption | spoiler


METHODS: tuple[tuple[type[Method], Any], ...] = ((SendMediaGroup, send_album),)
