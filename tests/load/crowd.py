"""Who is there: employees who shoot, employees who search, clients of theirs, and clients who only look in."""

import asyncio
from dataclasses import dataclass, field

from database import people
from database.connection import Database
from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import STAGES, Dealership

SHOOTERS, SEARCHERS, VISITORS = 60, 20, 60
OPEN = ("Acceptance", "Body")


@dataclass(slots=True)
class Shooter:
    """An employee in an order; `buttons`: the data of his card's stages."""

    person: PersonClient
    client: PersonClient
    number: str
    card: int = 0
    stage: str = "Acceptance"
    buttons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Crowd:
    shooters: list[Shooter]
    searchers: list[PersonClient]
    visitors: list[PersonClient]

    @property
    def staff(self) -> list[PersonClient]:
        return [*(shooter.person for shooter in self.shooters), *self.searchers]

    @property
    def clients(self) -> list[PersonClient]:
        return [*(shooter.client for shooter in self.shooters), *self.visitors]


async def gathers(dealership: Dealership) -> Crowd:
    """Everybody is on record and connected; the bot runs, the shooters are in their orders, and it is at rest."""
    crowd = await _come(dealership)
    await asyncio.to_thread(_write_down, dealership, crowd)
    for each in (*crowd.staff, *crowd.clients):
        await each.starts()
    await dealership.begins(forked=False)
    await dealership.settles(60)
    await asyncio.gather(*(_enters(dealership, shooter) for shooter in crowd.shooters))
    await dealership.settles(60)
    return crowd


async def _come(dealership: Dealership) -> Crowd:
    shooters = []
    for n in range(SHOOTERS):
        number = _number(n)
        dealership.add_order(number, _phone(8, n))
        person = await dealership.tg.person(f"Мастер {n}", phone=_phone(1, n))
        client = await dealership.tg.person(f"Клиент {n}", phone=_phone(8, n))
        dealership.expects(client, number)
        shooters.append(Shooter(person, client, number))
    searchers = [await dealership.tg.person(f"Приёмщик {n}", phone=_phone(2, n)) for n in range(SEARCHERS)]
    visitors = [await dealership.tg.person(f"Гость {n}", phone=_phone(7, n)) for n in range(VISITORS)]
    return Crowd(shooters, searchers, visitors)


def _write_down(dealership: Dealership, crowd: Crowd) -> None:
    """As the command line and their own contacts would have."""
    database = Database(f"sqlite:///{dealership.database}")
    database.open()
    database.write_now(_add, crowd.staff, Role.EMPLOYEE)
    database.write_now(_add, crowd.clients, Role.CLIENT)
    database.close()


def _add(several: list[PersonClient], role: Role) -> None:
    for each in several:
        assert each.phone is not None
        person = people.add(address=f"tg:{each.id}", role=role, name=each.name)
        people.update(person.id, consent_at=1)
        people.bind(person.id, each.phone, 1, 1)


async def _enters(dealership: Dealership, shooter: Shooter) -> None:
    shooter.card = await dealership.enters(shooter.person, shooter.number)
    card = next(message for message in await shooter.person.chat() if message.id == shooter.card)
    for stage in OPEN:
        button = card.button(STAGES[stage])
        assert button is not None and button.data is not None
        shooter.buttons[stage] = button.data


def _number(n: int) -> str:
    return f"a{17700 + n:08}"


def _phone(kind: int, n: int) -> str:
    return f"+37529{kind}{n:06}"
