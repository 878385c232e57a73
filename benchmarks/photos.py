"""Photos from employees to clients: ours against a bare bot that remembers nothing. `python -m benchmarks.photos`.

The strict server and the bot are processes of their own; both bots get the same photos in the same way, in turns.
Needs Linux: memory and processor time are read from /proc.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.shop import CREW, TOKEN, Load, Shop, cpu_s, end, memory_mb, start
from dealer_bot.sandbox import SandboxClient

RATE_GOAL, MEMORY_GOAL = 0.5, 1.2
LONGEST_S = 180
PROGRAMS = {"bare": ("-c", "from benchmarks.bare_bot import main; main()"), "ours": ("-m", "dealer_bot", "run")}
Call = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds from the release of the updates; MB before, when all is done and at the highest; seconds of CPU."""

    delivered_s: float
    done_s: float
    idle_mb: float
    rss_mb: float
    peak_mb: float
    cpu_s: float
    calls: int


async def measure(name: str, load: Load) -> Measured:
    """One run of one bot, with a server of its own."""
    with tempfile.TemporaryDirectory(prefix="dealer_bot_bench_") as folder:
        shop = Shop(Path(folder), load)
        async with _server(shop.folder) as url, SandboxClient(url) as tg:
            await shop.fill(tg)
            async with _bot(name, shop, url) as bot:
                await _until(lambda: _polls(tg, bot))
                await shop.open(name == "ours")
                await _queue(shop, tg)
                return await _timed(shop, tg, bot)


async def _queue(shop: Shop, tg: SandboxClient) -> None:
    """One photo of each employee goes before, so that the bot is warm; the rest waits in the server."""
    await shop.shoot(range(CREW))
    await _until(lambda: _saved(shop, CREW))
    await tg.quiet(for_s=2, within_s=30)
    await tg.hold_updates()
    await shop.shoot(range(CREW, CREW + shop.load.photos))


async def _timed(shop: Shop, tg: SandboxClient, bot: Process) -> Measured:
    since, cpu_before, (idle_mb, _) = len(await tg.journal()), cpu_s(bot), memory_mb(bot)
    started = time.monotonic()
    await tg.let_updates_go()
    await _until(lambda: _saved(shop, CREW + shop.load.photos))
    saved_s = time.monotonic() - started
    await _until(lambda: _delivered(tg, since, shop.load.photos))
    cpu_spent, (rss_mb, peak_mb) = cpu_s(bot) - cpu_before, memory_mb(bot)
    calls = [call for call in await tg.journal(since=since) if call["method"].lower() != "getupdates"]
    delivered_s = _checked(shop, calls) - started
    done_s = max(delivered_s, saved_s)
    return Measured(delivered_s, done_s, idle_mb, rss_mb, peak_mb, cpu_spent, len(calls))


def _checked(shop: Shop, calls: list[Call]) -> float:
    """When the last one was delivered. Each photo once, each client his own, or there is nothing to compare."""
    deliveries = [call for call in calls if _is_delivery(call)]
    got = Counter(int(call["params"]["chat_id"]) for call in deliveries)
    assert got == {client.id: shop.load.photos // CREW for client in shop.clients}, got
    assert len({call["sha256"][0] for call in deliveries}) == shop.load.photos, "a photo came twice"
    return max(float(call["ended_at"]) for call in deliveries)


def _is_delivery(call: Call) -> bool:
    return bool(call["method"] == "sendPhoto" and call["outcome"] == "accepted")


@asynccontextmanager
async def _server(folder: Path) -> AsyncIterator[str]:
    arguments = ("--port", "0", "--token", TOKEN, "--files", str(folder / "telegram"))
    server = await start("-m", "dealer_bot.sandbox", *arguments, environ=dict(os.environ), stdout=PIPE)
    try:
        assert server.stdout is not None
        yield (await server.stdout.readline()).decode().split()[-1]
    finally:
        await end(server)


@asynccontextmanager
async def _bot(name: str, shop: Shop, url: str) -> AsyncIterator[Process]:
    with (shop.folder / "bot.log").open("wb") as log:
        bot = await start(*PROGRAMS[name], environ=shop.environ(url), stderr=log)
    try:
        yield bot
    finally:
        await end(bot)


async def _polls(tg: SandboxClient, bot: Process) -> bool:
    assert bot.returncode is None, "the bot did not start"
    return len(await tg.journal("getUpdates")) > 0


async def _saved(shop: Shop, count: int) -> bool:
    return shop.saved() >= count


async def _delivered(tg: SandboxClient, since: int, count: int) -> bool:
    return sum(map(_is_delivery, await tg.journal(since=since))) >= count


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + LONGEST_S
    while not await holds():
        assert time.monotonic() < deadline, "waited too long"
        await asyncio.sleep(0.05)


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
    runs: dict[str, list[Measured]] = {name: [] for name in PROGRAMS}
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=int, default=300, help="a multiple of ten")
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    asyncio.run(compare(Load(asked.photos, asked.kilobytes), asked.rounds))


if __name__ == "__main__":
    main()
