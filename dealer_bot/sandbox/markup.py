"""Keyboards under messages, checked as Telegram checks them."""

from typing import Any
from urllib.parse import urlsplit

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.refusal import Refusal, bad_request

Json = dict[str, Any]

_SCHEMES = frozenset({"http", "https", "tg", "ton"})
_KINDS = ("inline_keyboard", "keyboard", "remove_keyboard", "force_reply")
_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)


def checked_markup(markup: Json | None) -> Json | None:
    """The markup if it is exactly one of the four kinds and its buttons are sound; raises Refusal."""
    if not markup or markup == {"inline_keyboard": []}:
        return None
    if sum(kind in markup for kind in _KINDS) != 1:
        raise bad_request("object expected as reply markup")
    for row in markup.get("inline_keyboard") or ():
        for button in row:
            _check_inline(button)
    for row in markup.get("keyboard") or ():
        for button in row:
            _check_text(button, "keyboard button")
    return markup


def inline_only(markup: Json | None) -> Json | None:
    """What a message shows in `reply_markup`: inline buttons or nothing at all."""
    return markup if markup and markup.get("inline_keyboard") else None


def _check_inline(button: Json) -> None:
    _check_text(button, "inline keyboard button")
    if not any(button.get(action) is not None for action in _ACTIONS):
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if button.get("url") is not None:
        _check_url(button["url"])
    copied = button.get("copy_text")
    if copied is not None and not 1 <= len(copied["text"]) <= limits.COPY_TEXT:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= limits.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in _SCHEMES:
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if parts.scheme in {"http", "https"} and "." not in (parts.hostname or "").strip("."):
        raise bad_request(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_text(button: Json, what: str) -> None:
    if not button.get("text"):
        raise bad_request(f'can\'t parse {what}: Field "text" must be of type String')


def _unparsable(why: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {why}")
