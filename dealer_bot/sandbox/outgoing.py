"""What every message of the bot has in common, whatever it carries."""

from collections.abc import Iterable
from typing import Any

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.entities import formatted
from dealer_bot.sandbox.files import Media
from dealer_bot.sandbox.markup import checked_markup, inline_only
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.supported import REPLY_SUPPORTED
from dealer_bot.sandbox.world import Chat, Message, World

Json = dict[str, Any]


def plain(value: Any) -> Any:
    """A pydantic object as the JSON it came from."""
    return value.model_dump(mode="json", exclude_unset=True) if value is not None else None


def text_of(request: Any) -> Json:
    """The `text` and `entities` of a request; raises Refusal."""
    text, entities = formatted(request.text or "", given(request, "parse_mode"), _entities(given(request, "entities")))
    if not text:
        raise bad_request("Message text is empty")
    if len(text) > limits.TEXT_CHARS:
        raise bad_request("Message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def caption_of(request: Any) -> Json:
    """The `caption` and `caption_entities` of a request or of an album's item; raises Refusal."""
    caption = given(request, "caption") or ""
    text, entities = formatted(caption, given(request, "parse_mode"), _entities(given(request, "caption_entities")))
    if len(text) > limits.CAPTION_CHARS:
        raise bad_request("Message caption is too long")
    body: Json = {"caption": text} if text else {}
    if entities:
        body["caption_entities"] = entities
    if text and given(request, "show_caption_above_media"):
        body["show_caption_above_media"] = True
    return body


def markup_of(request: Method) -> Json | None:
    return checked_markup(plain(given(request, "reply_markup")))


def send(world: World, request: Method, content: Json, media: Media | None = None) -> Message:
    """Put the bot's message into the chat that the request names; raises Refusal."""
    markup = markup_of(request)
    chat = world.chat_for_bot(request.chat_id)  # type: ignore[attr-defined]
    return put(world, chat, request, content, media, markup)


def put(
    world: World, chat: Chat, request: Method, content: Json, media: Media | None = None, markup: Json | None = None
) -> Message:
    common = _reply(world, chat, request)
    if given(request, "protect_content"):
        common["has_protected_content"] = True
    if inline := inline_only(markup):
        content = content | {"reply_markup": inline}
    silent = bool(given(request, "disable_notification"))
    message = world.add(chat, world.bot, common | content, media, silent)
    if markup and not inline:
        message.keyboard = markup
        _show_keyboard(chat, message, markup)
    return message


def _show_keyboard(chat: Chat, message: Message, markup: Json) -> None:
    if "keyboard" in markup:
        chat.keyboard_from = message.id
    elif "remove_keyboard" in markup:
        chat.keyboard_from = None


def _reply(world: World, chat: Chat, request: Method) -> Json:
    parameters = given(request, "reply_parameters")
    if parameters and parameters.model_fields_set - REPLY_SUPPORTED:
        raise bad_request("reply_parameters beyond message_id are not supported by this server")
    wanted = parameters.message_id if parameters else given(request, "reply_to_message_id")
    if not wanted:
        return {}
    original = world.find(chat, wanted)
    if original:
        return {"reply_to_message": quoted(original)}
    if (parameters and given(parameters, "allow_sending_without_reply")) or given(
        request, "allow_sending_without_reply"
    ):
        return {}
    raise bad_request("Message to be replied not found")


def quoted(original: Message) -> Json:
    """A message as it looks inside its reply: without its own reply and pin."""
    return {k: v for k, v in original.body.items() if k not in {"reply_to_message", "pinned_message"}}


def _entities(models: Iterable[Any] | None) -> list[Json] | None:
    return [plain(model) for model in models] if models else None
