"""What people do in their chats with the bot."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from dealer_bot.sandbox.blobs import AnyBlob, Blob, MadeUpBlob
from dealer_bot.sandbox.entities import commands_in
from dealer_bot.sandbox.files import Media
from dealer_bot.sandbox.outgoing import quoted
from dealer_bot.sandbox.pictures import plain_jpeg, sides
from dealer_bot.sandbox.world import Chat, Message, Person, Press, World

Json = dict[str, Any]


class Impossible(Exception):
    """What a person can't do in the app: no such button, no such message."""


@dataclass(slots=True)
class People:
    """Acts of people, each becoming the update that Telegram would make of it."""

    world: World
    blobs: dict[str, Blob] = field(default_factory=dict)
    _shots: int = 0

    def person(
        self, name: str, user_id: int, phone: str | None, username: str | None, language_code: str | None
    ) -> Person:
        """Somebody with an account who has not started the bot yet."""
        first, _, last = name.partition(" ")
        names = {"first_name": first, "last_name": last or None, "username": username}
        names = {key: value for key, value in names.items() if value}
        language = {"language_code": language_code} if language_code else {}
        person = Person(user_id, {"id": user_id, "is_bot": False, **names, **language}, phone)
        self.world.people[user_id] = person
        self.world.chats[user_id] = Chat(user_id, "private", {"id": user_id, **names, "type": "private"})
        return person

    def group(self, title: str, chat_id: int, members: list[int]) -> Chat:
        """A group that has just taken the bot in."""
        chat = Chat(chat_id, "supergroup", {"id": chat_id, "title": title, "type": "supergroup"}, started=True)
        self.world.chats[chat_id] = chat
        added_by = self.world.people[members[0]].wire if members else self.world.bot
        self._membership_changed(chat, added_by, "left", "member")
        return chat

    def starts(self, person: Person, payload: str = "", **_: Any) -> Json:
        return self.says(person, f"/start {payload}".strip())

    def says(self, person: Person, text: str, entities: list[Json] | None = None, **more: Any) -> Json:
        found = commands_in(text) + (entities or [])
        return self._sends(person, {"text": text} | ({"entities": found} if found else {}), **more)

    def shoots(self, person: Person, sha256: str | None = None, **more: Any) -> Json:
        self._shots += 1
        blob = self.blobs[sha256] if sha256 else Blob(plain_jpeg(f"shot {self._shots} {secrets.token_hex(8)}"))
        width, height = sides(blob.data) or (1280, 960)
        return self._sends_media(person, self.world.files.photo(blob, width, height), **more)

    def sends_file(
        self,
        person: Person,
        kind: str,
        details: Json,
        sha256: str | None = None,
        size: int | None = None,
        **more: Any,
    ) -> Json:
        """Any media but a photo: uploaded bytes by their sha256, or made-up ones by size."""
        self._shots += 1
        blob: AnyBlob = self.blobs[sha256] if sha256 else MadeUpBlob(size or 1000, f"file {self._shots}")
        return self._sends_media(person, self.world.files.other(kind, blob, **details), **more)

    def sends_location(self, person: Person, latitude: float, longitude: float, **more: Any) -> Json:
        return self._sends(person, {"location": {"latitude": latitude, "longitude": longitude}}, **more)

    def shares_contact(
        self,
        person: Person,
        of: int | None = None,
        phone_as: str | None = None,
        without_user_id: bool = False,
        forwarded: bool = False,
        **more: Any,
    ) -> Json:
        """Own by the button, or the card of somebody else; `phone_as` is how the number is written."""
        owner = self.world.people[of or person.id]
        names: Json = {key: owner.wire[key] for key in ("first_name", "last_name") if key in owner.wire}
        contact: Json = {"phone_number": phone_as or owner.phone or "", **names}
        if not without_user_id:
            contact["user_id"] = owner.id
        content: Json = {"contact": contact}
        if forwarded:
            content["forward_origin"] = {"type": "user", "sender_user": owner.wire, "date": int(self.world.now())}
        return self._sends(person, content, **more)

    def presses(self, person: Person, message_id: int, data: str, chat: int | None = None) -> Json:
        """Any callback data on any message, forged ones too; the answer comes under the query's id."""
        where = self.world.chats[chat or person.id]
        message = where.messages.get(message_id)
        query_id = str(secrets.randbits(63))
        self.world.presses[query_id] = Press(self.world.now())
        shown: Json = {"chat": where.wire, "message_id": message_id, "date": 0}
        if message is not None and not message.deleted:
            shown = message.body
        query = {
            "id": query_id,
            "from": person.wire,
            "message": shown,
            "chat_instance": str(where.id * 7919),
            "data": data,
        }
        self.world.updates.add("callback_query", query)
        return {"query_id": query_id}

    def taps(self, person: Person, label: str, chat: int | None = None) -> Json:
        """A button of the keyboard below the chat."""
        where = self.world.chats[chat or person.id]
        rows = (where.keyboard or {}).get("keyboard", [])
        shown = [button for row in rows for button in row]
        button = next((b for b in shown if label in b["text"]), None)
        if button is None:
            raise Impossible(f"no key {label!r} in the keyboard; shown: {[b['text'] for b in shown]}")
        if where.keyboard and where.keyboard.get("one_time_keyboard"):
            where.keyboard_from = None
        if button.get("request_contact"):
            return self.shares_contact(person, chat=chat)
        return self.says(person, button["text"], chat=chat)

    def edits(
        self, person: Person, message_id: int, text: str, entities: list[Json] | None = None, chat: int | None = None
    ) -> Json:
        """Another text or caption of an own message."""
        message = self._own(person, message_id, chat)
        field_name = "text" if "text" in message.body else "caption"
        message.body = message.body | {field_name: text, "edit_date": int(self.world.now())}
        key = "entities" if field_name == "text" else "caption_entities"
        message.body.pop(key, None)
        if found := (commands_in(text) if field_name == "text" else []) + (entities or []):
            message.body[key] = found
        self.world.touch(message)
        self.world.updates.add("edited_message", message.body)
        return _sent(message)

    def replaces(self, person: Person, message_id: int, sha256: str, chat: int | None = None) -> Json:
        """Another photo in an own message, its caption as it was."""
        message, blob = self._own(person, message_id, chat), self.blobs[sha256]
        message.media = self.world.files.photo(blob, 1280, 960)
        message.body = message.body | message.media.body() | {"edit_date": int(self.world.now())}
        self.world.touch(message)
        self.world.updates.add("edited_message", message.body)
        return _sent(message)

    def says_other(self, person: Person, content: Json, **more: Any) -> Json:
        """A dice, a poll, a venue: anything that has no file."""
        return self._sends(person, content, **more)

    def reacts(
        self, person: Person, message_id: int, emoji: str | None, custom: str | None = None, chat: int | None = None
    ) -> Json:
        """An emoji, a custom one by its id, or none any more."""
        where = self.world.chats[chat or person.id]
        new: list[Json] = [{"type": "emoji", "emoji": emoji}] if emoji else []
        new += [{"type": "custom_emoji", "custom_emoji_id": custom}] if custom else []
        message = self.world.find(where, message_id)
        old = message.reacted if message else []
        if message:
            message.reacted = new
            self.world.touch(message)
        change = {"chat": where.wire, "message_id": message_id, "user": person.wire, "date": int(self.world.now())}
        self.world.updates.add("message_reaction", change | {"old_reaction": old, "new_reaction": new})
        return {}

    def deletes(self, person: Person, message_id: int, chat: int | None = None) -> Json:
        """Telegram tells the bot nothing of it."""
        self.world.delete(self._there(chat or person.id, message_id))
        return {}

    def blocks(self, person: Person) -> Json:
        return self._membership(person, blocked=True)

    def unblocks(self, person: Person) -> Json:
        return self._membership(person, blocked=False)

    def _membership(self, person: Person, blocked: bool) -> Json:
        chat = self.world.chats[person.id]
        if chat.blocked == blocked:
            return {}
        chat.blocked = blocked
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        self._membership_changed(chat, person.wire, old, new)
        return {}

    def _membership_changed(self, chat: Chat, by: Json, old: str, new: str) -> None:
        def member(status: str) -> Json:
            return {"user": self.world.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        change = {"chat": chat.wire, "from": by, "date": int(self.world.now())}
        change |= {"old_chat_member": member(old), "new_chat_member": member(new)}
        self.world.updates.add("my_chat_member", change)
        self.world.sign(chat)

    def _sends_media(
        self, person: Person, media: Media, caption: str = "", entities: list[Json] | None = None, **more: Any
    ) -> Json:
        content = media.body()
        if caption:
            content |= {"caption": caption} | ({"caption_entities": entities} if entities else {})
        return self._sends(person, content, media, **more)

    def _sends(
        self,
        person: Person,
        content: Json,
        media: Media | None = None,
        chat: int | None = None,
        reply_to: int | None = None,
        album: str | None = None,
        fields: Json | None = None,
    ) -> Json:
        where = self.world.chats[chat or person.id]
        if where.blocked:
            self.unblocks(person)
        where.started = True
        common: Json = {"media_group_id": album} if album else {}
        if reply_to:
            common["reply_to_message"] = quoted(self._there(where.id, reply_to))
        message = self.world.add(where, person.wire, common | content | (fields or {}), media)
        self.world.updates.add("message", message.body)
        return _sent(message)

    def _there(self, chat_id: int, message_id: int) -> Message:
        message = self.world.find(self.world.chats[chat_id], message_id)
        if message is None:
            raise Impossible(f"no message {message_id} in the chat")
        return message

    def _own(self, person: Person, message_id: int, chat: int | None) -> Message:
        message = self._there(chat or person.id, message_id)
        if message.body["from"]["id"] != person.id:
            raise Impossible(f"message {message_id} is somebody else's")
        return message


Act = Callable[..., Json]

ACTS: dict[str, Act] = {
    "starts": People.starts,
    "says": People.says,
    "shoots": People.shoots,
    "sends_file": People.sends_file,
    "sends_location": People.sends_location,
    "says_other": People.says_other,
    "replaces": People.replaces,
    "shares_contact": People.shares_contact,
    "presses": People.presses,
    "taps": People.taps,
    "edits": People.edits,
    "reacts": People.reacts,
    "deletes": People.deletes,
    "blocks": People.blocks,
    "unblocks": People.unblocks,
}


def full_name(wire: Json) -> str:
    """First and last name as the app shows them."""
    return " ".join(wire[key] for key in ("first_name", "last_name") if key in wire)


def _sent(message: Message) -> Json:
    return {"id": message.id, "date": message.body["date"], "album": message.body.get("media_group_id")}
