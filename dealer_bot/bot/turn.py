"""The turn of an update while its handlers run: what they say is stored, not sent."""

import json
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from aiogram.client.default import Default
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    TelegramMethod,
)
from pydantic import BaseModel

from dealer_bot.domain.visits import Said, Visit

DIRECT = (AnswerCallbackQuery, SendChatAction, EditMessageText, EditMessageReplyMarkup, EditMessageCaption)
current_turn: ContextVar["Turn | None"] = ContextVar("current_turn", default=None)


class SaidDirectly(RuntimeError):
    """A handler tried to send by itself: what it says must be stored with its turn."""


@dataclass(slots=True)
class Turn:
    """What one update says and leaves behind; written in one transaction when its handlers are done."""

    visit: Visit
    now: int
    said: list[tuple[str, str]] = field(default_factory=list)
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    told_closed: int | None = None
    fsm: tuple[str | None, str] | None = None

    @property
    def inbox_id(self) -> int:
        return self.visit.inbox_id

    def say(self, method: TelegramMethod[Any]) -> None:
        """Store a message to be sent; `message.answer(…)` not awaited."""
        chat_id = getattr(method, "chat_id", None)
        assert isinstance(chat_id, int), "a prompt goes to a chat by its id"
        self.said.append((f"tg:{chat_id}", body_of(method)))

    def show(self, slot: str, subject: str | int) -> None:
        """Show a screen as a new message."""
        self.shown.append((self.visit.lane, slot, str(subject)))

    def leaves(self) -> Said:
        return Said(tuple(self.said), tuple(self.shown), self.fsm, self.told_closed)


def body_of(method: TelegramMethod[Any]) -> str:
    """The call as JSON; what is left to the bot's defaults is left out."""
    return json.dumps([type(method).__name__, _plain(method)], ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: _plain(each) for name, each in fields if each is not None and not isinstance(each, Default)}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if not isinstance(each, Default)}
    return value
