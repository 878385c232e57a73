"""Answers of the page's API: JSON both ways, refusals in words."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import ClientError, web

from dealer_bot.demo.expecting import NotSeen
from dealer_bot.sandbox import SandboxError

Json = dict[str, Any]
Does = Callable[[Json], Awaitable[Any]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

JSON_BYTES = 256 * 1024


class Refused(Exception):
    """It can't be done; the text says why, in the reader's language."""


def answering(does: Does) -> Handler:
    """A handler that takes a JSON object and gives what comes of it."""

    async def handler(request: web.Request) -> web.StreamResponse:
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType
        if (request.content_length or 0) > JSON_BYTES:
            raise web.HTTPRequestEntityTooLarge(JSON_BYTES, request.content_length or 0)
        try:
            return web.json_response(await does(await request.json()))
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": f"not understood: {error!r}"}, status=400)

    return refusing(handler)


def refusing(handler: Handler) -> Handler:
    async def guarded(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except (Refused, NotSeen, SandboxError) as refusal:
            return web.json_response({"error": str(refusal)}, status=409)
        except (ClientError, OSError) as error:
            return web.json_response({"error": str(error)}, status=503)

    return guarded
