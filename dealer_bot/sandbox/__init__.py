"""A strict Telegram Bot API server of one bot, for tests and demonstrations: a program of its own."""

from dealer_bot.sandbox.client import SandboxClient
from dealer_bot.sandbox.looks import ChatLooks
from dealer_bot.sandbox.person import Document, PersonClient, Photo, Press, Video
from dealer_bot.sandbox.requests import SandboxError
from dealer_bot.sandbox.seen import Button, CallbackAnswer, SeenMessage, SentMessage
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
