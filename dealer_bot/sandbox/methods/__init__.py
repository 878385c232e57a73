"""The Bot API methods that this server knows: a name, its class, and what it does."""

import itertools
from collections.abc import Callable
from typing import Any

from dealer_bot.sandbox.methods import (
    albums,
    callbacks,
    chats,
    commands,
    copying,
    deleting,
    editing,
    pins,
    sending,
    webhooks,
)
from dealer_bot.sandbox.reading import Method
from dealer_bot.sandbox.world import World

Does = Callable[[World, Any], Any]

_ROOMS = (albums, callbacks, chats, commands, copying, deleting, editing, pins, sending, webhooks)

# Names are case-insensitive on the server.
METHODS: dict[str, tuple[type[Method], Does]] = {
    kind.__api_method__.lower(): (kind, does)
    for kind, does in itertools.chain.from_iterable(room.METHODS for room in _ROOMS)
}
