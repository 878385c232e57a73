"""One send in flight and one change, at every moment of each other; the database itself tells which was first."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import SendMediaGroup, SendMessage, SendPhoto, TelegramMethod
from aiogram.methods.base import Response, TelegramType
from aiogram.types import TelegramObject

from dealer_bot.bot.callbacks import EnterStage
from dealer_bot.cli import user_changes
from dealer_bot.domain.people import Role
from dealer_bot.domain.stages import Stage
from dealer_bot.sandbox.faults import Fault
from dealer_bot.services.people_changes import Newcomer
from tests.machine.ground import SAY, Ground
from tests.machine.life import as_the_bot
from tests.machine.truth import Account, Folder, Piece

NUMBER = "a00017732"
GLANCE_S = 0.0004
WATCHES = """
    CREATE TABLE IF NOT EXISTS watched (n INTEGER PRIMARY KEY, what TEXT, id INTEGER, detail TEXT);
    CREATE TRIGGER IF NOT EXISTS w_claim AFTER UPDATE OF state ON outbox WHEN NEW.state = 'sending'
        BEGIN INSERT INTO watched (what, id, detail) VALUES ('claim', NEW.message_id, NEW.address); END;
    CREATE TRIGGER IF NOT EXISTS w_order AFTER UPDATE OF state, phone ON orders
        BEGIN INSERT INTO watched (what, id, detail) VALUES ('order', NEW.id, NEW.state); END;
    CREATE TRIGGER IF NOT EXISTS w_role AFTER UPDATE OF role ON people
        BEGIN INSERT INTO watched (what, id, detail) VALUES ('role', NEW.id, NEW.role); END;
    CREATE TRIGGER IF NOT EXISTS w_binding AFTER INSERT ON bindings
        BEGIN INSERT INTO watched (what, id, detail) VALUES ('binding', NEW.person_id, NEW.phone); END;
    CREATE TRIGGER IF NOT EXISTS w_message AFTER INSERT ON messages
        BEGIN INSERT INTO watched (what, id, detail) VALUES ('message', NEW.id, NEW.source_address); END;
    CREATE TRIGGER IF NOT EXISTS w_place AFTER UPDATE OF stage ON places
        BEGIN INSERT INTO watched (what, id, detail) VALUES ('place', NEW.person_id, NEW.stage); END;
"""
"""The writer's own order of claims and changes: within one transaction after the other, never by the clock."""

Moment = Literal["before", "whenever", "at the door", "claimed", "on the wire", "accepted"]
MOMENTS: tuple[Moment, ...] = ("before", "whenever", "whenever", "at the door", "claimed", "on the wire", "accepted")


class Gate:
    """Where somebody may be told to wait."""

    def __init__(self) -> None:
        self.is_shut = False
        self.reached, self.opened = asyncio.Event(), asyncio.Event()

    async def wait(self) -> None:
        self.reached.set()
        await self.opened.wait()

    def shut(self) -> None:
        self.is_shut = True
        self.reached.clear()
        self.opened.clear()

    def open(self) -> None:
        self.is_shut = False
        self.opened.set()


