"""What Telegram remembers: people, chats, messages. No network here."""

import itertools
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dealer_bot.sandbox.files import Files, Media
from dealer_bot.sandbox.refusal import Refusal, bad_request, forbidden
from dealer_bot.sandbox.updates import Updates

Json = dict[str, Any]


@dataclass(slots=True)
class Message:
    """A message: `body` is what the Bot API shows of it, the rest is what only the server and people know."""

    id: int
    chat_id: int
    body: Json
    at: float
    by_bot: bool
    media: Media | None = None
    silent: bool = False
    keyboard: Json | None = None
    deleted: bool = False
    service: bool = False
    reaction: str | None = None
    reacted: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group; `changes` lists message ids as they change.

    `signs` counts what is seen of a chat and is no message: the bot types, somebody blocks it.
    """

    id: int
    type: str
    wire: Json
    messages: dict[int, Message] = field(default_factory=dict)
    changes: list[int] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)
    keyboard_from: int | None = None
    started: bool = False
    blocked: bool = False
    refusal: Refusal | None = None
    actions: list[Json] = field(default_factory=list)
    signs: int = 0

    @property
    def keyboard(self) -> Json | None:
        """The keyboard shown below the chat: it goes with the message that brought it."""
        if self.keyboard_from is None or self.messages[self.keyboard_from].deleted:
            return None
        return self.messages[self.keyboard_from].keyboard


@dataclass(slots=True)
class Person:
    id: int
    wire: Json
    phone: str | None


@dataclass(slots=True)
class Press:
    """A pressed button: answered once, or never."""

    at: float
    answer: Json | None = None


class World:
    """All state of the server, changed by the bot's methods and by people's acts, which call `changed`."""

    def __init__(self, bot: Json, files: Files, now: Callable[[], float] = time.time) -> None:
        self._clock = now
        self._ahead_s = 0.0
        self.bot = bot
        self.files = files
        self.updates = Updates(self.now)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[str, list[Json]] = {}
        self.changed: Callable[[], None] = lambda: None
        self._ids = itertools.count(int(now()))
        self._album_ids = itertools.count(secrets.randbits(53))

    def now(self) -> float:
        """UTC seconds, moved ahead by `pass_time`."""
        return self._clock() + self._ahead_s

    def pass_time(self, seconds: float) -> None:
        self._ahead_s += seconds
        self.changed()

    def next_album(self) -> str:
        return str(next(self._album_ids))

    def chat_for_bot(self, chat_id: int | str) -> Chat:
        """A chat that the bot may write to now; raises Refusal as Telegram does."""
        chat = self.known_chat(chat_id)
        if chat.refusal:
            raise chat.refusal
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.type == "private" and not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def known_chat(self, chat_id: int | str) -> Chat:
        if chat_id == "":
            raise bad_request("chat_id is empty")
        if chat_id == self.bot["id"]:
            raise forbidden("the bot can't send messages to the bot")
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else self._chat_named(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def add(self, chat: Chat, sender: Json, content: Json, media: Media | None = None, silent: bool = False) -> Message:
        """Put a new message into a chat; the content's keys follow the common ones."""
        message_id = next(self._ids)
        at = self.now()
        by_bot = sender["id"] == self.bot["id"]
        body = {"message_id": message_id, "from": sender, "chat": chat.wire, "date": int(at), **content}
        message = Message(message_id, chat.id, body, at, by_bot, media, silent)
        chat.messages[message_id] = message
        self.touch(message)
        return message

    def touch(self, message: Message) -> None:
        """Let those who look at the chat see a message that changed."""
        self.chats[message.chat_id].changes.append(message.id)
        self.changed()

    def sign(self, chat: Chat) -> None:
        """Let those who look at the chat see what is no message."""
        chat.signs += 1
        self.changed()

    def delete(self, message: Message) -> None:
        """Take a message away from everybody."""
        chat = self.chats[message.chat_id]
        message.deleted = True
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        self.touch(message)

    def find(self, chat: Chat, message_id: int) -> Message | None:
        message = chat.messages.get(message_id)
        return None if message is None or message.deleted else message

    def _chat_named(self, name: str) -> Chat | None:
        wanted = name.removeprefix("@").lower()
        public = (chat for chat in self.chats.values() if chat.type != "private")
        return next((chat for chat in public if chat.wire.get("username", "").lower() == wanted), None)
