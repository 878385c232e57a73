"""Which messages have raised an alert, and the last list of attention words that could be read."""

import json

from database import beats, sql

_LIST = "attention_words"


def raise_once(message_id: int, words: tuple[str, ...], now: int) -> bool:
    """False if this message has raised one before."""
    statement = "INSERT INTO attention (message_id, words, at) VALUES (?, ?, ?) ON CONFLICT (message_id) DO NOTHING"
    return sql.run(statement, (message_id, json.dumps(words, ensure_ascii=False), now)) == 1


def remember(words: tuple[str, ...], now: int) -> None:
    beats.keep(_LIST, json.dumps(words, ensure_ascii=False), now)


def remembered() -> tuple[str, ...] | None:
    """None before any list was read."""
    kept = beats.value(_LIST)
    return tuple(json.loads(kept)) if kept else None
