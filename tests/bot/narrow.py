"""Whether the labels of buttons can be read whole on a screen of 360 points, the narrowest that people still carry."""

from collections.abc import Iterator, Sequence
from typing import Any

from dealer_bot.sandbox.journal import Entry

BUBBLE, KEYBOARD = 296, 360
"""How wide a row of inline buttons and one of the lasting keyboard may be, in points."""
GAP, PADDING = 5, 5
_SMALL = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_WIDE, _CAPITAL, _NARROW = frozenset("жщшюмыфдmwMW@«»…—"), 9.5, frozenset("iljtIfr.,:;|!·'()[]- ")


def cut_labels(entries: Sequence[Entry]) -> list[str]:
    """The labels of accepted messages that a phone would cut, each once."""
    markups = (entry.params.get("reply_markup") for entry in entries if entry.accepted)
    return sorted({label for markup in markups if isinstance(markup, dict) for label in _cut(markup)})


def _cut(markup: dict[str, Any]) -> Iterator[str]:
    for kind, room in (("inline_keyboard", BUBBLE), ("keyboard", KEYBOARD)):
        for row in markup.get(kind) or ():
            each = (room - GAP * (len(row) - 1)) / len(row) - 2 * PADDING
            yield from (button["text"] for button in row if width(button["text"]) > each)


def width(text: str) -> float:
    """About what a sans-serif of 15 points takes, as Telegram's applications draw buttons.

    Compared in a browser with Roboto, Roboto Medium and Liberation Sans: what 80 labels took was 0.89 to 1.05 of this.
    """
    return sum(_advance(letter) for letter in text) * 15 / 14


def _advance(letter: str) -> float:
    """At 14 points."""
    if letter in _SMALL:
        return 4.9
    if letter in _NARROW:
        return 4.3
    if ord(letter) >= 0x2190:  # emoji; the selector that colours them takes no room
        return 0 if letter == "\ufe0f" else 18
    if letter in _WIDE:
        return 11
    return _CAPITAL if letter.isupper() else 7.8
