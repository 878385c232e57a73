"""A backup in the middle of a burst, more work, a death, a restore: no client sees anything twice."""

import asyncio
import json
from collections import Counter
from pathlib import Path

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.e2e.process import command
from tests.history import under_way

ORDER, PETERS, ANNAS, ADMINS = "a00017732", "+375298888808", "+375291112233", "+375291112200"


async def _works(dealership: Dealership, anna: PersonClient, peter: PersonClient, times: int, name: str) -> None:
    for number in range(times):
        await dealership.shoots(anna, ORDER)
        await dealership.writes(anna, ORDER, f"Скол {name} № {number}.")
        await dealership.answers(peter, anna, f"Вижу {name} № {number}.")
        await asyncio.sleep(0.01)


def _seen(dealership: Dealership) -> Counter[tuple[int, str]]:
    """How often each thing handed in was put into a chat."""
    calls = [entry for entry in dealership.server.journal.entries if entry.accepted and entry.method.startswith("send")]
    words = [each.words for each in dealership.handed if each.words]
    found: Counter[tuple[int, str]] = Counter()
    for call in calls:
        chat = int(call.params["chat_id"])
        found.update((chat, sha256) for sha256 in call.sha256)
        found.update((chat, text) for text in words if text in str(call.params.get("text", "")))
    return found


async def test_after_a_restore_nothing_is_sent_to_anybody_again(dealership: Dealership, tmp_path: Path) -> None:
    dealership.add_order(ORDER, PETERS)
    await dealership.begins()
    admin = await dealership.staff("Мария", ADMINS, "admin")
    anna = await dealership.staff("Анна", ANNAS)
    peter = await dealership.client("Пётр", PETERS, ORDER)
    await dealership.enters(anna, ORDER)
    await dealership.tg.fault("sendPhoto", times=None, probability=0.5, slow=0.2)
    backup = str(tmp_path / "backup.sqlite3")
    working = asyncio.create_task(_works(dealership, anna, peter, 12, "до копии"))
    await command(dealership.environment, "backup", backup)
    await working
    await _works(dealership, anna, peter, 12, "после копии")
    await dealership.until(lambda: not under_way(dealership.evidence()))
    await dealership.is_killed()
    before = _seen(dealership)
    files = sorted(path.name for path in (dealership.store / ORDER / "Acceptance").iterdir())

    told = await command(dealership.environment, "restore", backup)
    assert "users list" in told
    await dealership.begins()
    await admin.sees("восстановлена из копии")
    await dealership.settles()
    assert _seen(dealership) == before
    assert max(before.values()) == 1
    assert sorted(path.name for path in (dealership.store / ORDER / "Acceptance").iterdir()) == files

    asked = await anna.says("Где я?")
    await anna.sees("заказ-наряд", after=asked.id)
    await dealership.enters(anna, ORDER)
    await dealership.writes(anna, ORDER, "Машина готова.")
    await peter.sees("Машина готова.")
    await dealership.settles()
    assert (await dealership.stops())[0] == 0
    assert _seen(dealership) == before + Counter({(peter.id, "Машина готова."): 1})
    journal = (dealership.store / ORDER / ".dealer_bot" / "media.jsonl").read_text(encoding="utf-8")
    assert sorted(Path(json.loads(line)["file"]).name for line in journal.splitlines()) == files
