"""Text with marks, put together without markup: what people wrote can't break what we say."""

from dataclasses import dataclass, field
from typing import Any, Self

from aiogram.types import MessageEntity

from dealer_bot.domain.messages import Piece, units


@dataclass(slots=True)
class Styled:
    text: str = ""
    marks: list[dict[str, Any]] = field(default_factory=list)

    def add(self, text: str) -> Self:
        self.text += text
        return self

    def add_piece(self, piece: Piece) -> Self:
        start = units(self.text)
        self.marks += [{**mark, "offset": mark["offset"] + start} for mark in piece.entities]
        self.text += piece.text
        return self

    @property
    def entities(self) -> list[MessageEntity] | None:
        return [MessageEntity(**mark) for mark in self.marks] or None
