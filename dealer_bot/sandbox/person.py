"""One person with a phone in his hand."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from dealer_bot.sandbox.looks import ChatLooks
from dealer_bot.sandbox.requests import ControlRequests
from dealer_bot.sandbox.seen import CallbackAnswer, SentMessage

Json = dict[str, Any]
_POLL_FLAGS = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of an album; without bytes it is a plain one, different from all others."""

    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class Video:
    """A video: bytes, or made-up ones of a size."""

    data: bytes | None = None
    size: int = 1000


@dataclass(frozen=True, slots=True)
class Document:
    """A file: bytes, or made-up ones of a size."""

    name: str = "file.pdf"
    data: bytes | None = None
    mime: str = "application/pdf"
    size: int = 1000


Item = Photo | Video | Document


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    client: ControlRequests
    query_id: str

    async def answer(self, within_s: float = 60) -> CallbackAnswer:
        """What the bot answered; raises AssertionError if it did not."""
        told = await self.client.get("press", id=self.query_id, wait_s=within_s)
        if told is None:
            raise AssertionError(f"the pressed button was not answered within {within_s} s")
        return CallbackAnswer(told["text"], told["alert"], told["url"])


class PersonClient(ChatLooks):
    """A person of the server: acts in his private chat with the bot, or in the group he was taken `into`."""

    def __init__(
        self, client: ControlRequests, user_id: int, name: str, phone: str | None, chat_id: int | None = None
    ) -> None:
        super().__init__(client, chat_id or user_id, name)
        self.id = user_id
        self.phone = phone

    def into(self, group: ChatLooks) -> Self:
        """The same person, acting and looking in a group."""
        return type(self)(self._client, self.id, self.name, self.phone, group.chat_id)

    async def starts(self, payload: str = "") -> SentMessage:
        return await self._sends("starts", payload=payload)

    async def says(self, text: str, *, reply_to: int | None = None, entities: list[Json] | None = None) -> SentMessage:
        return await self._sends("says", text=text, reply_to=reply_to, entities=entities)

    async def replies(self, message_id: int, text: str) -> SentMessage:
        return await self.says(text, reply_to=message_id)

    async def sends_odd(self, text: str = "", **fields: Any) -> SentMessage:
        """A message with any fields put in or replaced: what a library may fail to decode."""
        return await self._sends("says", text=text, fields=fields)

    async def shoots(
        self,
        jpeg: bytes | None = None,
        caption: str = "",
        *,
        caption_entities: list[Json] | None = None,
        reply_to: int | None = None,
        album: str | None = None,
    ) -> SentMessage:
        """A photo; without bytes a plain one, different from all others."""
        how = {"caption": caption, "entities": caption_entities, "reply_to": reply_to, "album": album}
        return await self._sends("shoots", sha256=await self._blob(jpeg), **how)

    async def films(
        self, video: bytes | None = None, caption: str = "", *, size: int = 1000, duration: int = 5, **how: Any
    ) -> SentMessage:
        """A video; `size` declares its bytes without making them."""
        details = {"width": 1280, "height": 720, "duration": duration, "mime_type": "video/mp4"}
        return await self._file("video", details, video, size, caption=caption, **how)

    async def sends_file(
        self,
        name: str = "file.pdf",
        data: bytes | None = None,
        mime: str = "application/pdf",
        caption: str = "",
        *,
        size: int = 1000,
        **how: Any,
    ) -> SentMessage:
        details = {"file_name": name, "mime_type": mime}
        return await self._file("document", details, data, size, caption=caption, **how)

    async def speaks(
        self, data: bytes | None = None, *, size: int = 1000, duration: int = 3, **how: Any
    ) -> SentMessage:
        """A voice message."""
        return await self._file("voice", {"duration": duration, "mime_type": "audio/ogg"}, data, size, **how)

    async def sends_video_note(self, data: bytes | None = None, *, size: int = 1000, **how: Any) -> SentMessage:
        return await self._file("video_note", {"length": 240, "duration": 3}, data, size, **how)

    async def sends_sticker(self) -> SentMessage:
        details = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return await self._file("sticker", details, None, 1000)

    async def sends_location(
        self, latitude: float = 53.9, longitude: float = 27.56, *, reply_to: int | None = None
    ) -> SentMessage:
        return await self._sends("sends_location", latitude=latitude, longitude=longitude, reply_to=reply_to)

    async def sends_venue(self, title: str, address: str) -> SentMessage:
        spot = {"latitude": 53.9, "longitude": 27.56}
        venue = {"location": spot, "title": title, "address": address}
        return await self._sends("says_other", content={"location": spot, "venue": venue})

    async def sends_card(self, phone: str, first_name: str) -> SentMessage:
        """A contact out of his phone book, of somebody without an account."""
        return await self._sends("says_other", content={"contact": {"phone_number": phone, "first_name": first_name}})

    async def throws_dice(self) -> SentMessage:
        return await self._sends("says_other", content={"dice": {"emoji": "🎲", "value": 3}})

    async def asks_poll(self, question: str) -> SentMessage:
        options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("да", "нет")]
        poll = {"id": "1", "question": question, "options": options, "total_voter_count": 0, "type": "regular"}
        flags = dict.fromkeys(_POLL_FLAGS, False)
        return await self._sends("says_other", content={"poll": poll | flags})

    async def sends_album(
        self, items: Sequence[Item], caption: str = "", rhythm_s: Sequence[float] = ()
    ) -> list[SentMessage]:
        """Siblings as separate messages of one album; `rhythm_s` is the pause before each, in seconds."""
        album = (await self._client.post("album"))["album"]
        sent = []
        for number, item in enumerate(items):
            if number < len(rhythm_s) and rhythm_s[number] > 0:
                await asyncio.sleep(rhythm_s[number])
            sent.append(await self._item(item, caption if number == 0 else "", album))
        return sent

    async def shares_contact(
        self,
        *,
        of: "PersonClient | None" = None,
        forwarded: bool = False,
        without_user_id: bool = False,
        phone_as: str | None = None,
    ) -> SentMessage:
        """His own contact by the button, or a card of somebody else."""
        how = {"forwarded": forwarded, "without_user_id": without_user_id, "phone_as": phone_as}
        return await self._sends("shares_contact", of=of.id if of else None, **how)

    async def presses(self, label: str, *, exact: bool = False, on: int | None = None) -> Press:
        """The newest visible inline button with this text; `on` names the message."""
        for message in reversed(await self.chat()):
            button = message.button(label, exact=exact) if message.from_bot and on in (None, message.id) else None
            if button and button.data is not None:
                return await self.presses_data(message.id, button.data)
        raise AssertionError(f"{self.name} sees no button {label!r}\n{self._told()}")

    async def presses_data(self, message_id: int, data: str) -> Press:
        """Any callback data on any message, forged and stale ones too."""
        return Press(self._client, (await self._act("presses", message_id=message_id, data=data))["query_id"])

    async def taps(self, label: str) -> SentMessage:
        """A key of the keyboard below the chat; it must be shown."""
        return await self._sends("taps", label=label)

    async def edits(self, message_id: int, text: str) -> SentMessage:
        """Text or caption of an own message."""
        return await self._sends("edits", message_id=message_id, text=text)

    edits_caption = edits

    async def replaces(self, message_id: int, jpeg: bytes) -> SentMessage:
        """Another photo in an own message."""
        return await self._sends("replaces", message_id=message_id, sha256=await self._blob(jpeg))

    async def reacts(self, message_id: int, emoji: str | None, *, custom: str | None = None) -> None:
        await self._act("reacts", message_id=message_id, emoji=emoji, custom=custom)

    async def deletes(self, message_id: int) -> None:
        await self._act("deletes", message_id=message_id)

    async def blocks(self) -> None:
        await self._act("blocks")

    async def unblocks(self) -> None:
        await self._act("unblocks")

    async def _item(self, item: Item, caption: str, album: str) -> SentMessage:
        if isinstance(item, Photo):
            return await self.shoots(item.data, caption, album=album)
        if isinstance(item, Video):
            return await self.films(item.data, caption, size=item.size, album=album)
        return await self.sends_file(item.name, item.data, item.mime, caption, size=item.size, album=album)

    async def _file(self, kind: str, details: Json, data: bytes | None, size: int, **how: Any) -> SentMessage:
        return await self._sends(
            "sends_file", kind=kind, details=details, sha256=await self._blob(data), size=size, **how
        )

    async def _blob(self, data: bytes | None) -> str | None:
        return None if data is None else await self._client.keep_blob(data)

    async def _sends(self, act: str, **args: Any) -> SentMessage:
        return SentMessage(**await self._act(act, **args))

    async def _act(self, act: str, **args: Any) -> Json:
        if self.chat_id != self.id:
            args["chat"] = self.chat_id
        told: Json = await self._client.post("act", {"person": self.id, "act": act, "args": args})
        return told
