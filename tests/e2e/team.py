"""Three employees, each in an order of his own; three clients; an administrator who is told."""

from dataclasses import dataclass

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership

TEAM = {
    "a00017701": ("Анна", "+375291112201", "Пётр", "+375298888801"),
    "a00017702": ("Борис", "+375291112202", "Ольга", "+375298888802"),
    "a00017703": ("Вера", "+375291112203", "Иван", "+375298888803"),
}


@dataclass(slots=True)
class Worker:
    """An employee; `card` is the message whose buttons lead to other stages."""

    person: PersonClient
    card: int
    stage: str = "Acceptance"


@dataclass(frozen=True, slots=True)
class Team:
    admin: PersonClient
    workers: dict[str, Worker]
    clients: dict[str, PersonClient]


async def moves_in(dealership: Dealership) -> Team:
    """Everybody is connected and in his place; the bot runs and is at rest."""
    for number, (_, _, _, phone) in TEAM.items():
        dealership.add_order(number, phone)
    await dealership.begins()
    admin = await dealership.staff("Мария", "+375291112200", "admin")
    workers, clients = {}, {}
    for number, (employee, his_phone, client, phone) in TEAM.items():
        person = await dealership.staff(employee, his_phone)
        clients[number] = await dealership.client(client, phone, number)
        workers[number] = Worker(person, await dealership.enters(person, number))
    await dealership.settles()
    return Team(admin, workers, clients)
