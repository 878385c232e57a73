"""The Bot API over HTTP: envelope, errors, long poll, downloads."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiogram.methods import GetUpdates
from aiohttp import web

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.faults import DOWNLOADS, Cut, Fault, Faults
from dealer_bot.sandbox.files import StoredFile
from dealer_bot.sandbox.flood import Flood
from dealer_bot.sandbox.journal import POLL, Entry, Journal
from dealer_bot.sandbox.methods import METHODS
from dealer_bot.sandbox.reading import Method, Parameters, given, parameters_of, understood
from dealer_bot.sandbox.refusal import Refusal
from dealer_bot.sandbox.told import Told
from dealer_bot.sandbox.updates import dumped
from dealer_bot.sandbox.world import World

_TRICKLE_S = 0.02
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")


@dataclass(slots=True)
class Wire:
    """One bot's server; the token is part of each address."""

    world: World
    token: str
    journal: Journal
    faults: Faults
    flood: Flood
    local: bool = False

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self.call),
            web.get("/file/bot{token}/{path:.+}", self.download),
        ]

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One request of the bot, written down whatever becomes of it."""
        return await self._written_down(request, request.match_info["method"], self._answer)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """A file's bytes, with Content-Length."""
        return await self._written_down(request, DOWNLOADS, self._downloaded)

    async def _written_down(
        self,
        request: web.Request,
        name: str,
        answer: Callable[[web.Request, Entry], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        entry = self.journal.arrive(name)
        try:
            self._check_token(request.match_info["token"])
            return await answer(request, entry)
        except Refusal as refusal:
            entry.refuse(refusal)
            return _refused(refusal)
        except Cut:
            entry.ends("cut")
            return _cut(request)
        except asyncio.CancelledError:
            entry.ends("gone")
            raise
        except Exception:
            entry.ends("failed")
            raise
        finally:
            self.journal.leave(entry)

    async def _answer(self, request: web.Request, entry: Entry) -> web.StreamResponse:
        found = await parameters_of(request, limits.LOCAL_UPLOAD_BYTES if self.local else limits.UPLOAD_BYTES)
        entry.params = found.shown()
        return _json(200, await self._result(entry, found))

    async def _result(self, entry: Entry, found: Parameters) -> bytes:
        name = entry.method.lower()
        kind, does = METHODS.get(name, (None, None)) if name != POLL else (GetUpdates, None)
        if kind is None:
            raise Refusal(404, "Not Found: method not found")
        fault = self.faults.take(name, found.values)
        entry.hangs_if(fault)
        await self.faults.before(fault)
        method = understood(kind, found)
        if does is None:
            body = b'{"ok":true,"result":' + await self._poll(method) + b"}"
        else:
            self.flood.check(name, method)
            result = does(self.world, method)
            body = _success(result)
            self._note(entry, result, method)
        entry.accepted = True
        await self.faults.after(fault)
        entry.ends("accepted", 200)
        return body

    async def _poll(self, method: Method) -> bytes:
        updates = self.world.updates
        updates.allow(given(method, "allowed_updates"))
        limit = given(method, "limit")
        answer = await updates.poll(
            given(method, "offset") or 0,
            limits.UPDATES_AT_ONCE if limit is None else limit,
            given(method, "timeout") or 0,
        )
        self.world.changed()
        return answer

    def _note(self, entry: Entry, result: Any, method: Method) -> None:
        """Which messages came of it, and which bytes they carry."""
        messages = result if isinstance(result, list) else [result]
        entry.message_ids = [m["message_id"] for m in messages if isinstance(m, dict) and "message_id" in m]
        if not entry.message_ids:
            return
        chat = self.world.known_chat(given(method, "chat_id"))
        media = (chat.messages[number].media for number in entry.message_ids)
        entry.sha256 = [m.main.blob.sha256 for m in media if m]

    async def _downloaded(self, request: web.Request, entry: Entry) -> web.StreamResponse:
        entry.params = {"path": request.match_info["path"]}
        fault = self.faults.take(DOWNLOADS, entry.params)
        entry.hangs_if(fault)
        await self.faults.before(fault)
        file = self.world.files.at_path(request.match_info["path"], self.world.now())
        if file is None or self.local or (fault and fault.kind == "not_found"):
            raise Refusal(404, "Not Found")
        entry.accepted = True
        response = await _streamed(request, file, fault)
        entry.ends("accepted", 200)
        return response

    def _check_token(self, token: str) -> None:
        if not _TOKEN.fullmatch(token):
            raise Refusal(401, "Unauthorized: invalid token specified")
        if token != self.token:
            raise Refusal(401, "Unauthorized")


async def not_found(request: web.Request) -> web.StreamResponse:
    """Any address that the server doesn't know."""
    return _refused(Refusal(404, "Not Found"))


async def _streamed(request: web.Request, file: StoredFile, fault: Fault | None) -> web.StreamResponse:
    size = file.blob.size
    end = min(int(fault.value), size) if fault and fault.kind in {"cut_at", "short"} else size
    response = web.StreamResponse(headers={"Content-Type": "application/octet-stream"})
    response.content_length = end if fault and fault.kind == "short" else size
    await response.prepare(request)
    for chunk in file.blob.chunks(end):
        await _write(response, chunk, float(fault.value) if fault and fault.kind == "trickle" else None)
    if end < size and fault and fault.kind == "cut_at":
        raise Cut
    await response.write_eof()
    return response


def _success(result: Any) -> bytes:
    if isinstance(result, Told):
        return dumped({"ok": True, "result": result.result, "description": result.description})
    return dumped({"ok": True, "result": result})


async def _write(response: web.StreamResponse, chunk: bytes, bytes_per_s: float | None) -> None:
    if bytes_per_s is None:
        await response.write(chunk)
        return
    step = max(1, int(bytes_per_s * _TRICKLE_S))
    for start in range(0, len(chunk), step):
        await asyncio.sleep(_TRICKLE_S)
        await response.write(chunk[start : start + step])


def _json(status: int, body: bytes, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _refused(refusal: Refusal) -> web.Response:
    retry_after = (refusal.parameters or {}).get("retry_after")
    return _json(refusal.code, dumped(refusal.envelope()), {"Retry-After": str(retry_after)} if retry_after else None)


def _cut(request: web.Request) -> web.StreamResponse:
    """Close the connection under the answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response(status=500)
