"""Filters that look at an event where they stand."""

from typing import Any

from aiogram import Bot
from aiogram.filters import Command, Filter
from aiogram.types import Message, TelegramObject
from aiogram.utils.magic_filter import MagicFilter


class InWords(Command):
    """A command in a text, not in a caption: `/Order` as phones write it, too, and `/order@name` whoever is named.

    aiogram would ask Telegram for our own name, which a handler may not.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, ignore_case=True, ignore_mention=True)

    async def __call__(self, message: Message, bot: Bot) -> bool | dict[str, Any]:
        return message.text is not None and await super().__call__(message, bot)


class Is(Filter):
    """`Is(F.contact)`: aiogram gives a bare magic filter a thread for each look."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> bool:
        found: Any = self._magic.resolve(event)
        return bool(found)
