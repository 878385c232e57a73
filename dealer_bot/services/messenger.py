"""The way to people's chats, as the loops see it. Telegram is one; another channel may follow."""

from pathlib import Path
from typing import Protocol

from dealer_bot.domain.parcels import FetchOutcome, Outcome, Parcel
from dealer_bot.domain.views import View


class Messenger(Protocol):
    async def send(self, parcel: Parcel) -> Outcome:
        """One attempt at one call; never raises for what Telegram or the network answers."""

    async def show(self, address: str, view: View, language: str | None, message_id: int | None) -> Outcome:
        """Edit the message, or send a new one where `message_id` is None."""

    async def pin(self, address: str, message_id: int) -> Outcome: ...

    async def fetch(self, file_id: str, size: int | None, target: Path) -> FetchOutcome:
        """Bring the whole file to `target` on the local disk, flushed; until it is whole it has another name."""
