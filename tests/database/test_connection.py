"""One way into the database: whole or not at all, in order, and never on the event loop."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from database import beats, people, sql
from database.connection import Database, DatabaseAway
from database.exclusive import Exclusive

OTHER_PROCESS = """
import sys
from database import beats
from database.connection import Database
made = Database(f"sqlite:///{sys.argv[1]}")
made.open()
for n in range(200):
    made.write_now(beats.beat, f"other {n}", n)
made.close()
"""
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def full(database: Database) -> Iterator[Database]:
    """A database that has no room for more than a few pages."""
    database.write_now(lambda: sql.run("CREATE TABLE ballast (bytes BLOB)"))
    ((pages,),) = database.read_now(sql.rows, "PRAGMA page_count")
    database.write_now(lambda: sql.row(f"PRAGMA max_page_count = {pages + 4}"))
    yield database


def kept(database: Database) -> set[str]:
    return {row[0] for row in database.read_now(sql.rows, "SELECT name FROM beats")}


def fails() -> None:
    beats.beat("undone", 1)
    raise ValueError("mine")


def fills() -> None:
    beats.beat("undone", 1)
    sql.run("INSERT INTO ballast VALUES (zeroblob(1000000))")


async def together(database: Database, *jobs: object) -> list[object]:
    """All in one batch: handed in while the writer is kept busy."""
    gate, entered = Event(), Event()
    busy = asyncio.ensure_future(database.write(lambda: (entered.set(), gate.wait())))
    await asyncio.to_thread(entered.wait)
    under_way = [asyncio.ensure_future(database.write(job)) for job in jobs]  # type: ignore[arg-type]
    await asyncio.sleep(0)
    gate.set()
    await busy
    return await asyncio.gather(*under_way, return_exceptions=True)


async def test_a_job_that_fails_takes_nobody_with_it(database: Database) -> None:
    outcomes = await together(database, lambda: beats.beat("a", 1), fails, lambda: beats.beat("b", 1))
    assert outcomes[0] is None and isinstance(outcomes[1], ValueError) and outcomes[2] is None
    assert kept(database) == {"a", "b"}


async def test_a_full_disk_voids_the_batch_and_loses_only_the_job_that_found_no_room(full: Database) -> None:
    runs: list[str] = []

    def small(name: str) -> str:
        runs.append(name)
        beats.beat(name, 1)
        return name

    outcomes = await together(full, lambda: small("a"), fills, lambda: small("b"))
    assert outcomes[0] == "a" and isinstance(outcomes[1], DatabaseAway) and outcomes[2] == "b"
    assert kept(full) == {"a", "b"}
    assert runs == ["a", "a", "b"], "each job of a void batch runs again, alone"


async def test_after_a_full_disk_writing_goes_on(full: Database) -> None:
    with pytest.raises(DatabaseAway):
        await full.write(fills)
    await full.write(beats.beat, "later", 1)
    assert kept(full) == {"later"}


async def test_a_job_that_swallows_the_full_disk_does_not_count_as_done(full: Database) -> None:
    def swallows() -> None:
        try:
            fills()
        except Exception:
            beats.beat("by itself", 1)

    first, second = await together(full, lambda: beats.beat("a", 1), swallows)
    assert first is None and isinstance(second, Exception)
    assert "a" in kept(full) and "undone" not in kept(full)


async def test_a_mistake_in_sql_is_not_taken_for_an_absent_database(database: Database) -> None:
    good, bad = await together(database, lambda: beats.beat("a", 1), lambda: sql.run("INSERT INTO nowhere VALUES (1)"))
    assert good is None and isinstance(bad, Exception) and not isinstance(bad, DatabaseAway)
    assert kept(database) == {"a"}


async def test_a_query_on_the_event_loop_raises(database: Database) -> None:
    with pytest.raises(sql.NotHere):
        sql.rows("SELECT 1")
    with pytest.raises(Exception, match=r"not.*open"):
        people.Person.select().execute()


async def test_readers_can_not_write(database: Database) -> None:
    with pytest.raises(Exception, match="readonly"):
        await database.read(beats.beat, "a", 1)
    assert kept(database) == set()


async def test_a_job_sees_what_it_wrote_itself(database: Database) -> None:
    assert await database.write(lambda: people.by_id(people.add(name="Анна").id)) is not None


async def test_a_read_sees_one_moment(database: Database) -> None:
    begun, go_on = Event(), Event()

    def looks_twice() -> tuple[int, int]:
        first = len(sql.rows("SELECT 1 FROM beats"))
        begun.set()
        go_on.wait()
        return first, len(sql.rows("SELECT 1 FROM beats"))

    looking = asyncio.ensure_future(database.read(looks_twice))
    await asyncio.to_thread(begun.wait)
    await database.write(beats.beat, "a", 1)
    go_on.set()
    assert await looking == (0, 0)


async def test_jobs_run_in_the_order_they_were_handed_in(database: Database) -> None:
    ran: list[int] = []
    await asyncio.gather(*(database.write(ran.append, n) for n in range(300)))
    assert ran == list(range(300))


async def test_what_write_promises_is_on_disk_when_it_returns(database: Database) -> None:
    await database.write(beats.beat, "a", 1)
    with closing(sqlite3.connect(database.path)) as stranger:
        assert stranger.execute("SELECT name FROM beats").fetchall() == [("a",)]
    assert database.write_now(lambda: sql.row("PRAGMA synchronous")) == (2,)


async def test_a_cancelled_wait_hurts_nobody(database: Database) -> None:
    waiting = [asyncio.ensure_future(database.write(beats.beat, f"n{n}", n)) for n in range(100)]
    await asyncio.sleep(0)
    for task in waiting[::2]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await database.write(beats.beat, "last", 1)
    assert {f"n{n}" for n in range(1, 100, 2)} | {"last"} <= kept(database)


def test_a_closed_database_is_one_file(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    made.open()
    made.write_now(beats.beat, "a", 1)
    assert kept(made) == {"a"}
    made.close()
    assert [path.name for path in tmp_path.iterdir()] == ["t.sqlite3"]


def test_a_new_database_is_its_owners_alone_to_read(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    made.open()
    made.write_now(beats.beat, "a", 1)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}, "and what SQLite puts beside it"
    made.close()


async def test_closing_finishes_what_was_handed_in(tmp_path: Path) -> None:
    made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    made.open()
    under_way = [asyncio.ensure_future(made.write(beats.beat, f"n{n}", n)) for n in range(200)]
    await asyncio.sleep(0)
    await asyncio.to_thread(made.close)
    await asyncio.gather(*under_way)
    with closing(sqlite3.connect(made.path)) as stranger:
        assert stranger.execute("SELECT count(*) FROM beats").fetchone() == (200,)


async def test_sixty_four_writers_and_their_readers_never_meet_a_lock(database: Database) -> None:
    async def works(writer: int) -> None:
        for n in range(5):
            await database.write(beats.beat, f"{writer}-{n}", n)
            await database.read(sql.rows, "SELECT count(*) FROM beats")

    await asyncio.gather(*(works(writer) for writer in range(64)))
    assert len(kept(database)) == 320


async def test_another_process_may_write_at_the_same_time(database: Database) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, str(database.path)], cwd=ROOT, stderr=subprocess.PIPE
    )
    n = 0
    while other.poll() is None:
        await database.write(beats.beat, f"own {n}", n)
        n += 1
    _, complaint = other.communicate()
    assert (other.returncode, complaint) == (0, b"")
    assert len(kept(database)) == 200 + n and n > 20


async def test_nobody_writes_between_what_a_job_reads_and_what_it_writes(database: Database) -> None:
    refused: list[str] = []

    def reads_then_writes() -> None:
        assert sql.rows("SELECT count(*) FROM beats") == [(0,)]
        with closing(sqlite3.connect(database.path, timeout=0, isolation_level=None)) as stranger:
            try:
                stranger.execute("INSERT INTO beats (name, at) VALUES ('stranger', 1)")
            except sqlite3.OperationalError as error:
                refused.append(str(error))
        beats.beat("own", 1)

    await database.write(reads_then_writes)
    assert refused == ["database is locked"]
    assert kept(database) == {"own"}


async def test_a_lock_that_stays_is_told_as_an_absent_database(database: Database) -> None:
    await database.write(lambda: sql.row("PRAGMA busy_timeout = 50"))
    with closing(sqlite3.connect(database.path, isolation_level=None)) as stranger:
        stranger.execute("BEGIN IMMEDIATE")
        writes = (database.write(beats.beat, name, 1) for name in "ab")
        outcomes = await asyncio.gather(*writes, return_exceptions=True)
        assert all(isinstance(each, DatabaseAway) for each in outcomes)
        stranger.execute("ROLLBACK")
    await database.write(beats.beat, "c", 1)
    assert kept(database) == {"c"}


def test_a_lock_that_cannot_be_written_is_not_taken_for_another_bot(tmp_path: Path) -> None:
    with pytest.raises(DatabaseAway), Exclusive(tmp_path / "missing" / "t.sqlite3"):
        pass
