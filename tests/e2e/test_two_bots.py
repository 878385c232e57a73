"""Two programs with one token: the second says so and goes, and has done nothing."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.e2e.process import ForkServer
from tests.history import violations

ORDER, PETERS, ANNAS = "a00017732", "+375298888808", "+375291112233"
STARTS_HERE, STARTS_ELSEWHERE = 2, 4


@pytest.fixture
async def anna(dealership: Dealership) -> AsyncIterator[PersonClient]:
    """An employee at work; the bot runs."""
    dealership.add_order(ORDER, PETERS)
    await dealership.begins()
    anna = await dealership.staff("Анна", ANNAS)
    await dealership.client("Пётр", PETERS, ORDER)
    await dealership.enters(anna, ORDER)
    yield anna


async def _starts_and_goes(forks: ForkServer, environment: dict[str, str], log: Path) -> str:
    """What it said in its log before it went with exit code 1."""
    log.unlink(missing_ok=True)
    life = await forks.run(environment, log)
    try:
        assert await life.dies(20) == 1
    finally:
        await life.kill()
    return log.read_text(encoding="utf-8")


async def _works(dealership: Dealership, anna: PersonClient, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await dealership.writes(anna, ORDER, f"Скол № {len(dealership.handed)}.")
        await dealership.shoots(anna, ORDER)
        await asyncio.sleep(0.05)


async def _others_come(
    dealership: Dealership, anna: PersonClient, forks: ForkServer, environment: dict[str, str], log: Path, starts: int
) -> list[str]:
    stop = asyncio.Event()
    working = asyncio.create_task(_works(dealership, anna, stop))
    said = []
    for _ in range(starts):
        said.append(await _starts_and_goes(forks, environment, log))
        polls = dealership.polls()
        await dealership.until(lambda polls=polls: dealership.polls() > polls)  # the first is at work again
    stop.set()
    await working
    await dealership.settles(60)
    assert (await dealership.stops())[0] == 0
    return said


async def test_a_second_bot_on_the_same_database_refuses(
    dealership: Dealership, anna: PersonClient, forks: ForkServer, tmp_path: Path
) -> None:
    said = await _others_come(dealership, anna, forks, dealership.environment, tmp_path / "other.log", STARTS_HERE)
    assert all(text.count("\n") == 1 and "уже работает другой бот" in text for text in said)
    assert violations(dealership.evidence()) == []


async def test_a_second_bot_with_the_same_token_on_another_machine_takes_nothing_and_goes(
    dealership: Dealership, anna: PersonClient, forks: ForkServer, tmp_path: Path
) -> None:
    other = tmp_path / "other machine"
    environment = dealership.environment | {
        "DATABASE_URL": f"sqlite:///{other}/bot.sqlite3",
        "SPOOL_DIR": str(other / "spool"),
    }
    said = await _others_come(dealership, anna, forks, environment, tmp_path / "other.log", STARTS_ELSEWHERE)
    assert all("another program works with this BOT_TOKEN" in text for text in said)
    assert violations(dealership.evidence()) == []
    (other / "bot.sqlite3").rename(dealership.database)
    assert dealership.rows("SELECT count(*) FROM inbox") == [(0,)]
