"""Answers kept ready, with a place for the client's name and for the order."""

import re

LONGEST_TITLE, LONGEST_TEXT = 32, 3_000
_NAME = re.compile(r"(?P<lead>,?[ \t]*)[\[{]\s*(?:имя|клиент|name)\s*[\]}]", re.IGNORECASE)
_ORDER = re.compile(r"(?P<lead>,?[ \t]*)[\[{]\s*(?:заказ-наряд|заказ|order)\s*[\]}]", re.IGNORECASE)


def filled(text: str, name: str | None, order: str | None) -> str:
    """Where the name or the order is not known, its place goes with the comma and the space before it."""
    return _put(_NAME, name, _put(_ORDER, order, text)).strip()


def _put(place: re.Pattern[str], known: str | None, text: str) -> str:
    return place.sub(lambda found: f"{found['lead']}{known}" if known else "", text)


def parsed(text: str) -> tuple[str, str] | None:
    """Title and text: the first line and the rest; None if either is missing or too long."""
    title, _, rest = text.strip().partition("\n")
    title, rest = " ".join(title.split()), rest.strip()
    if not title or not rest or len(title) > LONGEST_TITLE or len(rest) > LONGEST_TEXT:
        return None
    return title, rest
