"""Filters that look at an event where they stand."""

from typing import Any

from aiogram.filters import Filter
from aiogram.types import TelegramObject
from aiogram.utils.magic_filter import MagicFilter


class Is(Filter):
    """`Is(F.contact)`: aiogram gives a bare magic filter a thread for each look."""

    def __init__(self, magic: MagicFilter) -> None:
        self._magic = magic

    async def __call__(self, event: TelegramObject) -> bool:
        found: Any = self._magic.resolve(event)
        return bool(found)
