"""A dealership whose bot is a process: people, folders, the Telegram server of the test, and what was handed in."""

import asyncio
import hashlib
import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from dealer_bot.sandbox import PersonClient, Photo, Sandbox
from dealer_bot.sandbox.pictures import plain_jpeg
from tests.e2e.process import ForkServer, Life, run
from tests.history import Evidence, Handed, under_way
from tests.recognition.drawing import sheet_of
from tests.rig.disk import BadDisk

TOKEN = "7000042:AAE2e-a_token_that_no_log_may_ever_hold"
STAGES = {"Acceptance": "Приёмка", "Body": "Кузовной ремонт", "Service": "Для сервисных нужд"}


def barcode_of(number: str) -> str:
    return f"28{number[1:]}"


class Dealership:
    def __init__(self, folder: Path, forks: ForkServer) -> None:
        self.store, self.spool, self.database = folder / "store", folder / "spool", folder / "bot.sqlite3"
        self.log, self.commands = folder / "bot.log", folder / "commands.log"
        self.server = Sandbox(TOKEN, files=folder / "telegram")
        self.disk = BadDisk(folder)
        self.handed: list[Handed] = []
        self.kills: list[float] = []
        self.phones: list[str] = []
        self.bound: dict[str, int] = {}
        self.places: dict[int, tuple[str, str]] = {}
        self.closed: dict[str, frozenset[str]] = {}
        self.settings: dict[str, str] = {}
        self._forks = forks
        self._life: Life | None = None
        self._clients: dict[str, int] = {}
        self._pictures = 0
        self.store.mkdir()

    async def __aenter__(self) -> Self:
        await self.server.start()
        self.tg = self.server.client()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._life is not None:
            await self._life.kill()
        await self.server.stop()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.server.url,
            "BRANCH_PHOTO": str(self.store),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SPOOL_DIR": str(self.spool),
            "ORGANIZATION_NAME": "Автоцентр Север",
            "SEND_RATE": "0",
            "CHAT_RATE": "0",
            **self.disk.environment,
            **self.settings,
        }

    def add_order(self, number: str, phone: str) -> None:
        content = {"order": number, "barcode": barcode_of(number), "phone": phone, "plate_number": "0124 МН-1"}
        (self.store / number).mkdir()
        (self.store / number / "content.txt").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    async def begins(self, *, forked: bool = True, kill_point: str = "", **watched: str) -> None:
        """A new life of the bot, which has just asked for updates; or has died before it could."""
        polls = self.polls()
        environment = self.environment | watched | ({"KILL_POINT": kill_point} if kill_point else {})
        maker = self._forks.run if forked else run
        self._life = life = await maker(environment, self.log)
        await self.until(lambda: self.polls() > polls or life.is_over)
        assert kill_point or not life.is_over, self.log.read_text(encoding="utf-8")[-3000:]

    async def is_killed(self) -> None:
        assert self._life is not None
        await self._life.kill()
        self.has_died()

    async def is_killed_at_its_point(self, within_s: float = 60) -> None:
        assert self._life is not None
        assert await self._life.dies(within_s) == -9
        self.has_died()

    @property
    def pid(self) -> int:
        """Of the bot's present life."""
        assert self._life is not None
        return self._life.pid

    @property
    def is_dead(self) -> bool:
        return self._life is None or self._life.is_over

    def has_died(self) -> None:
        """A death that the judge has to know of."""
        self.kills.append(time.monotonic())

    def calm_s(self) -> float:
        """For how long the bot has asked nothing of the server but for updates."""
        return time.monotonic() - self.server.journal.busy_at

    async def ends(self, within_s: float = 60) -> int:
        """The exit code of a life that ends by itself."""
        assert self._life is not None
        return await self._life.dies(within_s)

    async def stops(self) -> tuple[int, float]:
        assert self._life is not None
        return await self._life.stop()

    def polls(self) -> int:
        """How often the bot has asked for updates."""
        return sum(entry.method.lower() == "getupdates" for entry in self.server.journal.entries)

    async def staff(self, name: str, phone: str, role: str = "employee") -> PersonClient:
        """Somebody the command line has written down; he comes and confirms his phone."""
        wish = ("users", "add", "--phone", phone, "--name", name, "--role", role)
        await self._forks.command(self.environment, self.commands, *wish)
        return await self._connects(name, phone)

    async def client(self, name: str, phone: str, *orders: str) -> PersonClient:
        person = await self._connects(name, phone)
        self.expects(person, *orders)
        return person

    def expects(self, client: PersonClient, *orders: str) -> None:
        """Whose orders these are, connected or not."""
        self._clients |= dict.fromkeys(orders, client.id)

    async def _connects(self, name: str, phone: str) -> PersonClient:
        self.phones.append(phone)
        person = await self.tg.person(name, phone=phone)
        await person.starts()
        await person.shares_contact()
        await person.sees("подтверждён")
        return person

    async def enters(self, person: PersonClient, number: str, stage: str = "Acceptance") -> int:
        """Into a stage; the id of the card, whose other stages may be pressed later."""
        asked = await person.says(f"/order {number}")
        card = await person.sees("Выберите стадию", after=asked.id)
        await person.presses(STAGES[stage], on=card.id)
        await person.sees(f"{number}, {STAGES[stage]}. Снимайте", after=card.id)
        return card.id

    async def shoots(
        self, person: PersonClient, number: str, stage: str = "Acceptance", *, or_held: bool = False
    ) -> int:
        """A photo; the id of its message."""
        picture = self.picture()
        self._hand_in(person, number, stage, sha256=hashlib.sha256(picture).hexdigest(), or_held=or_held)
        return (await person.shoots(picture)).id

    async def shows(self, person: PersonClient, barcode: str) -> int:
        """A photo of a barcode, for nobody's chat and no folder; the id of its message."""
        self._pictures += 1
        picture = sheet_of(barcode, f"sheet {self._pictures}")
        self.handed.append(Handed(person.id, None, None, sha256=hashlib.sha256(picture).hexdigest()))
        return (await person.shoots(picture)).id

    async def shoots_album(self, person: PersonClient, number: str, stage: str, count: int) -> None:
        pictures = [self.picture() for _ in range(count)]
        for picture in pictures:
            self._hand_in(person, number, stage, sha256=hashlib.sha256(picture).hexdigest())
        await person.sends_album([Photo(picture) for picture in pictures])

    async def films(self, person: PersonClient, number: str, stage: str, size: int) -> None:
        """A video of so many bytes, made up by the server."""
        message = await person.films(size=size)
        media = self.server.world.chats[person.id].messages[message.id].media
        assert media is not None
        self._hand_in(person, number, stage, sha256=media.main.blob.sha256)

    async def writes(self, person: PersonClient, number: str, words: str) -> int:
        """A text: it has no file, and it goes to the client from whatever stage. The id of its message."""
        self.handed.append(Handed(person.id, None, self._clients.get(number), words=words, order=number))
        return (await person.says(words)).id

    def secret(self, person: PersonClient, words: str) -> None:
        """Words that may come into nobody's chat."""
        self.handed.append(Handed(person.id, None, None, words=words))

    async def answers(self, client: PersonClient, employee: PersonClient, words: str) -> None:
        self.handed.append(Handed(client.id, None, employee.id, words=words))
        await client.says(words)

    def moved(self, folder: str, to: str) -> None:
        """What belongs into a folder is looked for where that folder is now."""
        for place, each in enumerate(self.handed):
            order, _, stage = (each.folder or "").partition("/")
            if order == folder:
                self.handed[place] = replace(each, folder=f"{to}/{stage}")

    def _hand_in(self, person: PersonClient, number: str, stage: str, *, sha256: str, or_held: bool = False) -> None:
        chat = None if stage == "Service" else self._clients.get(number)
        folder = f"{number}/{stage}"
        self.handed.append(Handed(person.id, folder, chat, sha256=sha256, or_held=or_held, order=number))

    def picture(self) -> bytes:
        self._pictures += 1
        return plain_jpeg(f"shot {self._pictures}")

    @staticmethod
    def hash_of(path: Path) -> str:
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def evidence(self) -> Evidence:
        return Evidence(
            self.server.journal.entries,
            self.store,
            self.spool,
            self.database,
            self.handed,
            tuple(self.kills),
            self.bound,
            self.places,
            self.closed,
        )

    async def settles(self, within_s: float = 60) -> None:
        """Until the bot has nothing more to do."""
        await self.until(lambda: not len(self.server.world.updates) and not under_way(self.evidence()), within_s)
        await self.tg.quiet(within_s=within_s)

    async def knows_all_orders(self) -> None:
        """Until each folder is a row, and none is still coming to rest."""
        folders = sum(1 for _ in self.store.iterdir())
        await self.until(lambda: self.rows("SELECT count(*) FROM orders WHERE state <> 'settling'") == [(folders,)])

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return database.execute(statement).fetchall()

    def secrets_in_log(self) -> list[str]:
        """The token and whole phones, which no log may hold."""
        text = self.log.read_text(encoding="utf-8")
        secrets = [TOKEN, TOKEN.partition(":")[2], *(phone.removeprefix("+") for phone in self.phones)]
        return [secret for secret in secrets if secret in text]

    async def until(self, holds: Callable[[], bool], within_s: float = 60) -> None:
        deadline = time.monotonic() + within_s
        while not holds():
            assert time.monotonic() < deadline, f"not within {within_s} s: {under_way(self.evidence())}"
            await asyncio.sleep(0.02)
