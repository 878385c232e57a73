"""The list of attention words follows its file, also when the database can't be written at that moment."""

from pathlib import Path

import pytest

from database import people, sql
from database.connection import Database, DatabaseAway
from dealer_bot.domain.people import Role
from dealer_bot.services.attention import Attention

NOON = 1_800_000_000_000


@pytest.fixture
def database(database: Database) -> Database:
    database.write_now(people.add, address="tg:1", role=Role.ADMIN)
    return database


def _told(database: Database) -> list[str]:
    return [row[0] for row in database.read_now(sql.rows, "SELECT notice FROM outbox ORDER BY id")]


async def test_that_a_mended_list_counts_again_is_told_though_the_database_was_away_when_it_was_read(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "attention_words.py"
    file.write_text("ATTENTION_WORDS = [")
    attention = Attention(database, file, lambda: NOON)
    for _ in range(2):
        await attention.step(NOON)
    assert _told(database) == ["alert-attention"]
    file.write_text('ATTENTION_WORDS = ["плох"]', encoding="utf-8")
    await attention.step(NOON)
    database.close()
    with pytest.raises(DatabaseAway):
        await attention.step(NOON)
    database.open()
    await attention.step(NOON)
    assert _told(database) == ["alert-attention", "alert-attention-read"]
    assert attention.words == ("плох",)
