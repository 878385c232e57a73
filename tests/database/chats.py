"""A dealership of rows, for tests of what may go to whom and when."""

from dataclasses import dataclass
from typing import Any

import pytest

from database import claims, outbox, settling, sql
from database.claims import Wait
from database.connection import Database
from dealer_bot.domain.parcels import Outcome, Parcel

NOW = 1_795_000_000_000
PHONE, OTHER = "+375298888808", "+375297777777"
PETER, IVAN, ANNA, VERA, ADMIN = "tg:10", "tg:11", "tg:20", "tg:21", "tg:30"

PEOPLE = ((1, PETER, 3), (2, IVAN, 3), (3, ANNA, 2), (4, VERA, 4), (5, ADMIN, 1))


@dataclass
class Chats:
    """A dealership of rows: one order of Peter's, one of Ivan's, and the chats around them."""

    database: Database
    last: int = 0

    def does(self, statement: str, *values: object) -> int:
        return self.database.write_now(sql.run, statement, values)

    def asks(self, statement: str, *values: object) -> list[sql.Row]:
        return self.database.read_now(sql.rows, statement, values)

    def delivers(
        self, kind: str = "photo", at: int = NOW, order: int = 1, album: str | None = None, **row: object
    ) -> int:
        """A message of Anna's on its way to the client; returns its row in the outbox."""
        return self.database.write_now(self._delivers, kind, at, order, album, row)

    def _delivers(self, kind: str, at: int, order: int, album: str | None, row: dict[str, object]) -> int:
        self.last += 1
        message_id = sql.insert(
            "INSERT INTO messages (source_address, source_message_id, order_id, author_id, side, kind, text, stage, at,"
            " album_key, burst_id) VALUES (?, ?, ?, 3, 'staff', ?, 'words', 'Body', ?, ?, 1)",
            (ANNA, self.last, order, kind, at, album),
        )
        media_id = None
        if kind != "text":
            media_id = sql.insert(
                "INSERT INTO media (message_id, order_id, hidden, kind, file_id) VALUES (?, ?, 0, ?, ?)",
                (message_id, order, kind, f"file-{self.last}"),
            )
        hidden = None if media_id is None else False
        given: dict[str, Any] = {"address": PETER, "to_phone": PHONE, "to_client": True, "media_id": media_id} | row
        key = f"k{self.last}"
        outbox.add_delivery(key=key, message_id=message_id, order_id=order, at=at, hidden=hidden, **given)
        return int((sql.row("SELECT max(id) FROM outbox") or (0,))[0])

    def prompts(self, expires_at: int) -> int:
        return self.does(
            "INSERT INTO outbox (key, kind, address, body, state, at, expires_at)"
            " VALUES ('p', 'prompt', ?, '[]', 'queued', 0, ?)",
            *(PETER, expires_at),
        )

    def claims(self, at: int = NOW, address: str = PETER) -> Parcel | Wait | None:
        return self.database.write_now(claims.claim, address, at)

    def takes(self, at: int = NOW, address: str = PETER) -> tuple[int, ...]:
        """The rows of the parcel that goes now; none where the chat waits."""
        parcel = self.claims(at, address)
        return tuple(item.outbox_id for item in parcel.items) if isinstance(parcel, Parcel) else ()

    def settles(self, outcome: Outcome, at: int = NOW) -> Parcel:
        parcel = self.claims(at)
        assert isinstance(parcel, Parcel)
        self.database.write_now(settling.settle, parcel, outcome, at)
        return parcel

    def state(self, row_id: int) -> tuple[str, str | None]:
        ((state, reason),) = self.asks("SELECT state, reason FROM outbox WHERE id = ?", row_id)
        return state, reason


@pytest.fixture
def chats(database: Database) -> Chats:
    made = Chats(database)
    for person in PEOPLE:
        made.does("INSERT INTO people (id, address, role, consent_at) VALUES (?, ?, ?, 1)", *person)
    made.does("INSERT INTO bindings (phone, person_id, proved_at) VALUES (?, 1, 1), (?, 2, 1)", PHONE, OTHER)
    for order_id, phone in ((1, PHONE), (2, PHONE), (3, OTHER)):
        made.does(
            "INSERT INTO orders (id, number_key, number, folder, state, phone, confirmed_phone)"
            " VALUES (?, ?, '', '', 'open', ?, ?)",
            *(order_id, f"a{order_id}", phone, phone),
        )
    return made
