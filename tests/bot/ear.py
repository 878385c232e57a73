"""The way in, alone: a receiver on the strict server with a real inbox; nobody handles what it hears."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from aiogram import Bot

from database import sql
from database.connection import Database
from dealer_bot.bot.dispatcher import make_bot
from dealer_bot.bot.receiver import Receiver
from dealer_bot.sandbox import PersonClient, Sandbox, SandboxClient
from dealer_bot.services.listening import Listening
from dealer_bot.services.turns import Turns


@dataclass
class Ear:
    """`now` is its clock, in UTC epoch milliseconds."""

    server: Sandbox
    tg: SandboxClient
    bot: Bot
    database: Database
    anna: PersonClient
    woken: list[str] = field(default_factory=list)
    now: int = 1_800_000_000_000

    def __post_init__(self) -> None:
        self.is_born()

    def is_born(self) -> None:
        """A new life on the same database."""
        listening = Listening(self.database, UTC, self.bot.id)
        self.receiver = Receiver(self.bot, Turns(self.database, 42), listening, lambda: self.now, self.woken.append)

    async def hears(self) -> int:
        return await self.receiver.step(timeout_s=0)

    async def inbox(self) -> list[dict[str, Any]]:
        rows = await self.database.read(sql.rows, "SELECT payload FROM inbox ORDER BY id")
        return [json.loads(row[0]) for row in rows]

    async def rows(self, statement: str, *values: object) -> list[sql.Row]:
        return await self.database.read(sql.rows, statement, values)

    async def waiting(self) -> int:
        """Updates that Telegram still keeps for us."""
        async with (await self.bot.session.create_session()).get(  # type: ignore[attr-defined]
            f"{self.bot.session.api.base.format(token=self.bot.token, method='getWebhookInfo')}"
        ) as response:
            return int((await response.json())["result"]["pending_update_count"])


@asynccontextmanager
async def listening_ear(server: Sandbox, base: Path) -> AsyncIterator[Ear]:
    """An ear with a database of its own."""
    tg, bot = server.client(), make_bot(server.token, server.url, False, None)
    database = Database(f"sqlite:///{base}")
    database.open()
    yield Ear(server, tg, bot, database, await tg.person("Анна"))
    await bot.session.close()
    database.close()
