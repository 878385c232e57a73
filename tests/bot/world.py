"""The dealership of the stories: people, folders, the server and the bot, and words to drive them."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from types import TracebackType
from typing import Any, Self

from database import beats, people, sql
from database.connection import Database
from dealer_bot import settings
from dealer_bot.app import App, clock
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, Sandbox
from dealer_bot.services.listening import BEAT
from dealer_bot.services.recognising import Recogniser
from dealer_bot.settings import ATTENTION_WORDS, PROJECT_DIR
from tests.bot.plain_words import PlainWords
from tests.quick_starts import lay_database

PETERS_PHONE = "+375298888808"
ORDER = {
    "order": "a00017732",
    "barcode": "2800074366278382442612315631864110402",
    "phone": PETERS_PHONE,
    "plate_number": "0124 МН-1",
}


WORK = """
    SELECT 1 FROM inbox WHERE state = 'new'
    UNION ALL SELECT 1 FROM readings WHERE state = 'wanted'
    UNION ALL SELECT 1 FROM media WHERE state IN ('wanted', 'fetched') AND hold IS NULL
    UNION ALL SELECT 1 FROM outbox o LEFT JOIN chats c ON c.address = o.address
        WHERE o.state IN ('queued', 'sending') AND max(o.due_at, coalesce(c.paused_until, 0)) < ?
