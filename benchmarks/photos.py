"""Photos from employees to clients: our bot against a bare one that remembers nothing. `python -m benchmarks.photos`.

The strict server and the bot are processes of their own, both bots get the same photos in the same way, in turns.
Needs Linux: memory and processor time are read from /proc.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from database import people
from database.connection import Database
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, SandboxClient
from dealer_bot.sandbox.pictures import plain_jpeg

RATE_GOAL, MEMORY_GOAL = 0.5, 1.2
TOKEN = "42:BENCH"
PAIRS_OF_PEOPLE = 10
LONGEST_S = 180
COMMANDS = {
    "ours": ("-m", "dealer_bot", "run"),
    "bare": ("-c", "from benchmarks.bare_bot import main; main()"),
}


@dataclass(frozen=True, slots=True)
class Load:
    photos: int
    kilobytes: int

    def photo(self, n: int) -> bytes:
        """A JPEG unlike all others."""
        start = plain_jpeg(f"photo {n}")
        return start + random.Random(n).randbytes(self.kilobytes * 1000 - len(start))


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds from the first update's release; MB before, when all is done and at the highest; seconds of CPU."""

    delivered_s: float
    done_s: float
    idle_mb: float
    rss_mb: float
    peak_mb: float
    cpu_s: float
    calls: int


class Shop:
    """A folder of its own for one run, ten employees, ten clients and their orders."""

    def __init__(self, folder: Path, load: Load) -> None:
        self.folder, self.load = folder, load
        self.store = folder / "store"
        self.employees: list[PersonClient] = []
        self.clients: list[PersonClient] = []

    async def fill(self, tg: SandboxClient) -> None:
        for n in range(PAIRS_OF_PEOPLE):
            self.employees.append(await tg.person(f"Мастер {n}", phone=f"+37529111220{n}"))
            self.clients.append(await tg.person(f"Клиент {n}", phone=f"+37529888880{n}"))
            order = self.store / f"a0000000{n}"
            order.mkdir(parents=True)
            card = {"order": order.name, "phone": self.clients[n].phone, "plate_number": f"012{n} МН-1"}
            (order / "content.txt").write_text(json.dumps(card, ensure_ascii=False), "utf-8")
        (self.folder / "saved").mkdir()

    def write_staff(self) -> None:
        """As `users add` does it."""
        database = Database(f"sqlite:///{self.folder}/bot.sqlite3")
        database.open()
        for employee in self.employees:
            database.write_now(_expect, employee)
        database.close()

    def environ(self, url: str) -> dict[str, str]:
        clients = {str(a.id): b.id for a, b in zip(self.employees, self.clients, strict=True)}
        return os.environ | {
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "BRANCH_PHOTO": str(self.store),
            "DATABASE_URL": f"sqlite:///{self.folder}/bot.sqlite3",
            "SPOOL_DIR": str(self.folder / "spool"),
            "SEND_RATE": "0",
            "CHAT_RATE": "0",
            "CLIENTS": json.dumps(clients),
            "FOLDER": str(self.folder / "saved"),
        }

    async def open(self, is_ours: bool) -> None:
        """Everybody has started the bot; ours also knows the clients' phones and who works in which order."""
        for person in (*self.clients, *self.employees):
            await person.starts()
        if is_ours:
            await asyncio.gather(*map(_connect, (*self.clients, *self.employees)))
            await asyncio.gather(*(_enter(each, f"a0000000{n}") for n, each in enumerate(self.employees)))

    async def shoot(self, numbers: range) -> None:
        for n in numbers:
            await self.employees[n % PAIRS_OF_PEOPLE].shoots(self.load.photo(n), f"снимок {n}")

    def saved(self) -> int:
        """Files under their final names; the bare bot's may still be growing, but it sends only what it has whole."""
        folders = [self.folder / "saved", *self.store.glob("*/Acceptance")]
        return sum(1 for folder in folders for _ in folder.iterdir())


def _expect(employee: PersonClient) -> None:
    assert employee.phone is not None
    people.bind(people.add(name=employee.name, role=Role.EMPLOYEE).id, employee.phone, None, 0)


async def _connect(person: PersonClient) -> None:
    await person.shares_contact()
    await person.sees("подтверждён", within_s=30)


async def _enter(employee: PersonClient, number: str) -> None:
    asked = await employee.says(f"/order {number}")
    await employee.sees("Выберите стадию", after=asked.id, within_s=30)
    await employee.presses("Приёмка")
    await employee.sees("Снимайте", after=asked.id, within_s=30)


async def measure(name: str, load: Load) -> Measured:
    """One bot, one run."""
    with tempfile.TemporaryDirectory(prefix="dealer_bot_bench_") as folder:
        shop = Shop(Path(folder), load)
        async with _server(shop.folder) as url, SandboxClient(url) as tg:
            await shop.fill(tg)
            shop.write_staff()
            with (shop.folder / "bot.log").open("wb") as log:
                bot = await _start(*COMMANDS[name], environ=shop.environ(url), stderr=log)
            try:
                await _until(lambda: _polls(tg, bot))
                await shop.open(name == "ours")
                return await _timed(shop, tg, bot)
            finally:
                await _end(bot)


