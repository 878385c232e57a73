"""A backup is whole and for its owner alone; what is put back does nothing a second time."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from database import beats, inbox, outbox, people, sql
from database.backups import copy
from database.connection import Database
from database.exclusive import Exclusive
from dealer_bot.domain.people import Role
from dealer_bot.domain.visits import Received
from tests.cli.conftest import Dealership

PETERS, PETER, OLGA, ANNA = "+375298888808", "tg:10", "tg:11", "tg:12"


@pytest.fixture
def base(dealership: Dealership) -> Path:
    """A dealership with an admin, an employee, a client, and something on its way to each."""
    dealership.writes(_furnish)
    return dealership.settings.database_path


def _furnish() -> None:
    people.add(address="tg:9", role=Role.ADMIN)
    people.add(address=ANNA, role=Role.EMPLOYEE)
    peter = people.add(address=PETER)
    people.bind(peter.id, PETERS, 1, 1)
    sql.run("INSERT INTO orders (id, number_key, number, folder, state) VALUES (1, 'A1', 'a1', 'a1', 'open')")
    sql.run(
        "INSERT INTO messages (id, source_address, source_message_id, order_id, author_id, side, kind, at)"
        " VALUES (1, ?, 5, 1, 2, 'staff', 'text', 1)",
        (ANNA,),
    )
    sql.run("INSERT INTO places (person_id, order_id, stage, since_at, active_at) VALUES (2, 1, 'Body', 1, 1)")
    sql.run("INSERT INTO screens (address, slot, subject, dirty_at, pinned) VALUES (?, 'pin', '', 1, 1)", (ANNA,))
    for key, state, op in (("a", "queued", "send"), ("b", "held", "send"), ("c", "sending", "edit")):
        outbox.add_delivery(key=key, message_id=1, order_id=1, at=1, address=PETER, to_client=True, state=state, op=op)
    outbox.add_delivery(key="d", message_id=1, order_id=1, at=1, address=PETER, to_client=True, op="delete")
    outbox.add_prompt(key="p", address=ANNA, body="[]", at=1)
    inbox.receive([Received(1, PETER, "{}")], 1)


def _rows(base: Path, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(base)) as connection:
        return connection.execute(statement).fetchall()


def test_a_backup_made_while_others_write_is_one_moment_of_the_database(
    dealership: Dealership, base: Path, tmp_path: Path
) -> None:
    stop, wrote = Event(), Event()
    database = Database(dealership.settings.database_url)
    database.open()

    def writes() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            database.write_now(lambda at=number: (beats.beat("first", at), beats.beat("second", at)))
            wrote.set()

    writer = Thread(target=writes)
    writer.start()
    try:
        for number in range(5):
            wrote.clear()
            assert wrote.wait(30)
            assert dealership.types("backup", str(tmp_path / f"{number}.sqlite3")).code == 0
    finally:
        stop.set()
        writer.join()
        database.close()
    seen = [
        _rows(tmp_path / f"{n}.sqlite3", "SELECT at FROM beats WHERE name IN ('first', 'second')") for n in range(5)
    ]
    assert all(first == second for first, second in seen)
    assert len({pair[0] for pair in seen}) > 1


def test_a_backup_is_one_file_for_its_owner_alone(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    file = tmp_path / "copies" / "b.sqlite3"
    said = dealership.types("backup", str(file))
    assert said.code == 0 and str(file) in said.out
    assert [path.name for path in file.parent.iterdir()] == ["b.sqlite3"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_replaced(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("yesterday")
    said = dealership.types("backup", str(file))
    assert (said.code, said.err.count("\n"), file.read_text()) == (1, 1, "yesterday")


def test_a_damaged_database_makes_no_backup(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    data = bytearray(base.read_bytes())
    for page in range(3, len(data) // 4096):
        data[page * 4096 : page * 4096 + 300] = b"\xa5" * 300
    base.write_bytes(bytes(data))
    said = dealership.types("backup", str(tmp_path / "b.sqlite3"))
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "повреждён" in said.err or "malformed" in said.err
    assert not (tmp_path / "b.sqlite3").exists()


@pytest.mark.parametrize("argv", [("backup", "{}/no folder/b"), ("restore", "{}/no file")])
def test_what_can_not_be_read_or_written_is_one_line(
    dealership: Dealership, base: Path, tmp_path: Path, argv: tuple[str, str]
) -> None:
    said = dealership.types(argv[0], argv[1].format(tmp_path))
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize("place", ["{}/letter/b.sqlite3", "{}/folder"])
def test_where_no_database_can_be_a_backup_is_not_put_back(
    dealership: Dealership, base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    dealership.types("backup", str(tmp_path / "b"))
    (tmp_path / "letter").write_text("not a folder")
    (tmp_path / "folder" / "inside").mkdir(parents=True)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///" + place.format(tmp_path))
    for argv in (("restore", str(tmp_path / "b")), ("users", "list")):
        said = dealership.types(*argv)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
        assert "DATABASE_URL" in said.err, "and what to change"
    assert (tmp_path / "folder" / "inside").is_dir()


@pytest.mark.parametrize("kind", ["letter", "empty", "foreign", "newer", "damaged"])
def test_what_is_no_backup_of_ours_is_not_put_back(
    dealership: Dealership, base: Path, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "b.sqlite3"
    dealership.types("backup", str(file))
    if kind in ("letter", "empty"):
        file.write_bytes(b"a letter, long enough to be read as a database\n" * 50 if kind == "letter" else b"")
    elif kind == "damaged":
        data = bytearray(file.read_bytes())
        data[8192:12288] = b"\xa5" * 4096
        file.write_bytes(bytes(data))
    else:
        with closing(sqlite3.connect(file)) as connection:
            if kind == "foreign":
                connection.execute("DROP TABLE schema_migration")
            else:
                connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_x', '2030-01-01')")
            connection.commit()
    before = base.read_bytes()
    said = dealership.types("restore", str(file))
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)
    assert base.read_bytes() == before
    assert not list(base.parent.glob("*before-restore*")) and not list(base.parent.glob("*.restoring*"))


def test_nothing_is_put_back_under_a_running_bot(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    before = base.read_bytes()
    with Exclusive(base):
        said = dealership.types("restore", str(tmp_path / "b.sqlite3"))
    assert said.code == 1 and "остановите" in said.err
    assert base.read_bytes() == before


def test_what_was_on_its_way_waits_for_people_and_admins_are_told(
    dealership: Dealership, base: Path, tmp_path: Path
) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    dealership.types("users", "add", "--phone", "+375291112299", "--name", "Новая", "--role", "care")
    said = dealership.types("restore", str(tmp_path / "b.sqlite3"))
    assert said.code == 0 and "users list" in said.out
    states = dict(_rows(base, "SELECT key, state FROM outbox WHERE kind <> 'alert'"))
    assert states == {"a": "unknown", "b": "unknown", "c": "unknown", "d": "queued", "p": "withdrawn"}
    assert _rows(base, "SELECT state, error FROM inbox") == [("dead", "restored")]
    assert _rows(base, "SELECT * FROM places") == _rows(base, "SELECT * FROM screens") == []
    ((address, notice, args),) = _rows(base, "SELECT address, notice, args FROM outbox WHERE kind = 'alert'")
    assert (address, notice) == ("tg:9", "alert-restored")
    told = json.loads(str(args))
    assert (told["deliveries"], told["updates"], told["questions"]) == (3, 1, 0)
    assert not [row for row in _rows(base, "SELECT name FROM people") if row[0] == "Новая"]


def test_the_database_that_was_there_is_kept_beside(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    dealership.types("users", "add", "--phone", "+375291112299", "--name", "Новая", "--role", "care")
    dealership.types("restore", str(tmp_path / "b.sqlite3"))
    (aside,) = base.parent.glob("*.before-restore-*")
    assert ("Новая",) in _rows(aside, "SELECT name FROM people")


def test_a_damaged_database_is_replaced_and_its_leftovers_are_not_played_into_the_new_one(
    dealership: Dealership, base: Path, tmp_path: Path
) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    with closing(sqlite3.connect(base)) as dying:
        dying.execute("UPDATE people SET name = 'призрак'")
        dying.commit()
        wal = base.with_name(f"{base.name}-wal").read_bytes()
    base.write_bytes(b"\xa5" * base.stat().st_size)
    base.with_name(f"{base.name}-wal").write_bytes(wal)
    assert dealership.types("restore", str(tmp_path / "b.sqlite3")).code == 0
    (aside,) = base.parent.glob("*.before-restore-*-wal")
    assert aside.read_bytes() == wal
    assert ("призрак",) not in _rows(base, "SELECT name FROM people")
    assert len(_rows(base, "SELECT name FROM people")) == 3
    assert dealership.types("users", "list").code == 0


def test_what_kept_the_bot_from_people_since_then_still_does(
    dealership: Dealership, base: Path, tmp_path: Path
) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    dealership.writes(_later)
    said = dealership.types("restore", str(tmp_path / "b.sqlite3"))
    assert "чей номер подтвердил другой" in said.out
    assert _rows(base, "SELECT phone FROM bindings WHERE ended_at IS NULL") == []
    assert _rows(base, f"SELECT active FROM people WHERE address = '{ANNA}'") == [(0,)]
    assert _rows(base, f"SELECT paused_at FROM people WHERE address = '{PETER}'") == [(77,)]
    assert _rows(base, "SELECT count(*) FROM outbox WHERE recalled_at IS NOT NULL") == [(4,)]
    assert (99, "done") in _rows(base, "SELECT update_id, state FROM inbox")


def test_a_level_that_was_taken_away_since_then_stays_away_but_for_the_last_admin(
    dealership: Dealership, base: Path, tmp_path: Path
) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    dealership.writes(lambda: sql.run("UPDATE people SET role = CASE WHEN address = ? THEN 1 ELSE 3 END", (PETER,)))
    dealership.types("restore", str(tmp_path / "b.sqlite3"))
    assert _rows(base, "SELECT address, role FROM people ORDER BY id") == [("tg:9", 1), (ANNA, 3), (PETER, 3)]


def _later() -> None:
    olga = people.add(address=OLGA)
    people.bind(olga.id, PETERS, 2, 2)
    sql.run("UPDATE outbox SET recalled_at = ? WHERE key = 'a'", (2**60,))
    for address, columns in ((ANNA, {"active": False}), (PETER, {"paused_at": 77})):
        person = people.by_address(address)
        assert person is not None
        people.update(person.id, **columns)
    inbox.receive([Received(99, PETER, "{}")], 2**60)


def test_files_that_the_backup_does_not_know_are_kept_aside(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    spool = dealership.settings.spool_dir
    spool.mkdir()
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    (spool / "41").write_bytes(b"shot after the backup")
    said = dealership.types("restore", str(tmp_path / "b.sqlite3"))
    (aside,) = tmp_path.glob("spool.before-restore-*")
    assert str(aside) in said.out
    assert [each.read_bytes() for each in aside.iterdir()] == [b"shot after the backup"]


def test_a_database_that_is_gone_comes_back(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    dealership.types("backup", str(tmp_path / "b.sqlite3"))
    base.unlink()
    assert dealership.types("restore", str(tmp_path / "b.sqlite3")).code == 0
    assert len(_rows(base, "SELECT name FROM people")) == 3


def test_a_plain_copy_of_a_stopped_database_may_be_put_back_too(
    dealership: Dealership, base: Path, tmp_path: Path
) -> None:
    (tmp_path / "b.sqlite3").write_bytes(base.read_bytes())
    said = dealership.types("restore", str(tmp_path / "b.sqlite3"))
    assert said.code == 0 and "неизвестного времени" in said.out


def test_copying_needs_no_right_to_write_to_a_backup(dealership: Dealership, base: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "b.sqlite3", tmp_path / "again"
    dealership.types("backup", str(file))
    before = file.read_bytes()
    copy(file, again)
    assert file.read_bytes() == before
