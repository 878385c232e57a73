"""A dealership's folders and the index over them, looked at by a clock that the test moves."""

import json
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo

from database import orders
from database.connection import Database
from dealer_bot.domain.orders import OrderChange, WorkOrder
from dealer_bot.services.index_writing import OnChange
from dealer_bot.services.indexing import Indexer
from dealer_bot.services.lookup import Lookup

PHONE, OTHER_PHONE = "+375298888808", "+375297777777"


class Dealership:
    """`told`: what the index told of, in order; `hear` hears it first. `now` moves by looks that come later or last."""

    def __init__(self, base: Path, now: int) -> None:
        self.root, self.base, self.now = base / "store", base, now
        self.root.mkdir(exist_ok=True)
        self.database = Database(f"sqlite:///{base}/t.sqlite3")
        self.database.open()
        self.told: list[OrderChange] = []
        self.hear: OnChange = lambda _changes, _now: None
        self.look_takes_ms = 0
        self.start()

    def start(self) -> None:
        """As after a restart: nothing remembered but the database."""
        zone = ZoneInfo("Europe/Minsk")
        self.indexer = Indexer(self.database, self.root, "closed", "BY", zone, 30, self._clock, self._hear)
        self.lookup = Lookup(self.database, self.indexer)

    def _clock(self) -> int:
        """Asked when a look begins and when it ends."""
        self.now += self.look_takes_ms
        return self.now

    def _hear(self, changes: list[OrderChange], now: int) -> None:
        self.hear(changes, now)
        self.told.extend(changes)

    def close(self) -> None:
        self.indexer.close()
        self.database.close()

    def put(self, name: str = "a00017732", phone: str | None = PHONE, **fields: object) -> Path:
        card = {"phone": phone} | fields if phone else fields
        return self.write(name, json.dumps(card, ensure_ascii=False).encode())

    def write(self, name: str, card: bytes | None, spelling: str = "content.txt") -> Path:
        folder = self.root / name
        folder.mkdir(exist_ok=True)
        if card is not None:
            (folder / spelling).write_bytes(card)
        return folder

    def rename(self, name: str, other: str) -> None:
        (self.root / name).rename(self.root / other)

    def remove(self, name: str) -> None:
        shutil.rmtree(self.root / name)

    async def look(self, after_ms: int = 0) -> list[str]:
        """One look; what it told, as `kind number`."""
        self.now += after_ms
        return [f"{change.kind} {change.after.number}" for change in await self.indexer.step(self.now)]

    async def rest(self) -> list[str]:
        """Looks until every card that was moving has come to rest."""
        return [told for _ in range(4) for told in await self.look(2000)]

    def order(self, number: str = "A00017732") -> WorkOrder:
        found = self.database.read_now(orders.order_by_key, number)
        assert found is not None
        return found

    def orders(self) -> dict[str, tuple[str, str | None]]:
        """State and reason of every order, by folder."""
        return {order.folder: (order.state, order.reason) for order in self.database.read_now(orders.listed)}
