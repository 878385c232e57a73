"""New messages of the bot, one at a time."""

from collections.abc import Callable
from typing import Any

from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendContact,
    SendDocument,
    SendLocation,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVenue,
    SendVideo,
    SendVideoNote,
    SendVoice,
)

from dealer_bot.sandbox.attachments import attached
from dealer_bot.sandbox.outgoing import caption_of, plain, send, text_of
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import World

Json = dict[str, Any]


def send_message(world: World, request: SendMessage) -> Json:
    content = text_of(request)
    if preview := given(request, "link_preview_options"):
        content["link_preview_options"] = plain(preview)
    return send(world, request, content).body


def sends(kind: str) -> Callable[[World, Any], Json]:
    """A method that sends one file of a kind under the field of the same name."""

    def send_media(world: World, request: Any) -> Json:
        caption = caption_of(request)
        media = attached(world, kind, getattr(request, kind), request)
        spoiler = {"has_media_spoiler": True} if given(request, "has_spoiler") else {}
        return send(world, request, media.body() | caption | spoiler, media).body

    return send_media


def send_location(world: World, request: SendLocation) -> Json:
    return send(world, request, {"location": _spot(request)}).body


def send_venue(world: World, request: SendVenue) -> Json:
    spot = _spot(request)
    for name in ("title", "address"):
        if not getattr(request, name).strip():
            raise bad_request(f"Venue {name} must be non-empty")
    venue = {"location": spot, "title": request.title, "address": request.address}
    return send(world, request, {"location": spot, "venue": venue}).body


def _spot(request: Any) -> Json:
    if not (-90 <= request.latitude <= 90 and -180 <= request.longitude <= 180):
        raise bad_request("Invalid location specified")
    return {"latitude": request.latitude, "longitude": request.longitude}


def send_contact(world: World, request: SendContact) -> Json:
    fields = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: given(request, name) for name in fields if given(request, name)}
    return send(world, request, {"contact": contact}).body


METHODS: tuple[tuple[type[Method], Callable[[World, Any], Any]], ...] = (
    (SendMessage, send_message),
    (SendPhoto, sends("photo")),
    (SendVideo, sends("video")),
    (SendDocument, sends("document")),
    (SendAudio, sends("audio")),
    (SendVoice, sends("voice")),
    (SendVideoNote, sends("video_note")),
    (SendAnimation, sends("animation")),
    (SendSticker, sends("sticker")),
    (SendLocation, send_location),
    (SendVenue, send_venue),
    (SendContact, send_contact),
)
