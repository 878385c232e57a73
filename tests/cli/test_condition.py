"""A database that can't serve is refused in one sentence that says what to do, and is left as it is."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from database import beats
from dealer_bot.checks import database
from dealer_bot.store import mounted
from tests.cli.conftest import Dealership

TOKEN = "42:TEST"


@pytest.fixture
def base(dealership: Dealership, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with people in it; the way to Telegram leads nowhere."""
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:1")
    assert dealership.types("users", "add", "--phone", "+375291234500", "--name", "Анна", "--role", "care").code == 0
    with closing(sqlite3.connect(dealership.settings.database_path)) as connection:
        connection.executemany("INSERT INTO audit (who, what, at) VALUES (?, 'x', 1)", [("я" * 200,)] * 500)
        connection.commit()
    return dealership.settings.database_path


def _damage(base: Path) -> None:
    """As a dying disk does it: some pages are noise now, none of those that say what tables there are."""
    data = bytearray(base.read_bytes())
    pages = len(data) // 4096
    for page in range(pages * 2 // 3, pages, 3):
        data[page * 4096 : page * 4096 + 512] = bytes(range(256)) * 2
    base.write_bytes(bytes(data))


def _mounted_over(folder: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of mounts of a machine where this folder is a share."""
    table = folder.parent / "mounts"
    table.write_text(f"/dev/vda1 / ext4 rw 0 0\nserver:/x {folder} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(mounted, "MOUNTS", table)


def test_a_damaged_database_refuses_the_start_names_restore_and_is_left_as_it_is(
    dealership: Dealership, base: Path
) -> None:
    _damage(base)
    before = base.read_bytes()
    said = dealership.types("run")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "повреждена" in said.err and "python -m dealer_bot restore" in said.err
    assert base.read_bytes() == before
    assert base.with_name(f"{base.name}-wal").stat().st_size == 0


def test_a_letter_instead_of_a_database_is_told_by_run_too(dealership: Dealership, base: Path) -> None:
    base.write_bytes(b"this is a letter, not a database, and long enough to be read as one" * 20)
    said = dealership.types("run")
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "restore" in said.err


def test_a_database_of_a_newer_version_is_refused(dealership: Dealership, base: Path) -> None:
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_flying_cars', '2030-01-01')")
        connection.commit()
    said = dealership.types("run")
    assert said.code == 1
    assert "9999_flying_cars" in said.err


def test_another_programs_database_is_refused_and_left_alone(dealership: Dealership, base: Path) -> None:
    base.unlink()
    with closing(sqlite3.connect(base)) as connection:
        connection.execute("CREATE TABLE photos (id)")
        connection.commit()
    said = dealership.types("run")
    assert said.code == 1
    assert "другой программы" in said.err
    with closing(sqlite3.connect(base)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]


@pytest.mark.parametrize("argv", [("run",), ("users", "list"), ("orders",), ("log", "--outside")])
def test_a_database_on_a_network_share_is_refused_by_every_command(
    dealership: Dealership, base: Path, monkeypatch: pytest.MonkeyPatch, argv: tuple[str, ...]
) -> None:
    _mounted_over(base.parent, "nfs4", monkeypatch)
    said = dealership.types(*argv)
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "сетевом диске (nfs4)" in said.err and "DATABASE_URL" in said.err


def test_check_tells_of_both(dealership: Dealership, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _damage(base)
    _mounted_over(base.parent, "cifs", monkeypatch)
    found = list(database.look(dealership.settings))
    assert len(found) == 2
    out = dealership.types("check").out
    assert all(each.russian in out for each in found)


def test_a_good_database_has_nothing_told_of_it(dealership: Dealership, base: Path) -> None:
    assert list(database.look(dealership.settings)) == []


def test_another_bots_token_is_refused_since_its_messages_have_the_numbers_of_the_formers(
    dealership: Dealership, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A photo under a number that is known counts as handed in before: it would be lost without a word."""
    dealership.writes(beats.remember_bot, 41, 1)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    said = dealership.types("run")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert "его номер 41" in said.err and "DATABASE_URL" in said.err
    dealership.writes(beats.remember_bot, 42, 2)
    assert list(database.look(replace(dealership.settings, bot_token=TOKEN))) == []
