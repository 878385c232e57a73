"""What people do, at an even pace and in a mix that is the same for the same seed."""

import asyncio
import itertools
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from dealer_bot.sandbox import PersonClient
from dealer_bot.sandbox.blobs import Blob
from dealer_bot.sandbox.pictures import plain_jpeg
from tests.e2e.dealership import STAGES, Dealership
from tests.evidence import Handed
from tests.load.crowd import OPEN, Crowd, Shooter

PHOTO_BYTES = 300_000
EVERY_S = 0.02
"""50 updates a second."""


@dataclass(frozen=True, slots=True)
class Question:
    """An update that asks for words of the bot in its own chat: `words` are in each answer of this kind."""

    chat: int
    kind: str
    words: str
    update_id: int
    query_id: str = ""


@dataclass(slots=True)
class Traffic:
    """`late_s`: by how much the crowd itself fell behind its pace; a slow machine, not a slow bot."""

    dealership: Dealership
    crowd: Crowd
    chance: random.Random
    questions: list[Question] = field(default_factory=list)
    photos: int = 0
    updates: int = 0
    late_s: float = 0.0
    _turns: dict[int, Iterator[int]] = field(default_factory=lambda: defaultdict(itertools.count))
    """Each searcher looks at all orders before one comes again: a card that is still to be shown is shown once."""

    async def flows(self, for_s: float) -> None:
        started = time.monotonic()
        acts = self._acts()
        for number in range(int(for_s / EVERY_S)):
            due_s = started + number * EVERY_S - time.monotonic()
            self.late_s = max(self.late_s, -due_s)
            await asyncio.sleep(max(0.0, due_s))
            self.chance.choice(acts)()

    def _acts(self) -> list[Callable[[], None]]:
        """A fifth are photos."""
        return (
            [self._shoots] * 4
            + [self._writes] * 4
            + [self._answers] * 4
            + [self._changes_stage] * 3
            + [
                self._searches,
                self._searches,
                self._searches,
                self._looks_in,
                self._asks_for_help,
            ]
        )

    def _act(self, person: PersonClient, act: str, **how: object) -> dict[str, object]:
        """Straight into the server: fifty requests a second of our own would be load of another kind."""
        people = self.dealership.server.people
        self.updates += 1
        told: dict[str, object] = getattr(people, act)(people.world.people[person.id], **how)
        return told

    def _ask(self, person: PersonClient, kind: str, words: str, query_id: str = "") -> None:
        last = self.dealership.server.world.updates.last_id
        self.questions.append(Question(person.id, kind, words, last, query_id))

    def _shoots(self) -> None:
        shooter = self._shooter()
        start = plain_jpeg(f"shot {self.photos}")
        blob = Blob(start + self.chance.randbytes(PHOTO_BYTES - len(start)))
        self.dealership.server.people.blobs[blob.sha256] = blob
        folder = f"{shooter.number}/{shooter.stage}"
        self._hand_in(Handed(shooter.person.id, folder, shooter.client.id, sha256=blob.sha256))
        self._act(shooter.person, "shoots", sha256=blob.sha256)
        self.photos += 1

    def _writes(self) -> None:
        self.writes(self._shooter())

    def writes(self, shooter: Shooter) -> None:
        """A word to the client, by which he learns whom he answers."""
        words = self._words("Нашли ещё один скол")
        self._hand_in(Handed(shooter.person.id, None, shooter.client.id, words=words))
        self._act(shooter.person, "says", text=words)

    def _answers(self) -> None:
        shooter = self._shooter()
        words = self._words("Когда забирать?")
        self._hand_in(Handed(shooter.client.id, None, shooter.person.id, words=words))
        self._act(shooter.client, "says", text=words)
        self._ask(shooter.client, "passed on", "Передано: ")

    def _changes_stage(self) -> None:
        shooter = self._shooter()
        shooter.stage = self.chance.choice(OPEN)
        pressed = self._act(shooter.person, "presses", message_id=shooter.card, data=shooter.buttons[shooter.stage])
        self._ask(shooter.person, "stage", f"{STAGES[shooter.stage]}. Снимайте", str(pressed["query_id"]))

    def _searches(self) -> None:
        searcher = self.chance.choice(self.crowd.searchers)
        order = self.crowd.shooters[next(self._turns[searcher.id]) % len(self.crowd.shooters)].number
        self._act(searcher, "says", text=f"/order {order}")
        self._ask(searcher, f"card {order}", f"Заказ-наряд {order}")

    def _looks_in(self) -> None:
        visitor = self.chance.choice(self.crowd.visitors)
        self._act(visitor, "starts")
        self._ask(visitor, "start", "Здравствуйте!")

    def _asks_for_help(self) -> None:
        visitor = self.chance.choice(self.crowd.visitors)
        self._act(visitor, "says", text="/help")
        self._ask(visitor, "help", "/language — выбрать язык.")

    def _hand_in(self, handed: Handed) -> None:
        self.dealership.handed.append(handed)

    def _shooter(self) -> Shooter:
        return self.chance.choice(self.crowd.shooters)

    def _words(self, start: str) -> str:
        return f"{start} №{len(self.dealership.handed):06};"