async def _timed(shop: Shop, tg: SandboxClient, bot: Process) -> Measured:
    """One photo of each employee goes before, so that both bots are warm; then all at once."""
    await shop.shoot(range(PAIRS_OF_PEOPLE))
    await _until(lambda: _has_saved(shop, PAIRS_OF_PEOPLE))
    await tg.quiet(for_s=2, within_s=30)
    await tg.hold_updates()
    await shop.shoot(range(PAIRS_OF_PEOPLE, PAIRS_OF_PEOPLE + shop.load.photos))
    everything = PAIRS_OF_PEOPLE + shop.load.photos
    since, cpu_s, (idle, _) = len(await tg.journal()), _cpu_s(bot.pid), _memory_mb(bot.pid)
    started = time.monotonic()
    await tg.let_updates_go()
    await _until(lambda: _has_saved(shop, everything))
    saved_s = time.monotonic() - started
    calls = await _delivered(tg, shop.load.photos, since)
    delivered_s = max(call["ended_at"] for call in calls if _is_delivery(call)) - started
    cpu_s = _cpu_s(bot.pid) - cpu_s
    _check(shop, calls)
    rss, peak = _memory_mb(bot.pid)
    return Measured(
        delivered_s,
        max(delivered_s, saved_s),
        rss,
        peak,
        cpu_s,
        sum(c["method"].lower() != "getupdates" for c in calls),
    )


async def _delivered(tg: SandboxClient, photos: int, since: int) -> list[dict[str, Any]]:
    """All calls, once the last photo has been sent."""
    deadline = time.monotonic() + LONGEST_S
    while True:
        calls: list[dict[str, Any]] = await tg.journal(since=since)
        if sum(map(_is_delivery, calls)) >= photos:
            return calls
        assert time.monotonic() < deadline, "not every photo was delivered"
        await asyncio.sleep(0.1)


def _is_delivery(call: dict[str, Any]) -> bool:
    return call["method"] == "sendPhoto" and call["outcome"] == "accepted"


def _check(shop: Shop, calls: list[dict[str, Any]]) -> None:
    """Each photo once, each client his own."""
    got = Counter(int(call["params"]["chat_id"]) for call in calls if _is_delivery(call))
    different = {call["sha256"][0] for call in calls if _is_delivery(call)}
    share = shop.load.photos // PAIRS_OF_PEOPLE
    assert got == {client.id: share for client in shop.clients}, got
    assert len(different) == shop.load.photos, "a photo came twice"


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[str]:
    arguments = ("--port", "0", "--token", TOKEN, "--files", str(folder / "telegram"))
    server = await _start("-m", "dealer_bot.sandbox", *arguments, environ=dict(os.environ), stdout=PIPE)
    try:
        assert server.stdout is not None
        yield (await server.stdout.readline()).decode().split()[-1]
    finally:
        await _end(server)


async def _start(*arguments: str, environ: dict[str, str], stdout: int = DEVNULL, stderr: Any = None) -> Process:
    root = Path(__file__).resolve().parents[1]
    return await asyncio.create_subprocess_exec(
        sys.executable, *arguments, cwd=root, env=environ, stdout=stdout, stderr=stderr
    )


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    await process.wait()


async def _polls(tg: SandboxClient, bot: Process) -> bool:
    assert bot.returncode is None, "the bot did not start"
    return bool(await tg.journal("getUpdates"))


async def _has_saved(shop: Shop, count: int) -> bool:
    return shop.saved() >= count


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not await holds():
        assert time.monotonic() < deadline, "waited too long"
        await asyncio.sleep(0.02)


def _memory_mb(pid: int) -> tuple[float, float]:
    """Resident now, and at its highest."""
    lines = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024, int(lines["VmHWM"].split()[0]) / 1024


def _cpu_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _print_run(name: str, run: Measured, load: Load) -> None:
    print(
        f"{name}  delivered {run.delivered_s:6.2f} s ({load.photos / run.delivered_s:5.1f}/s), saved too"
        f" {run.done_s:6.2f} s  cpu {run.cpu_s:5.2f} s  {run.calls} calls"
        f"  resident {run.idle_mb:.0f} MB before, {run.rss_mb:.0f} after, {run.peak_mb:.0f} at most",
        flush=True,
    )


def _ratio(runs: dict[str, list[Measured]], figure: str) -> float:
    """Of the medians, ours to bare."""
    ours, bare = (statistics.median(getattr(run, figure) for run in runs[name]) for name in ("ours", "bare"))
    return float(ours / bare)


async def compare(load: Load, rounds: int) -> None:
    runs: dict[str, list[Measured]] = {"bare": [], "ours": []}
    for _ in range(rounds):
        for name, done in runs.items():
            done.append(await measure(name, load))
            _print_run(name, done[-1], load)
    idle, after, peak = (_ratio(runs, figure) for figure in ("idle_mb", "rss_mb", "peak_mb"))
    print(f"medians of {rounds} pairs, {load.photos} photos of {load.kilobytes} KB, ours to bare:")
    print(f"rate to the last delivery    {1 / _ratio(runs, 'delivered_s'):.2f}  (goal at least {RATE_GOAL})")
    print(f"rate until all is saved too  {1 / _ratio(runs, 'done_s'):.2f}")
    print(f"resident memory              {after:.2f}  (goal at most {MEMORY_GOAL}); before {idle:.2f}, peak {peak:.2f}")
    print(f"processor time               {_ratio(runs, 'cpu_s'):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=300, help="a multiple of ten")
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    asyncio.run(compare(Load(asked.photos, asked.kilobytes), asked.rounds))


if __name__ == "__main__":
    main()