"""
"""What is to be done before this moment; lines that are written anew now and then are not waited for."""
SOON_MS = 2_500
"""An album waits for more of itself, and never longer."""
PATIENCE_WITH_WORK_S = 5


class World:
    def __init__(self, folder: Path, repeat_each: bool = False, **overrides: str) -> None:
        self.folder, self.store, self._repeat_each = folder, folder / "store", repeat_each
        self._overrides = overrides
        self.recogniser: Recogniser = PlainWords()
        self.store.mkdir()
        self.add_order(ORDER)
        self.attention_words = folder / ATTENTION_WORDS
        self.attention_words.parent.mkdir()
        copyfile(PROJECT_DIR / ATTENTION_WORDS, self.attention_words)

    async def __aenter__(self) -> Self:
        is_local = self._overrides.get("TELEGRAM_API_LOCAL") == "1"
        self.server = Sandbox(files=self.folder / "telegram", local=is_local)
        await self.server.start()
        self.tg = self.server.client()
        self._was_here_before()
        await self.start_bot()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.app.stop()
        await self.server.stop()

    def _was_here_before(self) -> None:
        """A bot that heard Telegram a moment ago does not wait to find out whether another one is polling."""
        own = self.settings()
        lay_database(own.database_path)
        database = Database(own.database_url)
        database.open()
        database.write_now(beats.beat, BEAT, clock())
        database.close()

    async def start_bot(self) -> None:
        self.app = App(self.settings(), self._repeat_each, recogniser=self.recogniser)
        await self.app.start()
        while not self.app.indexer.is_complete:
            await asyncio.sleep(0.02)

    def settings(self) -> settings.Settings:
        given = {
            "BOT_TOKEN": self.server.token,
            "TELEGRAM_API_URL": self.server.url,
            "BRANCH_PHOTO": str(self.store),
            "DATABASE_URL": f"sqlite:///{self.folder}/bot.sqlite3",
            "SPOOL_DIR": str(self.folder / "spool"),
            "ORGANIZATION_NAME": "Автоцентр Север",
            "ADMIN_IDS": "777",
            "SEND_RATE": "0",
            "CHAT_RATE": "0",
        }
        loaded = settings.load(environ=given | self._overrides, dotenv_path=None)
        return replace(loaded, project_dir=self.folder)

    def add_order(self, content: dict[str, Any], folder: str | None = None) -> Path:
        path = self.store / (folder or content["order"])
        path.mkdir()
        (path / "content.txt").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return path

    async def employee(self, name: str, phone: str = "+375291112233", role: Role = Role.EMPLOYEE) -> PersonClient:
        """Somebody the dealership has written down, with the account he confirmed."""
        await self.expects(name, phone, role)
        return await self.client(name, phone)

    async def admin(self, name: str = "Олег", phone: str = "+375291119999") -> PersonClient:
        return await self.employee(name, phone, Role.ADMIN)

    async def care(self, name: str = "Вера", phone: str = "+375291110001") -> PersonClient:
        return await self.employee(name, phone, Role.CARE)

    async def client(self, name: str = "Пётр", phone: str = PETERS_PHONE) -> PersonClient:
        person = await self.tg.person(name, phone=phone, language_code=self._overrides.get("LANGUAGE", "ru"))
        await person.starts()
        await person.shares_contact()
        await person.sees(f"…{phone[-4:-2]}-{phone[-2:]}")
        return person

    async def enters(self, person: PersonClient, number: str = "a00017732", stage: str = "Приёмка") -> None:
        asked = await person.says(f"/order {number}")
        await person.sees("Выберите стадию", after=asked.id)
        await person.presses(stage)
        await person.sees("Снимайте", after=asked.id)

    async def knows(self, number: str) -> None:
        """Until the look at the store has settled on this order."""
        await self._row("SELECT 1 FROM orders WHERE number = ? AND state <> 'settling'", number)

    async def state_is(self, number: str, state: str) -> None:
        await self._row("SELECT 1 FROM orders WHERE number = ? AND state = ?", number, state)

    async def phone_is(self, number: str, phone: str) -> None:
        await self._row("SELECT 1 FROM orders WHERE number = ? AND phone = ? AND state = 'open'", number, phone)

    async def plate_is(self, number: str, plate: str) -> None:
        await self._row("SELECT 1 FROM orders WHERE number = ? AND plate = ? AND state = 'open'", number, plate)

    async def has_read_a_plate(self) -> None:
        """Until a picture has clearly shown an open order's plate, whatever its siblings show."""
        await self._row("SELECT 1 FROM readings WHERE sure IS NOT NULL")

    async def expects(self, name: str, phone: str, role: Role = Role.EMPLOYEE) -> None:
        """The dealership writes somebody down by phone."""
        await self.app.database.write(_expect, name, phone, role)

    async def change_by_phone(self, phone: str, **columns: object) -> None:
        await self.app.database.write(_change_by_phone, phone, columns)

    async def change(self, person: PersonClient, **columns: object) -> None:
        """Somebody in the office changes a person's row."""
        await self.app.database.write(_change, f"tg:{person.chat_id}", columns)

    async def exists(self, path: Path) -> None:
        async with asyncio.timeout(60):
            while not path.exists():
                await asyncio.sleep(0.05)

    async def holds(self, reason: str) -> None:
        """Until something waits for this."""
        await self._row("SELECT 1 FROM outbox WHERE state = 'held' AND reason = ?", reason)

    async def _row(self, statement: str, *values: object) -> None:
        async with asyncio.timeout(60):
            while not await self.rows(statement, *values):
                await asyncio.sleep(0.05)

    def write_card(self, folder: str, content: dict[str, Any] | str) -> None:
        """As people save a file: in place."""
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        (self.store / folder / "content.txt").write_text(text, encoding="utf-8")

    async def hours_pass(self, hours: float) -> None:
        """Everything that people did so far was so much earlier."""
        await self.app.database.write(_age, int(hours * 3_600_000))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Until the folders are as they should be."""
        async with asyncio.timeout(60):
            while not holds():
                await asyncio.sleep(0.05)

    async def quiet(self, for_s: float = 0.25) -> None:
        """Until the bot has nothing more to do soon; what it can't do now is not waited for."""
        await self.tg.quiet(for_s=for_s, within_s=60)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_WITH_WORK_S):
                while await self.rows(WORK, clock() + SOON_MS):
                    await asyncio.sleep(0.05)
                    await self.tg.quiet(for_s=for_s, within_s=60)

    def kept(self, stage: str = "Acceptance", number: str = "a00017732") -> list[Path]:
        folder = self.store / number / stage
        return sorted(folder.iterdir()) if folder.is_dir() else []

    async def rows(self, statement: str, *values: object) -> list[sql.Row]:
        return await self.app.database.read(sql.rows, statement, values)


def _expect(name: str, phone: str, role: Role) -> None:
    person = people.add(name=name, role=role)
    people.bind(person.id, phone, None, 0)


def _change(address: str, columns: dict[str, object]) -> None:
    person = people.by_address(address)
    assert person is not None
    people.update(person.id, **columns)


def _change_by_phone(phone: str, columns: dict[str, object]) -> None:
    person = people.by_phone(phone)
    assert person is not None
    people.update(person.id, **columns)


def _age(by_ms: int) -> None:
    sql.run("UPDATE places SET active_at = active_at - ?, since_at = since_at - ?, left_at = left_at - ?", (by_ms,) * 3)
    sql.run("UPDATE messages SET at = at - ?", (by_ms,))
    sql.run("UPDATE outbox SET settled_at = settled_at - ?", (by_ms,))
