"""A strict Telegram Bot API server of one bot, for tests and demonstrations: a program of its own.

    async with Sandbox(token="42:TEST") as server:          # server.url is what the bot takes for api.telegram.org
        tg = server.client()                                # from another process: SandboxClient(url)
        anna = await tg.person("Анна", phone="+375291112233")
        await anna.starts()
        await anna.shoots(caption="Скол")
        await anna.sees("сохранено 1")
        await tg.fault("sendPhoto", too_many_requests=3)

What it does not know it refuses; the bot's requests and people's acts are kept in its journal.
"""

from typing import TYPE_CHECKING, Any

from dealer_bot.sandbox.client import SandboxClient
from dealer_bot.sandbox.looks import ChatLooks
from dealer_bot.sandbox.person import Document, PersonClient, Photo, Press, Video
from dealer_bot.sandbox.requests import SandboxError
from dealer_bot.sandbox.seen import Button, CallbackAnswer, SeenMessage, SentMessage

if TYPE_CHECKING:
    from dealer_bot.sandbox.server import Sandbox

__all__ = [
    "Button",
    "CallbackAnswer",
    "ChatLooks",
    "Document",
    "PersonClient",
    "Photo",
    "Press",
    "Sandbox",
    "SandboxClient",
    "SandboxError",
    "SeenMessage",
    "SentMessage",
    "Video",
]


def __getattr__(name: str) -> Any:
    """The server brings aiogram's types with it, seconds and memory; who only drives it needs neither."""
    if name == "Sandbox":
        from dealer_bot.sandbox.server import Sandbox

        return Sandbox
    raise AttributeError(name)
