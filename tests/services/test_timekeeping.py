"""A clock that jumps delays nothing for long and does nothing twice."""

import asyncio
from pathlib import Path

import pytest

from database import beats, chats, clockwork, outbox, people, screens, settling, sql
from database.claims import Wait, claim
from database.connection import Database
from dealer_bot.domain.parcels import FetchOutcome, Gone, Outcome, Parcel, Sent
from dealer_bot.domain.stages import Stages
from dealer_bot.domain.views import View
from dealer_bot.services.courier import Courier
from dealer_bot.services.listening import BEAT
from dealer_bot.services.rates import Rates
from dealer_bot.services.timekeeping import Timekeeper

NOON, DAY_MS = 1_800_000_000_000, 24 * 3600 * 1000
PETER = "tg:10"


@pytest.fixture
def database(database: Database) -> Database:
    database.write_now(people.add, address=PETER)
    return database


class Watch:
    """Seconds that have really passed."""

    def __init__(self) -> None:
        self.passed_s = 0.0

    def __call__(self) -> float:
        return self.passed_s


class Ear:
    """A chat that takes whatever is sent to it."""

    def __init__(self) -> None:
        self.heard = 0

    async def send(self, parcel: Parcel) -> Outcome:
        self.heard += 1
        return Sent((self.heard,))

    async def show(self, address: str, view: View, language: str | None, message_id: int | None) -> Outcome:
        return Gone("void")

    async def pin(self, address: str, message_id: int) -> Outcome:
        return Gone("void")

    async def fetch(self, file_id: str, size: int | None, target: Path) -> FetchOutcome:
        return Gone("no_file")

    async def rests_after(self, messages: int) -> None:
        """Until it has heard so much, and the courier has turned to others."""
        async with asyncio.timeout(10):
            while self.heard < messages or any(each.get_name() == f"chat {PETER}" for each in asyncio.all_tasks()):
                await asyncio.sleep(0.01)


def _notice(database: Database, key: str, at: int) -> None:
    database.write_now(lambda: outbox.add_notice(key=key, address=PETER, notice="stopped", args={}, at=at))


def _sent(database: Database, now: int) -> bool:
    parcel = database.write_now(claim, PETER, now)
    if isinstance(parcel, Parcel):
        database.write_now(settling.settle, parcel, Sent((1,)), now)
    assert parcel is None or isinstance(parcel, Parcel | Wait)
    return isinstance(parcel, Parcel)


@pytest.mark.parametrize("back_ms", [3_600_000, DAY_MS, 400 * DAY_MS])
async def test_what_was_due_before_the_clock_was_set_back_does_not_wait_for_it(
    database: Database, back_ms: int
) -> None:
    watch = Watch()
    keeper = Timekeeper(database, watch)
    await keeper.step(NOON)
    _notice(database, "a", NOON + 30_000)
    database.write_now(chats.pause, PETER, NOON + 31_000)
    database.write_now(screens.want, PETER, "menu", "", NOON + 32_000)
    watch.passed_s, now = 60.0, NOON + 60_000 - back_ms
    assert not _sent(database, now)
    await keeper.step(now)
    assert _sent(database, now)
    assert database.read_now(sql.rows, "SELECT dirty_at FROM screens") == [(NOON + 32_000 - back_ms,)]


async def test_a_line_is_written_anew_though_the_clock_was_set_back_since_it_was_written(
    database: Database,
) -> None:
    watch = Watch()
    keeper = Timekeeper(database, watch)
    await keeper.step(NOON)
    database.write_now(screens.want, PETER, "menu", "", NOON)
    database.write_now(sql.run, "UPDATE screens SET telegram_message_id = 7, shown_at = ?", (NOON,))
    watch.passed_s, now = 60.0, NOON - DAY_MS
    await keeper.step(now)
    assert database.read_now(screens.next_dirty, PETER, now, now - 2_000) is not None


async def test_a_clock_set_back_while_the_program_was_off_is_noticed_too(database: Database) -> None:
    database.write_now(beats.beat, BEAT, NOON)
    _notice(database, "a", NOON - 1_000)
    await Timekeeper(database, Watch()).step(NOON - DAY_MS)
    assert _sent(database, NOON - DAY_MS)


async def test_a_clock_set_forward_sends_what_waits_once(database: Database) -> None:
    watch = Watch()
    keeper = Timekeeper(database, watch)
    await keeper.step(NOON)
    _notice(database, "a", NOON)
    watch.passed_s = 60.0
    await keeper.step(NOON + DAY_MS)
    assert _sent(database, NOON + DAY_MS)
    assert not _sent(database, NOON + 2 * DAY_MS)


async def test_a_clock_that_is_put_right_by_a_little_changes_nothing(database: Database) -> None:
    watch = Watch()
    keeper = Timekeeper(database, watch)
    await keeper.step(NOON)
    _notice(database, "a", NOON + 90_000)
    watch.passed_s = 60.0
    await keeper.step(NOON + 59_000)
    assert database.read_now(sql.rows, "SELECT due_at FROM outbox") == [(NOON + 90_000,)]


async def test_a_chat_that_rested_when_the_clock_was_set_back_rests_no_longer_than_any_other(
    database: Database,
) -> None:
    ear, now = Ear(), NOON
    courier = Courier(database, ear, Stages((), ""), Rates(0, 0), lambda: now)
    _notice(database, "a", NOON)
    _notice(database, "b", NOON + 30_000)
    running = asyncio.create_task(courier.run())
    await ear.rests_after(1)
    now = NOON + 60_000 - DAY_MS
    await database.write(clockwork.set_back, DAY_MS, now)
    await ear.rests_after(2)
    await courier.stop(5)
    await running
