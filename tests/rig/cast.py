"""The people of the flows, and what they do that leaves more to be judged than a photo or a text."""

import hashlib
from dataclasses import replace

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import STAGES, Dealership
from tests.evidence import Handed, files_in_stages

ORDER, PETERS, ANNAS, MARIAS = "a00017732", "+375298888808", "+375291112233", "+375291112200"
PATIENCE_S = 60
"""People wait for as long as a bot may be dead, and a little longer."""


class Cast:
    """Maria, an administrator; Anna, who works in an order; Peter, whose car it is. The bot runs while they move in."""

    maria: PersonClient
    anna: PersonClient
    peter: PersonClient
    card: int
    """The message in Anna's chat whose buttons lead into the stages of Peter's order."""

    def __init__(self, house: Dealership) -> None:
        self.house = house
        self._spares = 0
        self._words = 0

    async def moves_in(self) -> None:
        self.house.add_order(ORDER, PETERS)
        await self.house.begins()
        self.maria = await self.house.staff("Мария", MARIAS, "admin")
        self.anna = await self.house.staff("Анна", ANNAS)
        self.peter = await self.house.client("Пётр", PETERS, ORDER)
        self.card = await self.house.enters(self.anna, ORDER)
        self._is_in(self.anna, ORDER, "Acceptance")
        await self.house.settles()

    def words(self, about: str) -> str:
        """Words that nobody has said yet."""
        self._words += 1
        return f"{about} {self._words:04d}"

    def next_spare(self) -> tuple[str, str]:
        """An order nobody has worked in yet, and its phone; see `add_spares`."""
        self._spares += 1
        return spare(self._spares)

    async def enters(self, number: str, stage: str = "Acceptance") -> int:
        """Anna, by the exact number; the id of the card."""
        asked = await self.anna.says(f"/order {number}")
        card = await self.anna.sees("Выберите стадию", PATIENCE_S, after=asked.id)
        await self.goes_to(number, stage, card.id)
        return card.id

    async def goes_to(self, number: str, stage: str, card: int) -> None:
        """Anna, by a button of a card."""
        await self.anna.presses(STAGES[stage], on=card)
        self._is_in(self.anna, number, stage)
        await self.anna.sees(f"{number}, {STAGES[stage]}. Снимайте", PATIENCE_S, after=card)

    async def edits(self, person: PersonClient, message_id: int, newest: str) -> None:
        """What this person handed in last is written anew."""
        last = self.house.handed[-1]
        self.house.handed[-1] = replace(last, words=newest, older=(last.words, *last.older))
        await person.edits(message_id, newest)

    async def answers(self, words: str) -> None:
        """Peter, in words."""
        self.house.handed.append(Handed(self.peter.id, None, self.anna.id, words=words, along=ORDER))
        await self.peter.says(words)

    async def answers_with_a_photo(self) -> None:
        picture = self.house.picture()
        sha256 = hashlib.sha256(picture).hexdigest()
        self.house.handed.append(Handed(self.peter.id, f"{ORDER}/Client", self.anna.id, sha256=sha256, along=ORDER))
        await self.peter.shoots(picture)

    async def newcomer(self, name: str, phone: str, number: str) -> PersonClient:
        """The client of an order, with an account but not with the bot."""
        person = await self.house.tg.person(name, phone=phone)
        self.house.phones.append(phone)
        self.house.expects(person, number)
        return person

    async def connects(self, person: PersonClient) -> None:
        """He is greeted before anything else reaches him."""
        assert person.phone is not None
        greeting = f"…{person.phone[-4:-2]}-{person.phone[-2:]} подтверждён"
        self.house.handed.append(Handed(person.id, None, person.id, words=greeting, opens=True))
        self.house.bound[person.phone] = person.id
        await person.starts()
        await person.shares_contact()

    def closes(self, number: str) -> str:
        """1C puts the mark at the end of the folder's name; how the folder is called now."""
        folder = self.house.store / f"{number} closed"
        (self.house.store / number).rename(folder)
        self.house.closed[folder.name] = files_in_stages(folder)
        self.house.moved(number, folder.name)
        return folder.name

    def _is_in(self, person: PersonClient, number: str, stage: str) -> None:
        self.house.places[person.id] = (number, stage)


def spare(number: int) -> tuple[str, str]:
    """An order and its phone, of which no two end in the same four digits."""
    return f"b{number:08d}", f"+37529700{number:04d}"


async def add_spares(house: Dealership, count: int, phone: str | None = None) -> None:
    """Orders for flows that use up one each time; all of one phone, or each of its own."""
    for number in range(1, count + 1):
        house.add_order(spare(number)[0], phone or spare(number)[1])
    await house.knows_all_orders()
