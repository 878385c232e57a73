"""The disk of the database is full: nothing is done by halves, nobody's message is lost, and it goes on by itself."""

import asyncio
import contextlib
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations

ORDER, PETERS, ANNAS = "a00017732", "+375298888808", "+375291112233"
MOST_MESSAGES = 400
BACK_WITHIN_S = 60
IN_A_ROW = 40


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 12 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ("mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)), capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("mounting takes more rights than there are here")
    yield folder
    subprocess.run(("umount", "-l", str(folder)), capture_output=True, check=True)


def _fill(ballast: Path) -> None:
    with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass


def _is_full(dealership: Dealership) -> bool:
    return "DatabaseAway" in dealership.log.read_text(encoding="utf-8")


async def _speak_until_nothing_is_taken(dealership: Dealership, anna: PersonClient) -> None:
    for number in range(MOST_MESSAGES):
        if _is_full(dealership):
            return
        await dealership.writes(anna, ORDER, f"Нашли скол номер {number:04d}")
        await asyncio.sleep(0.02)
    await dealership.until(lambda: _is_full(dealership))


async def _recovers(dealership: Dealership) -> None:
    back_at = time.monotonic()
    while found := violations(dealership.evidence()):
        assert time.monotonic() - back_at < BACK_WITHIN_S, found
        await asyncio.sleep(0.3)


async def test_what_is_said_and_shot_while_the_database_is_full_is_taken_when_there_is_room_again(
    dealership: Dealership, small_disk: Path
) -> None:
    dealership.database = small_disk / "bot.sqlite3"
    dealership.add_order(ORDER, PETERS)
    await dealership.begins()
    anna = await dealership.staff("Анна", ANNAS)
    peter = await dealership.client("Пётр", PETERS, ORDER)
    await dealership.enters(anna, ORDER)
    await dealership.writes(anna, ORDER, "Когда вам удобно?")
    await dealership.settles()

    for number in range(IN_A_ROW):
        await dealership.writes(anna, ORDER, f"Нашли вмятину номер {number:04d}")
    _fill(small_disk / "ballast")  # with words that are received and not yet handled
    await _speak_until_nothing_is_taken(dealership, anna)
    await dealership.shoots(anna, ORDER)
    await dealership.answers(peter, anna, "Делайте, пожалуйста")
    polls = dealership.polls()
    await dealership.until(lambda: dealership.polls() > polls)
    assert not dealership.is_dead

    (small_disk / "ballast").unlink()
    await anna.sees("Делайте, пожалуйста", BACK_WITHIN_S)
    await _recovers(dealership)
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []


async def test_a_start_on_a_full_disk_is_refused_in_one_line_and_loses_nothing(
    dealership: Dealership, small_disk: Path
) -> None:
    dealership.database = small_disk / "bot.sqlite3"
    dealership.add_order(ORDER, PETERS)
    _fill(small_disk / "ballast")
    await dealership.begins(kill_point="never:1")
    assert dealership.is_dead
    told = dealership.log.read_text(encoding="utf-8")
    assert "Traceback" not in told

    (small_disk / "ballast").unlink()
    await dealership.begins()
    anna = await dealership.staff("Анна", ANNAS)
    await dealership.enters(anna, ORDER)
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
