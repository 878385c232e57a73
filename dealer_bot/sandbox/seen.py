"""A chat as a person sees it."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

KINDS = (
    "text",
    "photo",
    "video",
    "animation",
    "document",
    "audio",
    "voice",
    "video_note",
    "sticker",
    "contact",
    "venue",
    "location",
    "dice",
    "poll",
    "pinned_message",
)


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """What a person has just sent."""

    id: int
    date: int
    album: str | None = None


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What a pressed button showed on top of the chat: a passing line, or an alert to be closed."""

    text: str
    alert: bool
    url: str | None = None


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """One visible message; `text` is the caption where there is media, `buttons` are rows of inline buttons."""

    id: int
    from_bot: bool
    kind: str
    text: str
    date: int
    buttons: tuple[tuple[Button, ...], ...] = ()
    keyboard: tuple[tuple[str, ...], ...] = ()
    reply_to: int | None = None
    album: str | None = None
    edited: bool = False
    silent: bool = False
    pinned: bool = False
    protected: bool = False
    sha256: str | None = None
    file_unique_id: str | None = None
    reaction: str | None = None
    raw: Json = field(default_factory=dict, repr=False, compare=False)

    @property
    def entities(self) -> list[Json]:
        """Of the text or the caption, as they go over the wire."""
        found: list[Json] = self.raw.get("entities") or self.raw.get("caption_entities") or []
        return found

    @property
    def labels(self) -> list[str]:
        """The texts of all inline buttons, in order."""
        return [button.text for row in self.buttons for button in row]

    def button(self, text: str, *, exact: bool = False) -> Button | None:
        """The first button with this text in it, or exactly this one."""
        buttons = (button for row in self.buttons for button in row)
        return next((b for b in buttons if (b.text == text if exact else text in b.text)), None)


def seen_message(shown: Json) -> SeenMessage:
    """From what the server shows."""
    body = shown["body"]
    markup = body.get("reply_markup") or {}
    return SeenMessage(
        id=shown["id"],
        from_bot=shown["by_bot"],
        kind=next((kind for kind in KINDS if kind in body), "service"),
        text=body.get("text", body.get("caption", "")),
        date=body["date"],
        buttons=tuple(tuple(_button(b) for b in row) for row in markup.get("inline_keyboard", ())),
        keyboard=keyboard_labels(shown["keyboard"]),
        reply_to=(body.get("reply_to_message") or {}).get("message_id"),
        album=body.get("media_group_id"),
        edited="edit_date" in body,
        silent=shown["silent"],
        pinned=shown["pinned"],
        protected=body.get("has_protected_content", False),
        sha256=shown["sha256"],
        file_unique_id=shown["unique_id"],
        reaction=shown["reaction"],
        raw=body,
    )


def keyboard_labels(markup: Json | None) -> tuple[tuple[str, ...], ...]:
    """Rows of labels of a reply keyboard; nothing for other markups."""
    return tuple(tuple(button["text"] for button in row) for row in (markup or {}).get("keyboard", ()))


def _button(wire: Json) -> Button:
    return Button(wire["text"], wire.get("callback_data"), wire.get("url"))