class Door(Gate, BaseMiddleware):
    """Between the look at who he is and the effect of what he does."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if self.is_shut:
            await self.wait()
        return await handler(event, data)


class Wire(Gate, BaseRequestMiddleware):
    """Between the claim and the wire."""

    def __init__(self) -> None:
        super().__init__()
        self.chats: set[int] = set()

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        if (
            self.is_shut
            and isinstance(method, SendPhoto | SendMediaGroup | SendMessage)
            and method.chat_id in self.chats
        ):
            await self.wait()
        return await make_request(bot, method)


class Arena:
    """Anna in Peter's order, trial after trial."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground, self.town, self.random = ground, ground.town(), random.Random(seed)
        self.gate, self.door = Wire(), Door()
        self.seen = Counter[str]()
        self.anna, self.boris = self.town.account("anna"), self.town.account("boris")
        self.peter, self.ivan = self.town.account("peter"), self.town.account("ivan")

    async def opens(self) -> None:
        await self.town.life.begins()
        self.town.life.app.bot.session.middleware(self.gate)
        self.town.life.app.lanes._dispatcher.message.middleware(self.door)
        with sqlite3.connect(self.town.database) as database:
            database.executescript(WATCHES)
        database.close()
        self.town.adds_order(NUMBER, self.peter.phone)
        for name in ("anna", "boris"):
            account = self.town.account(name)
            newcomer = Newcomer(account.phone, name.title(), Role.EMPLOYEE, None)
            await self.town.life.app.database.write(user_changes.add, newcomer, SAY, self.town.clock.now)
        for account in (self.anna, self.boris, self.peter, self.ivan):
            self.town.does(account, "shares_contact")
            self.gate.chats.add(account.id)
        await self.town.rests()
        self.gate.chats = {self.peter.id, self.ivan.id, self.town.account("peter_anew").id}

    @property
    def folder(self) -> Folder:
        return self.town.truth.folders[0]

    async def enters(self, who: Account, stage: str) -> None:
        self.town.does(who, "says", text=f"/order {NUMBER}")
        await self.town.rests(15_000)
        self.presses_stage(who, stage)
        await self.town.rests()

    def presses_stage(self, who: Account, stage: str) -> None:
        code = Stage(stage, "").code
        on, data = next(each for each in reversed(self.town.buttons(who)) if is_stage(each[1], code))
        self.town.does(who, "presses", message_id=on, data=data)

    def shoots(self, who: Account, kind: str = "photo", **more: Any) -> Piece:
        piece, how = self.town.piece(who, kind)
        self.town.sends(piece, how, **more)
        return piece

    async def races(self, change: Callable[[], Awaitable[None]]) -> Moment:
        """What was handed in goes its way, and the change comes at some moment of it."""
        moment = self.random.choice(MOMENTS)
        if moment == "claimed":
            self.gate.shut()
        elif moment == "at the door":
            self.door.shut()
        elif moment == "on the wire":
            self._plans("slow", 0.004)
        if self.random.random() < 0.3:
            self._plans("server_error", 502)  # what Telegram gives back is claimed anew, after the change
        entries = len(self.ground.server.journal.entries)
        await asyncio.gather(self.town.life.rests(), self._changes(moment, entries, change))
        self.ground.server.faults.clear()
        await self.town.rests()
        return moment

    def _plans(self, kind: str, value: float) -> None:
        for chat in self.gate.chats:
            self.ground.server.faults.add(Fault(kind, value, chat_id=chat))

    async def _changes(self, moment: Moment, since: int, change: Callable[[], Awaitable[None]]) -> None:
        if moment == "claimed":
            await self._until(self.gate.reached.is_set)
        elif moment == "at the door":
            await self._until(self.door.reached.is_set)
        elif moment in ("on the wire", "accepted"):
            await self._until(lambda: self._is_on_the_wire(since, moment == "accepted"))
        elif moment == "whenever":
            for _ in range(self.random.randrange(40)):
                await asyncio.sleep(GLANCE_S)
        try:
            await change()
        finally:
            self.gate.open()
            self.door.open()

    def _is_on_the_wire(self, since: int, is_accepted: bool) -> bool:
        chats = {str(chat) for chat in self.gate.chats}
        sends = [e for e in self.ground.server.journal.entries[since:] if str(e.params.get("chat_id")) in chats]
        return any(entry.accepted or not is_accepted for entry in sends)

    async def _until(self, holds: Callable[[], bool]) -> None:
        """Or until it is clear that nothing goes to a client."""
        for _ in range(150):
            if holds():
                return
            await asyncio.sleep(GLANCE_S)

    async def looks(self) -> None:
        """The bot sees what has become of the folder: at once, and when it has settled."""
        for _ in range(3):
            with as_the_bot():
                await self.town.life.app.upkeep.look(self.town.clock.now)
            self.town.clock.now += 1_100

    def watched(self, what: str, since: int = 0) -> list[tuple[int, int, str]]:
        return self.town.life.rows.execute(
            "SELECT n, id, detail FROM watched WHERE what = ? AND n > ? ORDER BY n", (what, since)
        ).fetchall()

    def now(self) -> int:
        """The present moment in the writer's order."""
        return int(self.town.life.rows.execute("SELECT coalesce(max(n), 0) FROM watched").fetchone()[0])

    def message_of(self, piece: Piece) -> int | None:
        found = self.town.life.rows.execute(
            "SELECT id FROM messages WHERE source_address = ? AND source_message_id = ?",
            (piece.author.address, piece.message_id),
        ).fetchone()
        return found[0] if found else None

    def holder_of(self, phone: str) -> str:
        """The address of the account that has proved it."""
        held = "SELECT p.address FROM bindings b JOIN people p ON p.id = b.person_id WHERE b.ended_at IS NULL"
        return str(self.town.life.rows.execute(f"{held} AND b.phone = ?", (phone,)).fetchone()[0])

    def claims_of(self, piece: Piece, client: Account) -> list[int]:
        message_id = self.message_of(piece)
        return [n for n, of, address in self.watched("claim") if of == message_id and address == client.address]

    def arrivals(self, piece: Piece, client: Account, since: int) -> int:
        return sum(
            entry.accepted
            and str(entry.params.get("chat_id")) == str(client.id)
            and _shows(entry.sha256, entry.params, piece)
            for entry in self.ground.server.journal.entries[since:]
        )


def _shows(sha256: list[str], params: dict[str, Any], piece: Piece) -> bool:
    told = " ".join(str(params.get(name, "")) for name in ("text", "caption", "media"))
    return piece.sha256 in sha256 if piece.sha256 else any(words in told for words in piece.contents)


def is_stage(data: str, code: str) -> bool:
    return data.startswith(EnterStage.__prefix__ + ":") and EnterStage.unpack(data).stage == code
