"""The log of changes speaks of people and orders, in the reader's language, whatever was changed."""

import re
from datetime import UTC

from database import audit, people, sql
from database.connection import Database
from dealer_bot.bot.admin.people_texts import audit_text
from dealer_bot.bot.texts import LANGUAGES, texts
from tests.bot.test_texts import CODE

COLUMNS = {"role", "name", "active"}
RECORDS = re.compile(r"\b_?record\(\s*[^,()]+,\s*\"(\w+)\"")


def _recorded() -> set[str]:
    """What the code writes down, by the second argument of `record`."""
    return {what for path in CODE for what in RECORDS.findall(path.read_text(encoding="utf-8"))}


def test_everything_that_is_written_down_has_a_word() -> None:
    recorded = _recorded() | COLUMNS
    assert {"moved", "recalled", "hired"} <= recorded
    for language in LANGUAGES:
        assert [what for what in recorded if not texts(language).has(f"audit-{what}")] == []


def _happened() -> None:
    people.add(address="tg:1", name="Анна")
    people.add(name="Борис")
    for number in (1, 2):
        columns = "INSERT INTO orders (id, number_key, number, folder, state) VALUES (?, ?, ?, ?, 'open')"
        sql.run(columns, (number, f"A{number}", f"a000{number}", f"a000{number}"))
    for what, whom, before, after in (
        ("moved", "1", "Body", "a0002/Issue"),
        ("retried", "2", None, "3"),
        ("released", "2", None, "4"),
        ("name", "person:2", "Боря", "Борис"),
    ):
        people.record("tg:1", what, whom, before, after, 0)
    people.record("restore", "restored", None, None, "2026", 0)


def test_it_names_orders_and_people_and_no_rows(database: Database) -> None:
    database.write_now(_happened)
    told = audit_text(database.read_now(audit.lines, None, 10, 0), UTC, texts("ru"))
    assert told.split("\n\n")[1:] == [
        "01.01.1970 00:00 · командная строка\nбаза восстановлена: 2026",
        "01.01.1970 00:00 · Анна\nимя: Борис: Боря → Борис",
        "01.01.1970 00:00 · Анна\nснятое отправлено позднему клиенту: a0002: 4",
        "01.01.1970 00:00 · Анна\nотправлено ещё раз: a0002: 3",
        "01.01.1970 00:00 · Анна\nперенесено: a0001: Body → a0002/Issue",
    ]
