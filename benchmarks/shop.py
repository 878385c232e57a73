"""The dealership of the measurements: employees, clients, their orders, and the programs around them."""

import asyncio
import json
import os
import random
import sys
from asyncio.subprocess import DEVNULL, Process
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from database import people
from database.connection import Database
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, SandboxClient
from dealer_bot.sandbox.pictures import plain_jpeg

TOKEN = "42:BENCH"
CREW = 10
PATIENCE_S = 30


@dataclass(frozen=True, slots=True)
class Load:
    """How many photos, of what size; the same for the same numbers."""

    photos: int
    kilobytes: int

    def photo(self, n: int) -> bytes:
        """A JPEG unlike all others."""
        start = plain_jpeg(f"photo {n}")
        return start + random.Random(n).randbytes(self.kilobytes * 1000 - len(start))


class Shop:
    """A folder of its own for one run: ten employees, ten clients, an order of each."""

    def __init__(self, folder: Path, load: Load) -> None:
        self.folder, self.load = folder, load
        self.store = folder / "store"
        self.employees: list[PersonClient] = []
        self.clients: list[PersonClient] = []

    async def fill(self, tg: SandboxClient) -> None:
        """People, folders, and the staff in the database, as `users add` writes them."""
        for n in range(CREW):
            self.employees.append(await tg.person(f"Мастер {n}", phone=f"+37529111220{n}"))
            self.clients.append(await tg.person(f"Клиент {n}", phone=f"+37529888880{n}"))
            order = self.store / _number(n)
            order.mkdir(parents=True)
            card = {"order": order.name, "phone": self.clients[n].phone, "plate_number": f"012{n} МН-1"}
            (order / "content.txt").write_text(json.dumps(card, ensure_ascii=False), "utf-8")
        (self.folder / "saved").mkdir()
        database = Database(self._database_url)
        database.open()
        for employee in self.employees:
            database.write_now(_expect, employee)
        database.close()

    def environ(self, url: str) -> dict[str, str]:
        """What ours and the bare bot are told; each leaves alone what it doesn't know."""
        clients = {str(a.id): b.id for a, b in zip(self.employees, self.clients, strict=True)}
        return os.environ | {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "BRANCH_PHOTO": str(self.store),
            "DATABASE_URL": self._database_url,
            "SPOOL_DIR": str(self.folder / "spool"),
            "SEND_RATE": "0",
            "CHAT_RATE": "0",
            "CLIENTS": json.dumps(clients),
            "FOLDER": str(self.folder / "saved"),
        }

    async def open(self, is_ours: bool) -> None:
        """Everybody starts the bot; ours also learns whose the phones are and who works in which order."""
        for person in (*self.clients, *self.employees):
            await person.starts()
        if is_ours:
            await asyncio.gather(*map(_connect, (*self.clients, *self.employees)))
            await asyncio.gather(*(_enter(each, _number(n)) for n, each in enumerate(self.employees)))

    async def shoot(self, numbers: range) -> None:
        """The employees in turn."""
        for n in numbers:
            await self.employees[n % CREW].shoots(self.load.photo(n), f"снимок {n}")

    def saved(self) -> int:
        """Files under their final names; the bare bot's may still grow, but it sends only what it has whole."""
        folders = [self.folder / "saved", *self.store.glob("*/Acceptance")]
        return sum(1 for folder in folders for _ in folder.iterdir())

    @property
    def _database_url(self) -> str:
        return f"sqlite:///{self.folder}/bot.sqlite3"


def _number(n: int) -> str:
    return f"a0000000{n}"


def _expect(employee: PersonClient) -> None:
    assert employee.phone is not None
    people.bind(people.add(name=employee.name, role=Role.EMPLOYEE).id, employee.phone, None, 0)


async def _connect(person: PersonClient) -> None:
    await person.shares_contact()
    await person.sees("подтверждён", PATIENCE_S)


async def _enter(employee: PersonClient, number: str) -> None:
    asked = await employee.says(f"/order {number}")
    await employee.sees("Выберите стадию", PATIENCE_S, after=asked.id)
    await employee.presses("Приёмка")
    await employee.sees("Снимайте", PATIENCE_S, after=asked.id)


async def start(*arguments: str, environ: dict[str, str], stdout: Any = DEVNULL, stderr: Any = None) -> Process:
    """This Python with these arguments."""
    root = Path(__file__).resolve().parents[1]
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=root, env=environ, stdout=stdout, stderr=stderr
    )


async def end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()


def memory_mb(process: Process) -> tuple[float, float]:
    """Resident now, and at its highest."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    lines = dict(line.split(":", 1) for line in status.splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024


def cpu_s(process: Process) -> float:
    """User and system time of all its threads so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
