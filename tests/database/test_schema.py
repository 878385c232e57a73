"""The tables are what the models say, and hold by themselves what may never happen."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from peewee import (
    BigIntegerField,
    BlobField,
    BooleanField,
    Field,
    IntegerField,
    IntegrityError,
    OperationalError,
    SqliteDatabase,
    TextField,
)
from playhouse.migrations import Runner

from database import media, models, sending_models, sql
from database.connection import MIGRATIONS, Database

MIGRATION = MIGRATIONS / "0001_spine.py"
SPINE = import_module("database.migrations.0001_spine")
ROOT = Path(__file__).parent.parent.parent
DEATH = "def _die(now):\n    import os, signal\n    now and os.kill(os.getpid(), signal.SIGKILL)\n"
MIGRATES = """
import sys
from peewee import SqliteDatabase
from playhouse.migrations import Runner
from database.connection import PRAGMAS
dying = SqliteDatabase(sys.argv[1], pragmas=PRAGMAS)
with dying.connection_context():
    Runner(dying, sys.argv[2]).up()
"""
MODELS = [
    each for each in models.Table.__subclasses__() if each.__module__ in (models.__name__, sending_models.__name__)
]
UNIQUE = [
    ("people", "address", "'tg:1'"),
    ("inbox", "update_id, lane, received_at", "7, 'tg:1', 1"),
    ("beats", "name, at", "'a', 1"),
    ("chats", "address", "'tg:1'"),
    ("orders", "number_key, number, folder, state", "'A1', 'a1', 'a1', 'open'"),
    ("bindings", "phone, person_id", "'+375298888808', 1"),
    ("messages", "source_address, source_message_id, author_id, side, kind, at", "'tg:1', 1, 1, 'staff', 'text', 1"),
    ("outbox", "key, kind, state, at", "'k', 'notice', 'queued', 1"),
    ("cases", "client_id, opened_at", "1, 1"),
]


@pytest.fixture
def raw(database: Database) -> Iterator[sqlite3.Connection]:
    """The migrated file as SQLite itself sees it, with somebody and his photo in it."""
    with closing(sqlite3.connect(database.path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = 1")
        yield connection


@pytest.fixture
def photo(raw: sqlite3.Connection) -> sqlite3.Connection:
    raw.execute("INSERT INTO people (id) VALUES (1)")
    raw.execute(
        "INSERT INTO messages (id, source_address, source_message_id, author_id, side, kind, at)"
        " VALUES (1, 'tg:9', 9, 1, 'staff', 'photo', 1)"
    )
    raw.execute("INSERT INTO media (id, message_id, hidden, kind, file_id) VALUES (1, 1, 0, 'photo', 'f')")
    return raw


def delivers(raw: sqlite3.Connection, state: str, hidden: int | None = 0, to_client: int = 1, op: str = "send") -> None:
    raw.execute(
        "INSERT INTO outbox (key, kind, op, to_client, media_id, hidden, state, at)"
        " VALUES ('k', 'delivery', ?, ?, 1, ?, ?, 1)",
        (op, to_client, hidden, state),
    )


def kind_of(field: Field) -> str:
    """The column type that the migrations write for this field."""
    if isinstance(field, TextField):
        return "TEXT"
    if isinstance(field, BlobField):
        return "BLOB"
    if isinstance(field, BigIntegerField):
        return "BIGINT"
    assert isinstance(field, IntegerField | BooleanField), field
    return "INTEGER"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_is_its_table(raw: sqlite3.Connection, model: type[models.Table]) -> None:
    meta = model._meta
    told = raw.execute(f"PRAGMA table_info({meta.table_name})").fetchall()
    table = {name: (kind, bool(not_null or key)) for _, name, kind, not_null, _, key in told}
    fields = {field.column_name: (kind_of(field), not field.null) for field in meta.sorted_fields}
    assert fields == table
    assert {name for _, name, _, _, _, key in told if key} == {field.column_name for field in meta.get_primary_keys()}


@pytest.mark.parametrize(("table", "columns", "values"), UNIQUE, ids=[each[0] for each in UNIQUE])
def test_nothing_is_there_twice(raw: sqlite3.Connection, table: str, columns: str, values: str) -> None:
    raw.execute("INSERT INTO people (id) VALUES (1)")
    raw.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        raw.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})")


@pytest.mark.parametrize(("first", "second"), [("closed", "open"), ("gone", "unreadable"), ("ambiguous", "ambiguous")])
def test_a_number_may_come_again_after_its_order_has_ended(raw: sqlite3.Connection, first: str, second: str) -> None:
    for state in (first, second):
        raw.execute("INSERT INTO orders (number_key, number, folder, state) VALUES ('A1', 'a1', 'a1', ?)", (state,))


def test_a_phone_that_was_given_up_may_be_anothers(raw: sqlite3.Connection) -> None:
    raw.execute("INSERT INTO people (id) VALUES (1), (2)")
    raw.execute("INSERT INTO bindings (phone, person_id, ended_at) VALUES ('+375', 1, 5)")
    raw.execute("INSERT INTO bindings (phone, person_id) VALUES ('+375', 2)")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        raw.execute("UPDATE bindings SET ended_at = NULL WHERE person_id = 1")


@pytest.mark.parametrize("state", ["held", "queued", "sending"])
def test_a_hidden_photo_can_not_be_put_on_its_way_to_a_client(photo: sqlite3.Connection, state: str) -> None:
    photo.execute("UPDATE media SET hidden = 1")
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        delivers(photo, state, hidden=1)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        delivers(photo, state, hidden=0)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        delivers(photo, state, hidden=None)


@pytest.mark.parametrize("state", ["held", "queued", "sending"])
def test_a_photo_on_its_way_to_a_client_can_not_become_hidden(photo: sqlite3.Connection, state: str) -> None:
    delivers(photo, state)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        photo.execute("UPDATE media SET hidden = 1")
    assert photo.execute("SELECT hidden FROM media").fetchall() == [(0,)]


@pytest.mark.parametrize("state", ["sent", "unknown", "refused", "withdrawn", "gone"])
def test_what_is_settled_does_not_start_again_once_hidden(photo: sqlite3.Connection, state: str) -> None:
    delivers(photo, state)
    photo.execute("UPDATE media SET hidden = 1")
    assert photo.execute("SELECT hidden FROM outbox").fetchall() == [(1,)]
    for again in ("held", "queued", "sending"):
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            photo.execute("UPDATE outbox SET state = ?", (again,))


def test_a_copy_of_a_hidden_photo_can_still_be_taken_back(photo: sqlite3.Connection) -> None:
    photo.execute("UPDATE media SET hidden = 1")
    delivers(photo, "queued", hidden=1, op="delete")


def test_the_writer_of_the_program_minds_the_same_rules(database: Database, photo: sqlite3.Connection) -> None:
    delivers(photo, "queued")
    photo.execute("UPDATE media SET hold = 'idle'")
    with pytest.raises((IntegrityError, sqlite3.IntegrityError)):
        database.write_now(media.place, 1, 1, "Service", True, 1, "name.jpg")


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("outbox", "op = 'forward'"),
        ("outbox", "op = NULL"),
        ("outbox", "state = NULL"),
        ("outbox", "kind = 'spam'"),
        ("outbox", "state = 'lost'"),
        ("outbox", "to_client = 2"),
        ("media", "state = 'hidden'"),
        ("media", "hidden = NULL"),
        ("media", "hold = 'mood'"),
        ("people", "role = 5"),
        ("people", "active = 2"),
    ],
)
def test_a_value_that_is_not_listed_is_refused(photo: sqlite3.Connection, table: str, change: str) -> None:
    delivers(photo, "queued")
    with pytest.raises(sqlite3.IntegrityError):
        photo.execute(f"UPDATE {table} SET {change}")


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    looks = []
    for _ in range(2):
        made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
        made.open()
        looks.append(made.read_now(sql.rows, "SELECT name, sql FROM sqlite_master ORDER BY name"))
        made.close()
    assert looks[0] == looks[1] and len(looks[0]) > len(SPINE.TABLES) // 2


@pytest.mark.parametrize("at", range(len(SPINE.TABLES) + 1))
def test_a_migration_that_dies_at_any_statement_leaves_nothing_and_can_be_done_again(tmp_path: Path, at: int) -> None:
    path, folder, loop = tmp_path / "t.sqlite3", tmp_path / "migrations", "for statement in TABLES:"
    deadly = MIGRATION.read_text().replace(loop, f"for statement in (*TABLES[:{at}], 'SELECT a death'):")
    folder.mkdir()
    (folder / MIGRATION.name).write_text(deadly)
    dying = SqliteDatabase(path)
    with dying.connection_context(), pytest.raises(OperationalError, match="no such column"):
        Runner(dying, str(folder)).up()
    with closing(sqlite3.connect(path)) as stranger:
        names = {row[0] for row in stranger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not names & {model._meta.table_name for model in MODELS}
    made = Database(f"sqlite:///{path}")
    made.open()
    assert made.read_now(sql.rows, "SELECT count(*) FROM people") == [(0,)]
    made.close()


@pytest.mark.parametrize("at", range(1, len(SPINE.TABLES), 9))
def test_a_migration_killed_at_any_statement_leaves_nothing_and_can_be_done_again(tmp_path: Path, at: int) -> None:
    path, folder, loop = tmp_path / "t.sqlite3", tmp_path / "migrations", "for statement in TABLES:"
    deadly = MIGRATION.read_text().replace(loop, f"for n, statement in enumerate(TABLES):\n        _die(n == {at})")
    folder.mkdir()
    (folder / MIGRATION.name).write_text(f"{deadly}\n\n{DEATH}")
    died = subprocess.run([sys.executable, "-c", MIGRATES, str(path), str(folder)], cwd=ROOT, check=False)
    assert died.returncode == -9
    with closing(sqlite3.connect(path)) as stranger:
        names = {row[0] for row in stranger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert not names & {model._meta.table_name for model in MODELS}
    made = Database(f"sqlite:///{path}")
    made.open()
    assert made.read_now(sql.rows, "SELECT count(*) FROM people") == [(0,)]
    made.close()
