"""One running dealership of the browser demo: its people, its programs, the cable between bot and server."""

import asyncio
import contextlib
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field

from dealer_bot.demo import processes
from dealer_bot.demo.browser.board import Board
from dealer_bot.demo.browser.cable import Cable
from dealer_bot.demo.expecting import NotSeen
from dealer_bot.demo.house import House
from dealer_bot.demo.story import ANNAS_PHONE, PETERS_PHONE
from dealer_bot.sandbox import PersonClient, SandboxClient

STAFF = ("admin", "employee", "care")
ADMIN_ID = 1
BEGINNING = "starting"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with a phone on the page. `role` is what he was made; an admin may have changed it since."""

    id: int
    name: str
    phone: str
    role: str


@dataclass
class Company:
    """What the page drives. `run` tells one dealership from the one before it; `listens`: the bot asks for updates."""

    house: House
    tg: SandboxClient
    cable: Cable
    board: Board
    run: int
    listens: bool = False
    people: dict[int, PersonClient] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)

    async def person(self, name: str, phone: str, role: str = "client", user_id: int | None = None) -> PersonClient:
        """Whoever has this phone, or somebody new; staff are written down first. Raises NotSeen, SandboxError."""
        known = next((member for member in self.members if member.phone == phone), None)
        if known is not None:
            return self.people[known.id]
        if role in STAFF and user_id is None:
            await self._write_down(name, phone, role)
        language = self.house.say.language
        made = await self.tg.person(name, phone, user_id=user_id, language_code=language)
        self.people[made.id] = made
        self.members.append(Member(made.id, name, phone, role))
        self._show_people()
        return made

    async def start_bot(self) -> None:
        """Until it asks for updates. Raises NotSeen."""
        self.board.put("bot", {"state": BEGINNING})
        asked = len(await self.tg.journal())
        process = await self.house.start_bot()
        asyncio.create_task(self._watch(process))  # noqa: RUF006  # ends with the process
        await self.house.bot_polls(self.tg, since=asked)
        self.listens = True
        self.board.put("bot", {"state": "running", "pid": process.pid})

    async def kill_bot(self) -> None:
        """As a power cut does: no word to it."""
        process = self.house.programs["bot"]
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        self.listens = False

    async def is_at_rest(self) -> bool:
        """The bot has taken every update, and asks for nothing but updates."""
        return self.listens and not await self.tg.get("quiet", for_s=0.5, within_s=0.6)

    async def is_used(self) -> bool:
        """Whether anybody has done anything but come."""
        return any(act["act"] != "joins" for act in await self.tg.acts())

    @property
    def has_bot(self) -> bool:
        bot = self.house.programs.get("bot")
        return bot is not None and bot.returncode is None

    async def _watch(self, process: Process) -> None:
        code = await process.wait()
        if self.house.programs.get("bot") is process:
            self.listens = False
            self.board.put("bot", {"state": "gone", "code": code})

    async def _write_down(self, name: str, phone: str, role: str) -> None:
        arguments = ("users", "add", "--phone", phone, "--name", name, "--role", role)
        try:
            ended = await processes.run(*arguments, environ=self.house.environ())
        except TimeoutError:
            ended = processes.Ended(-1, "", "timeout")
        if ended.code != 0:
            raise NotSeen(ended.errors.strip() or f"users add: {ended.code}")

    def _show_people(self) -> None:
        self.board.put("people", {"run": self.run, "list": [asdict(member) for member in self.members]})


@asynccontextmanager
async def company(house: House, board: Board, run: int) -> AsyncIterator[Company]:
    """A dealership whose bot listens and whose first four people have their phones. Raises NotSeen, ClientError."""
    board.put("bot", {"state": BEGINNING})
    await house.start_server()
    await house.server_answers()
    async with Cable(house.url) as cable, SandboxClient(house.url) as tg:
        house.bot_url = cable.url
        made = Company(house, tg, cable, board, run)
        await made.start_bot()
        await _first_people(made)
        yield made


async def _first_people(made: Company) -> None:
    say = made.house.say
    await made.person(say("Анна", "Anna"), ANNAS_PHONE, "employee")
    await made.person(say("Пётр", "Peter"), PETERS_PHONE)
    await made.person(say("Вера", "Vera"), "+375290000003", "care")
    await made.person(say("Олег", "Oleg"), "+375290000004", "admin", ADMIN_ID)
