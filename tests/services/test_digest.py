"""The evening's digest: once a day, at its hour, with what matters in it."""

import json
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from database import cases, conversations, outbox, people, sql
from database.connection import Database
from dealer_bot.domain.people import Role
from dealer_bot.services.digest import Digest

MINSK = ZoneInfo("Europe/Minsk")
HOUR_MS = 3_600_000


def _at(hour: int, minute: int = 0, day: int = 21) -> int:
    """In Minsk, three hours ahead."""
    return int(datetime(2026, 11, day, hour - 3, minute, tzinfo=UTC).timestamp() * 1000)


def _dealership() -> None:
    """Two orders were worked in today; only one client got something. Maria waits for care since 18:00."""
    people.add(address="tg:1", role=Role.ADMIN, name="Олег")
    anna = people.add(address="tg:2", role=Role.EMPLOYEE, name="Анна")
    for number, phone in ((1, "+375291110001"), (2, "+375291110002")):
        client = people.add(address=f"tg:1{number}", name=f"Клиент {number}")
        people.bind(client.id, phone, 1, 1)
        sql.run(
            "INSERT INTO orders (id, number_key, number, folder, state, phone) VALUES (?, ?, ?, ?, 'open', ?)",
            (number, f"A{number}", f"a{number}", f"a{number}", phone),
        )
        said = conversations.add(
            source_address="tg:2",
            source_message_id=number,
            author_id=anna.id,
            side="staff",
            kind="text",
            at=_at(12),
            order_id=number,
            stage="Body",
        )
        way = {"address": f"tg:1{number}", "to_phone": phone, "to_client": True}
        outbox.add_delivery(key=f"k{number}", message_id=said.id, order_id=number, at=_at(12), **way)
    sql.run("UPDATE outbox SET state = 'sent', settled_at = ? WHERE order_id = 1", (_at(12),))
    maria = people.add(address="tg:20", name="Мария")
    cases.opened(maria.id, _at(18))


def _told(database: Database) -> list[dict[str, Any]]:
    rows = database.read_now(sql.rows, "SELECT args FROM outbox WHERE notice = 'digest' ORDER BY id")
    return [json.loads(row[0]) for row in rows]


async def test_it_tells_whose_client_got_nothing_and_who_waits_longest(database: Database) -> None:
    database.write_now(_dealership)
    digest = Digest(database, MINSK, time(20))
    await digest.step(_at(9))
    await digest.step(_at(19, 59))
    assert _told(database) == []
    await digest.step(_at(20))
    await digest.step(_at(20, 1))
    (told,) = _told(database)
    assert (told["quiet"], told["quiet_count"]) == (["a2"], 1)
    assert told["waiting"] == [["Мария", 2 * HOUR_MS, ""]]
    assert told["day"][:4] == [0, 2, 0, 1]


async def test_it_comes_once_a_day_also_after_a_restart_and_late_after_an_outage(database: Database) -> None:
    database.write_now(_dealership)
    await Digest(database, MINSK, time(20)).step(_at(10))
    for now in (_at(20), _at(20, 30), _at(9, day=22), _at(22, 15, day=22), _at(23, day=22)):
        await Digest(database, MINSK, time(20)).step(now)
    assert len(_told(database)) == 2


async def test_a_first_start_in_the_evening_tells_of_no_day_it_has_not_seen(database: Database) -> None:
    database.write_now(_dealership)
    await Digest(database, MINSK, time(20)).step(_at(22))
    await Digest(database, MINSK, time(20)).step(_at(22, 1))
    await Digest(database, MINSK, None).step(_at(21, day=22))
    assert _told(database) == []
