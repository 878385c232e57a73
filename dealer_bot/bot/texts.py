"""Sentences by key, in the reader's language."""

from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LOCALES = Path(__file__).parent.parent / "locales"
LANGUAGES = ("ru", "en")


class Texts:
    """One language. Arguments that may be absent are passed as "none"."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._bundle.add_resource(FluentResource((LOCALES / f"{language}.ftl").read_text(encoding="utf-8")))

    def __call__(self, key: str, **args: Any) -> str:
        """Raises KeyError for a key that isn't there."""
        message = self._bundle.get_message(key)
        if message is None or message.value is None:
            raise KeyError(key)
        text, errors = self._bundle.format_pattern(message.value, args)
        if errors:
            raise KeyError(f"{key}: {errors}")
        return str(text)

    def has(self, key: str) -> bool:
        return bool(self._bundle.has_message(key))


def why_not_sent(reason: str, t: Texts) -> str:
    """What is wrong with an order's card, or with its folder."""
    key = f"reason-{reason}"
    return t(key if t.has(key) else "reason-other")


@cache
def texts(language: str) -> Texts:
    return Texts(language)


def texts_for(language: str | None, default: str) -> Texts:
    return texts(language if language in LANGUAGES else default)
