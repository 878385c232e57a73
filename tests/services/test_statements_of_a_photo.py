"""What a photo costs the database on its way from the inbox to the client and the folder."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from database import claims, confirmations, media, people, places, settling, sql
from database.connection import Database
from dealer_bot.domain.messages import Handed
from dealer_bot.domain.parcels import Fetched, Parcel, Sent
from dealer_bot.domain.people import Role
from dealer_bot.domain.stages import Stage, Stages
from dealer_bot.domain.visits import Received, Said
from dealer_bot.services import fetches, keeper
from dealer_bot.services.intake import Intake
from dealer_bot.services.turns import Turns

BUDGET = {"receive": 1, "accept": 8, "finish": 2, "fetched": 2, "claim": 4, "sent": 4, "kept": 2}
PHONE, NOW, SECOND = "+375298888808", 1_795_000_000_000, 1_000
FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


class Counted:
    """A dealership where Anna shoots for Peter; `ran`: the statements of the writer by step."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(f"sqlite:///{folder}/t.sqlite3")
        self.database.open()
        self.author_id = self.database.write_now(_opened)
        stages = Stages((Stage("Body", "Кузов"), Stage("Service", "Сервис")), "Service")
        self.intake = Intake(self.database, stages, ZoneInfo("Europe/Minsk"), 7200)
        self.turns = Turns(self.database, 1)
        self.ran: dict[str, list[str]] = {}
        self._statements: list[str] = []
        self.database.write_now(lambda: sql._connection().set_trace_callback(self._statements.append))

    def step(self, name: str) -> None:
        """All that ran since the last step belongs to this one."""
        self.ran[name] = [one for one in self._statements if not one.startswith(FRAME)]
        self._statements.clear()

    async def shoot(self, n: int) -> None:
        """The whole way of one photo."""
        now = NOW + n * SECOND
        await self.turns.receive([Received(n, "tg:1", "{}")], now)
        self.step("receive")
        visit = await self.turns.next("tg:1")
        assert visit is not None
        photo = Handed("tg:1", 100 + n, "photo", file_id=f"f{n}", size=1000, extension=".jpg", unique_id=f"u{n}")
        await self.intake.accept(self.author_id, photo, visit.inbox_id, now)
        self.step("accept")
        await self.turns.finish(visit, Said(), now)
        self.step("finish")
        await self.database.write(fetches.record_fetched, n, Fetched(1000, "sha"), now)
        self.step("fetched")
        parcel = await self.database.write(claims.claim, "tg:2", now)
        assert isinstance(parcel, Parcel)
        self.step("claim")
        await self.database.write(settling.settle, parcel, Sent((500 + n,)), now)
        self.step("sent")
        (shelf,) = await self.database.read(media.to_shelve, now, 10, ())
        await self.database.write(keeper._record_kept, shelf, [], now)
        self.step("kept")


def _opened() -> int:
    anna = people.add(address="tg:1", name="Анна", role=Role.EMPLOYEE)
    peter = people.add(address="tg:2", name="Пётр")
    people.bind(peter.id, PHONE, NOW, NOW)
    people.update(peter.id, consent_at=NOW)
    columns = "INSERT INTO orders (number_key, number, folder, state, phone) VALUES ('A1', 'a1', 'a1', 'open', ?)"
    order_id = sql.insert(columns, (PHONE,))
    confirmations.confirm(order_id, PHONE)
    places.enter(anna.id, order_id, "Body", NOW)
    return anna.id


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Counted]:
    made = Counted(tmp_path)
    yield made
    made.database.close()


async def test_a_photo_in_the_middle_of_a_burst_stays_within_its_budget(counted: Counted) -> None:
    for n in (1, 2, 3):
        await counted.shoot(n)
    assert {step: len(ran) for step, ran in counted.ran.items()} == BUDGET, counted.ran


async def test_a_replayed_photo_reads_once_and_writes_nothing(counted: Counted) -> None:
    await counted.shoot(1)
    photo = Handed("tg:1", 101, "photo", file_id="f1", size=1000, extension=".jpg", unique_id="u1")
    taken = await counted.intake.accept(counted.author_id, photo, 1, NOW + SECOND)
    counted.step("replay")
    assert taken.message_id == 1
    assert [one.split()[0] for one in counted.ran["replay"]] == ["SELECT"]
