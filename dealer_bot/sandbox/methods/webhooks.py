"""A webhook's settings: checked and kept, so that polling is refused meanwhile; nothing is delivered to it."""

import re
from typing import Any
from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetWebhookInfo, SetWebhook

from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.told import Told
from dealer_bot.sandbox.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_SECRET_CHARS = 256
_PORTS = frozenset({None, 443, 80, 88, 8443})


def set_webhook(world: World, request: SetWebhook) -> Told:
    secret = request.secret_token or ""
    if len(secret) > _SECRET_CHARS:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if request.url:
        _check_address(request.url)
    world.updates.allow(given(request, "allowed_updates"))
    if request.drop_pending_updates:
        world.updates.drop()
    world.updates.set_webhook(request.url)
    return Told(True, "Webhook was set" if request.url else "Webhook was deleted")


def delete_webhook(world: World, request: DeleteWebhook) -> Told:
    had = bool(world.updates.webhook_url)
    world.updates.set_webhook("")
    if request.drop_pending_updates:
        world.updates.drop()
    return Told(True, "Webhook was deleted" if had else "Webhook is already deleted")


def webhook_info(world: World, request: GetWebhookInfo) -> dict[str, Any]:
    updates = world.updates
    told = {"url": updates.webhook_url, "has_custom_certificate": False, "pending_update_count": len(updates)}
    return told | ({"allowed_updates": updates.allowed} if updates.allowed else {})


def _check_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if parts.port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


METHODS: tuple[tuple[type[Method], Any], ...] = (
    (SetWebhook, set_webhook),
    (DeleteWebhook, delete_webhook),
    (GetWebhookInfo, webhook_info),
)
