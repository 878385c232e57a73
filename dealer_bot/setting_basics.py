"""What a rule of a setting is made of."""

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class Wrong(Exception):
    """What the setting should be, in words for the person who edits it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`read` takes the written value and the folder that relative paths count from."""

    name: str
    field: str
    default: object
    read: Callable[[object, Path], Any]


def text_of(raw: object, _: Path) -> str:
    if not isinstance(raw, str):
        raise Wrong("нужен текст в кавычках")
    if any(unicodedata.category(letter) == "Cc" for letter in raw):
        raise Wrong("в тексте есть невидимые знаки; перед кавычкой пути Windows нужна буква r: r'D:\\Orders'")
    return raw.strip()


def number_of(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        number = float(raw)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
