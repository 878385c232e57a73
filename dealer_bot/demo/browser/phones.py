"""What people do on the page, handed to the sandbox's people; what they may look at."""

import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web

from dealer_bot.demo.browser.answering import Refused, answering, refusing
from dealer_bot.demo.browser.company import Company
from dealer_bot.demo.samples import Samples

Json = dict[str, Any]

ACTS = {
    *("starts", "says", "shares_contact", "presses", "taps", "edits", "reacts", "deletes"),
    *("blocks", "unblocks", "sends_location", "says_other"),
}
ROLES = ("client", "employee", "care", "admin")
UPLOAD_BYTES = 50_000_000
ALL_UPLOADS_BYTES = 1_000_000_000
ALBUM_ITEMS = 10
ANSWER_S = 15.0

# What a page may show by itself; all else is handed over as a file to keep.
SHOWN_TYPES = {
    "photo": "image/jpeg",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "voice": "audio/ogg",
    "audio": "audio/mpeg",
    "sticker": "image/webp",
}
_PHONE = re.compile(r"\+\d{7,15}")


class Phones:
    """`current` is the dealership that runs now, or it refuses; `touched` is told when a person acts by hand."""

    def __init__(self, current: Callable[[], Company], touched: Callable[[], None]) -> None:
        self._current, self._touched = current, touched
        self._samples = Samples()
        self._uploaded = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/act", answering(self._act)),
            web.post("/api/send", answering(self._send)),
            web.post("/api/people", answering(self._join)),
            web.put("/api/blobs", refusing(self._keep)),
            web.get(r"/api/media/{chat:\d+}/{message:\d+}/{kind}/{sha256}", refusing(self._media)),
            web.get(r"/api/commands/{person:\d+}", refusing(self._commands)),
        ]

    async def _act(self, body: Json) -> Json:
        """One act; a pressed button brings its answer."""
        if body["act"] not in ACTS:
            raise Refused(f"no such act: {body['act']}")
        self._touched()
        tg = self._current().tg
        told: Json = await tg.post("act", {key: body[key] for key in ("person", "act", "args")})
        if body["act"] == "presses":
            return {"answer": await tg.get("press", id=told["query_id"], wait_s=ANSWER_S)}
        return told

    async def _send(self, body: Json) -> Json:
        """Media, several of them as an album, one caption."""
        items: list[Json] = body["items"]
        if not 1 <= len(items) <= ALBUM_ITEMS:
            raise Refused(f"1-{ALBUM_ITEMS}")
        self._touched()
        tg = self._current().tg
        album = (await tg.post("album"))["album"] if len(items) > 1 else ""
        for number, item in enumerate(items):
            caption = body.get("caption", "") if number == 0 else ""
            how = {"caption": caption, "album": album, "reply_to": body.get("reply_to")}
            act, args = await self._of_item(item)
            await tg.post("act", {"person": body["person"], "act": act, "args": args | how})
        return {}

    async def _of_item(self, item: Json) -> tuple[str, Json]:
        sha256 = item.get("sha256") or await self._current().tg.keep_blob(self._sample(item["sample"]))
        if item["kind"] == "photo":
            return "shoots", {"sha256": sha256}
        details: Json = {
            key: item[key] for key in ("mime_type", "duration", "width", "height", "length") if key in item
        }
        if item["kind"] in ("document", "video", "audio"):
            details["file_name"] = str(item.get("name", ""))[:255]
        return "sends_file", {"kind": item["kind"], "sha256": sha256, "details": details}

    def _sample(self, name: str) -> bytes:
        if name not in self._samples.names():
            raise Refused(f"no such sample: {name}")
        return self._samples.read(name)

    async def _keep(self, request: web.Request) -> web.Response:
        """Bytes that are about to be sent."""
        data = bytearray()
        async for piece in request.content.iter_any():
            data += piece
            if len(data) > UPLOAD_BYTES or self._uploaded + len(data) > ALL_UPLOADS_BYTES:
                raise web.HTTPRequestEntityTooLarge(UPLOAD_BYTES, len(data))
        self._uploaded += len(data)
        return web.json_response({"sha256": await self._current().tg.keep_blob(bytes(data))})

    async def _media(self, request: web.Request) -> web.Response:
        """What a message carries. Its address names its sha256, so it never changes."""
        asked = request.match_info
        data = await self._current().tg.get_bytes("media", chat=asked["chat"], message=asked["message"])
        headers = {"Cache-Control": "private, max-age=86400, immutable"}
        shown = SHOWN_TYPES.get(asked["kind"])
        if shown is None:
            headers["Content-Disposition"] = "attachment"
        return ranged(request, data, shown or "application/octet-stream", headers)

    async def _commands(self, request: web.Request) -> web.Response:
        """What the bot offers this person behind `/`."""
        told = (await self._current().tg.bot())["commands"]
        return web.json_response(_menu_of(int(request.match_info["person"]), told))

    async def _join(self, body: Json) -> Json:
        name, phone, role = str(body["name"]).strip(), str(body["phone"]).strip(), body["role"]
        say = self._current().house.say
        if not name or len(name) > 64 or role not in ROLES:
            raise Refused(say("Нужно имя до 64 знаков.", "A name of at most 64 characters is needed."))
        if not _PHONE.fullmatch(phone):
            raise Refused(say("Телефон: + и цифры, например +375291234567.", "Phone: + and digits."))
        person = await self._current().person(name, phone, role)
        return {"id": person.id}


def ranged(request: web.Request, data: bytes, content_type: str, headers: dict[str, str]) -> web.Response:
    """All of it, or the part that a player asks for."""
    part, size = request.http_range, len(data)
    headers = headers | {"Accept-Ranges": "bytes"}
    if part.start is None and part.stop is None:
        return web.Response(body=data, content_type=content_type, headers=headers)
    first, end, _ = part.indices(size)
    if first >= end:
        raise web.HTTPRequestRangeNotSatisfiable(headers={"Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {first}-{end - 1}/{size}"
    return web.Response(status=206, body=data[first:end], content_type=content_type, headers=headers)


def _menu_of(person: int, told: dict[str, list[Json]]) -> list[Json]:
    """The narrowest scope wins; a language of its own before none."""
    scopes = [{"type": "chat", "chat_id": person}, {"type": "all_private_chats"}, {"type": "default"}]
    menus = {json.dumps(json.loads(place), sort_keys=True): commands for place, commands in told.items()}
    for scope in scopes:
        for language in ("ru", "en", ""):
            if found := menus.get(json.dumps([scope, language], sort_keys=True)):
                return found
    return []
