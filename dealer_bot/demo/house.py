"""The dealership of the demo: a folder with its own store, database and spool, the server and the bot."""

import asyncio
import contextlib
import json
import os
import shutil
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dealer_bot.demo import processes
from dealer_bot.demo.expecting import START_S, NotSeen
from dealer_bot.demo.words import Tongue
from dealer_bot.settings import PROJECT_DIR

if TYPE_CHECKING:
    from dealer_bot.sandbox import SandboxClient

TOKEN = "42:DEMO"  # noqa: S105  # of nobody's bot
FOLDERS = ("Acceptance", "Damage", "Body", "Issue", "Service")
LABELS = {
    "ru": ("Приёмка", "Повреждения", "Кузовной ремонт", "Выдача", "Для сервисных нужд"),
    "en": ("Acceptance", "Damage", "Body repair", "Handover", "For the service"),
}


@dataclass
class House:
    """One running dealership. Everything of it lies in `folder`; `bot_url` is the server as the bot reaches it."""

    folder: Path
    say: Tongue
    url: str = ""
    bot_url: str = ""
    programs: dict[str, Process] = field(default_factory=dict)

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def bot_log(self) -> Path:
        return self.folder / "bot.log"

    @property
    def server_log(self) -> Path:
        return self.folder / "server.log"

    def stage(self, folder: str) -> str:
        """The label of a stage."""
        return LABELS[self.say.language][FOLDERS.index(folder)]

    def environ(self) -> dict[str, str]:
        """The settings of the demo; they win over config.py and .env of the dealership."""
        ours = {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.bot_url or self.url,
            "TELEGRAM_API_LOCAL": "no",
            "BRANCH_PHOTO": str(self.store),
            "DATABASE_URL": f"sqlite:///{self.folder.as_posix()}/dealer_bot.sqlite3",
            "SPOOL_DIR": str(self.folder / "spool"),
            "TYPE_ORDER": json.dumps(dict(zip(FOLDERS, LABELS[self.say.language], strict=True)), ensure_ascii=False),
            "SERVICE_STAGE": "Service",
            "CLIENT_FOLDER": "Client",
            "CLOSED_MARK": "closed",
            "ORGANIZATION_NAME": organization(self.say),
            "PRIVACY_URL": "https://example.com/privacy",
            "ADMIN_IDS": "1",
            "LANGUAGE": self.say.language,
            "PHONE_REGION": "BY",
            "SEND_RATE": "30",
            "CHAT_RATE": "1",
            "ORDER_IDLE": "7200",
            "DISK_MIN_GB": "0",  # of a disk that runs full a real administrator would be told by mail
        }
        return os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"} | ours

    async def start_server(self) -> Process:
        """The Bot API server as a process, on any free port."""
        arguments = ("--port", "0", "--token", TOKEN, "--files", str(self.folder / "telegram"))
        server = await processes.start("dealer_bot.sandbox", *arguments, environ=self.environ(), log=self.server_log)
        self.programs["server"] = server
        return server

    async def server_answers(self) -> None:
        """Until the server has told its address. Raises NotSeen."""
        told = self.programs["server"].stdout
        assert told is not None
        with contextlib.suppress(TimeoutError):
            self.url = (await asyncio.wait_for(told.readline(), START_S)).decode().split(" ")[-1].strip()
        if not self.url:
            log = self.server_log
            raise NotSeen(self.say(f"Сервер Bot API не запустился: {log}", f"The server did not start: {log}"))

    async def start_bot(self) -> Process:
        """The bot as a process; it takes its seconds until it polls."""
        bot = await processes.start("dealer_bot", "run", environ=self.environ(), log=self.bot_log)
        self.programs["bot"] = bot
        return bot

    async def bot_polls(self, tg: "SandboxClient", since: int = 0) -> None:
        """Until the bot asks the server for updates, after the request number `since`. Raises NotSeen."""
        bot, deadline = self.programs["bot"], time.monotonic() + START_S
        while not await tg.journal("getUpdates", since=since):
            if bot.returncode is not None or time.monotonic() > deadline:
                raise NotSeen(self.say(f"Бот не запустился: {self.bot_log}", f"The bot did not start: {self.bot_log}"))
            await asyncio.sleep(0.1)

    async def stop(self) -> dict[str, int]:
        """The bot first, then the server; their exit codes."""
        names = [name for name in ("bot", "server") if name in self.programs]
        return {name: await processes.stop(self.programs.pop(name)) for name in names}


def organization(say: Tongue) -> str:
    """Whom the clients of the demo hear from."""
    return say("Автоцентр Север", "North Motors")


@asynccontextmanager
async def house(say: Tongue) -> AsyncIterator[House]:
    """A new dealership with a copy of the sample store; whatever happens, its programs are stopped."""
    made = House(Path(tempfile.mkdtemp(prefix="dealer_bot_demo_")).resolve(), say)
    shutil.copytree(PROJECT_DIR / "storage_sample", made.store)
    try:
        yield made
    finally:
        await made.stop()


def command_line(*arguments: str) -> str:
    """A command as a person would type it."""
    words = (f'"{word}"' if " " in word else word for word in arguments)
    return " ".join((Path(sys.executable).stem.rstrip("0123456789."), "-m", "dealer_bot", *words))
