"""A move or a recall against a send in flight: at every moment of it, whatever its answer, also when the bot dies."""

import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path

import pytest

from database import claims, confirmations, media, people, places, settling, sql
from database.connection import Database
from dealer_bot.domain.messages import Handed
from dealer_bot.domain.parcels import Gone, Later, Outcome, Parcel, Sent, Unknown
from dealer_bot.domain.people import Role
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.services.intake import Intake
from dealer_bot.services.moving import Moving, apply_waiting

TRIALS = 200
ANNA, PETER, IVAN = "tg:1", "tg:2", "tg:3"
STAGES = Stages((Stage("Body", "Кузов"), Stage("Service", "Для сервиса")), "Service")
BODY, SERVICE = STAGES.all[0].code, STAGES.all[1].code
MOMENTS = ("before the claim", "before the wire", "after the wire", "after the settling")
ANSWERS = ("sent", "sent", "later", "cut before", "cut after", "dead before", "dead after", "blocked")


@dataclass
class Arena:
    """The dealership's rows, and what lies in the chats."""

    database: Database
    random: random.Random
    now: int = 1_800_000_000_000
    ids: int = 1000
    chats: dict[str, dict[int, int]] = field(default_factory=lambda: {PETER: {}, IVAN: {}})

    def __post_init__(self) -> None:
        self.intake = Intake(self.database, STAGES, UTC, 7200)
        self.moving = Moving(self.database, STAGES)

    async def shoots(self) -> int:
        """A photo of Anna's into the first order; its burst."""
        self.ids += 1
        self.now += 100_000  # a burst of its own
        handed = Handed(ANNA, self.ids, "photo", "words", file_id="f", size=1, extension="jpg")
        taken = await self.intake.accept(1, handed, self.ids, self.now)
        if self.random.random() < 0.8:
            await self.database.write(_fetched, taken.message_id, self.now)
        return taken.message_id

    async def claim(self, address: str) -> Parcel | None:
        self.now += 2_000
        found = await self.database.write(claims.claim, address, self.now)
        return found if isinstance(found, Parcel) else None

    def reaches(self, parcel: Parcel) -> Outcome:
        """Telegram does it, and says so."""
        chat, given = self.chats[parcel.address], []
        if parcel.op == "delete":
            for copy in parcel.copies:
                chat.pop(copy, None)
            return Sent((0,))
        for item in parcel.items:
            self.ids += 1
            assert item.message_id is not None
            chat[self.ids] = item.message_id
            given.append(self.ids)
        return Sent(tuple(given))

    async def settle(self, parcel: Parcel, outcome: Outcome) -> None:
        if parcel.op != "send" and not parcel.copies:
            outcome = Gone("void")
        await self.database.write(_settle, parcel, outcome, self.now)

    async def drains(self) -> None:
        """Everything that may go goes, and whoever blocked the bot comes back."""
        await self.database.write(_fetch_all, self.now)
        for _ in range(30):
            await self.database.write(_unblock, self.now)
            parcels = [parcel for chat in (PETER, IVAN) if (parcel := await self.claim(chat)) is not None]
            for parcel in parcels:
                is_void = parcel.op != "send" and not parcel.copies
                await self.settle(parcel, Gone("void") if is_void else self.reaches(parcel))
            self.now += 120_000
            if not parcels and not await self.database.read(_has_work):
                return

    async def is_unsure(self, message_id: int) -> bool:
        """Whether people hear that Peter may have what was taken back."""
        which = "message_id = ? AND address = ? AND op = 'send' AND state = 'unknown' AND recalled_at IS NOT NULL"
        return bool(await self.database.read(sql.rows, f"SELECT 1 FROM outbox WHERE {which}", (message_id, PETER)))

    def copies(self, chat: str, message_id: int) -> int:
        return sum(each == message_id for each in self.chats[chat].values())


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[Arena]:
    database = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    database.open()
    database.write_now(_people_and_orders)
    yield Arena(database, random.Random(20261121))
    database.close()


async def test_a_recall_leaves_no_copy_and_lets_none_come(arena: Arena) -> None:
    for trial in range(TRIALS):
        burst, answer = await _race(arena, lambda burst: arena.moving.recall(1, burst, arena.ids, arena.now))
        assert arena.copies(PETER, burst) <= (answer == "cut after" or answer == "dead after"), (trial, answer)
        assert arena.copies(PETER, burst) == 0 or await arena.is_unsure(burst), (trial, answer)
        assert arena.copies(IVAN, burst) == 0


async def test_a_move_takes_every_copy_from_the_one_client_to_the_other(arena: Arena) -> None:
    for trial in range(TRIALS):
        burst, answer = await _race(arena, lambda burst: arena.moving.move(1, burst, (2, BODY), arena.ids, arena.now))
        assert arena.copies(PETER, burst) <= (answer in ("cut after", "dead after")), (trial, answer)
        assert arena.copies(PETER, burst) == 0 or await arena.is_unsure(burst), (trial, answer)
        assert arena.copies(IVAN, burst) == 1, (trial, answer)


