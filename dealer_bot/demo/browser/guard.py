"""Who may open the page: this machine alone, or whoever has the token when another address was asked for."""

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

COOKIE = "dealer_bot_demo"
SAFE_METHODS = ("GET", "HEAD")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; font-src 'self'; "
        "img-src 'self' blob: data:; media-src 'self' blob:; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Whether an address to listen at is reached from this machine only."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Guard:
    """Judges each request by its Host, its Origin, and by the token where one is needed."""

    def __init__(self, host: str) -> None:
        self.token = None if is_loopback(host) else secrets.token_urlsafe(24)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.token is None and not _is_asked_as_loopback(request):
            raise web.HTTPForbidden(text="This page is open under 127.0.0.1 and localhost only.")
        if not _is_own_page(request):
            raise web.HTTPForbidden(text="Another site's page may not ask this.")
        if self.token is not None and not self._has_token(request, self.token):
            return self._let_in(request, self.token)
        return await handler(request)

    def _has_token(self, request: web.Request, token: str) -> bool:
        return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), token.encode())

    def _let_in(self, request: web.Request, token: str) -> web.StreamResponse:
        """The address that was printed carries the token; it becomes a cookie and leaves the address."""
        if request.path != "/" or not hmac.compare_digest(request.query.get("token", "").encode(), token.encode()):
            raise web.HTTPForbidden(text="Open the address with the token that the demo has printed.")
        answer = web.HTTPFound("/")
        answer.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
        raise answer


async def harden(request: web.Request, response: web.StreamResponse) -> None:
    """Headers of every answer: nothing foreign is loaded, nothing guessed, nothing framed."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")


def _is_asked_as_loopback(request: web.Request) -> bool:
    """A foreign name that leads here (DNS rebinding) shows in the Host header."""
    name, _, port = request.host.rpartition(":")
    return (name if port.isdigit() else request.host) in LOOPBACK_NAMES


def _is_own_page(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    if request.method not in SAFE_METHODS and origin not in (None, f"http://{request.host}"):
        return False
    is_visit = request.path == "/" and request.method in SAFE_METHODS
    return is_visit or request.headers.get("Sec-Fetch-Site", "none") in ("same-origin", "none")