async def test_a_move_into_the_hidden_stage_ends_hidden_and_with_nobody(arena: Arena) -> None:
    for trial in range(TRIALS):
        burst, answer = await _race(
            arena, lambda burst: arena.moving.move(1, burst, (1, SERVICE), arena.ids, arena.now)
        )
        assert arena.copies(PETER, burst) <= (answer in ("cut after", "dead after")), (trial, answer)
        rows = await arena.database.read(
            sql.rows, "SELECT hidden, stage, hold FROM media WHERE message_id = ?", (burst,)
        )
        assert rows == [(1, "Service", None)], (trial, answer)


async def test_there_and_back_again_leaves_one_copy_where_it_began(arena: Arena) -> None:
    for trial in range(TRIALS):

        async def there_and_back(burst: int) -> None:
            await arena.moving.move(1, burst, (2, BODY), arena.ids, arena.now)
            arena.ids += 1
            await arena.moving.move(1, burst, (1, BODY), arena.ids, arena.now)

        burst, answer = await _race(arena, there_and_back)
        assert arena.copies(PETER, burst) in ((1, 2) if answer in ("cut after", "dead after") else (1,)), (
            trial,
            answer,
        )
        assert arena.copies(IVAN, burst) == 0


async def test_what_was_taken_back_stays_so_in_another_stage_but_goes_to_another_orders_client(arena: Arena) -> None:
    stages = Stages((*STAGES.all, Stage("Issue", "Выдача")), "Service")
    for asked, copies in (((1, stages.all[2].code), 0), ((2, BODY), 1)):
        burst = await arena.shoots()
        await arena.drains()
        await arena.moving.recall(1, burst, arena.ids, arena.now)
        await Moving(arena.database, stages).move(1, burst, asked, arena.ids, arena.now)
        await arena.drains()
        assert (arena.copies(PETER, burst), arena.copies(IVAN, burst)) == (0, copies)


async def _race(arena: Arena, change: Callable[[int], Awaitable[object]]) -> tuple[int, str]:
    """One photo, one send of it, one change at some moment; the burst and what Telegram answered in the race."""
    burst = await arena.shoots()
    moment, answer = arena.random.choice(MOMENTS), arena.random.choice(ANSWERS)
    arena.ids += 1
    if moment == "before the claim":
        await change(burst)
    parcel = await arena.claim(PETER)
    raced = parcel is not None and parcel.op == "send"
    if moment == "before the wire":
        await change(burst)
    outcome: Outcome | None = None
    if parcel is not None:
        is_lost = answer in ("later", "cut before", "dead before", "blocked") and raced
        outcome = None if is_lost else arena.reaches(parcel)
    if moment == "after the wire":
        await change(burst)
    if parcel is not None:
        await _answers(arena, parcel, answer if raced else "sent", outcome)
    if moment == "after the settling":
        await change(burst)
    await arena.drains()
    return burst, answer if raced else "sent"


async def _answers(arena: Arena, parcel: Parcel, answer: str, outcome: Outcome | None) -> None:
    if answer.startswith("dead"):
        await arena.database.write(_recover, arena.now)
    elif answer.startswith("cut"):
        await arena.settle(parcel, Unknown("network"))
    elif answer == "later":
        await arena.settle(parcel, Later(1.0))
    elif answer == "blocked":
        await arena.settle(parcel, Gone("blocked"))
    else:
        assert outcome is not None
        await arena.settle(parcel, outcome)


def _people_and_orders() -> None:
    anna = people.add(address=ANNA, role=Role.EMPLOYEE, name="Анна")
    people.bind(anna.id, "+375291110001", 1, 1)
    for n, address in enumerate((PETER, IVAN), 1):
        client = people.add(address=address)
        phone = f"+37529222000{n}"
        people.bind(client.id, phone, 1, 1)
        people.update(client.id, consent_at=1)
        sql.run(
            "INSERT INTO orders (number_key, number, folder, state, phone) VALUES (?, ?, ?, 'open', ?)",
            (f"A{n}", f"a{n}", f"a{n}", phone),
        )
        confirmations.confirm(n, phone)
    places.enter(anna.id, 1, "Body", 1)
    places.touch(anna.id, 9_000_000_000_000)


def _settle(parcel: Parcel, outcome: Outcome, now: int) -> None:
    settling.settle(parcel, outcome, now)
    apply_waiting(tuple(item.outbox_id for item in parcel.items), now)


def _recover(now: int) -> None:
    apply_waiting(tuple(settling.recover(now)), now)


def _fetched(message_id: int, now: int) -> None:
    for row in sql.rows("SELECT id FROM media WHERE message_id = ?", (message_id,)):
        media.fetched(row[0], 1, "sha", now)


def _fetch_all(now: int) -> None:
    for row in sql.rows("SELECT id FROM media WHERE state = 'wanted'"):
        media.fetched(row[0], 1, "sha", now)
    places.enter(1, 1, "Body", now)
    places.touch(1, 9_000_000_000_000)


def _unblock(now: int) -> None:
    sql.run("UPDATE chats SET blocked_at = NULL, paused_until = NULL")
    sql.run(
        "UPDATE outbox SET state = 'queued', reason = NULL, due_at = ? WHERE reason = 'blocked' AND state = 'held'",
        (now,),
    )


def _has_work() -> bool:
    return sql.row("SELECT 1 FROM outbox WHERE state IN ('queued', 'sending')") is not None
