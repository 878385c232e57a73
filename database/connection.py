"""One way in: a writer thread with group commit and a few readers. A query anywhere else raises."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, ParamSpec, TypeVar

from peewee import OperationalError, SqliteDatabase
from playhouse.migrations import Runner

from database.models import database_proxy

P = ParamSpec("P")
T = TypeVar("T")

BATCH = 64
READERS = 4
MIGRATIONS = Path(__file__).parent / "migrations"
PRAGMAS = {"journal_mode": "wal", "synchronous": "full", "foreign_keys": 1, "busy_timeout": 10_000, "temp_store": 2}
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_NOMEM,
}


class DatabaseAway(Exception):
    """The database is locked, full or out of reach: wait and try again, nothing was written."""


class _Void(Exception):
    """The transaction of a batch ended inside a job: nothing of the batch was written."""


class _Job:
    __slots__ = ("fn", "future")

    def __init__(self, fn: Callable[[], Any]) -> None:
        self.fn = fn
        self.future: Future[Any] = Future()


class Database:
    """A SQLite file in WAL mode: `write` and `read` run one synchronous function as one whole transaction."""

    def __init__(self, url: str) -> None:
        scheme, _, path = url.partition(":///")
        if scheme != "sqlite" or not path:
            raise ValueError("DATABASE_URL: sqlite:///path expected")
        self.path = Path(path)
        self._db = SqliteDatabase(path, pragmas=PRAGMAS, autoconnect=False)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._writer: Thread | None = None
        self._readers: ThreadPoolExecutor | None = None

    def open(self) -> None:
        """Bring the schema up to date, then start the threads."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        database_proxy.initialize(self._db)
        with self._db.connection_context():
            Runner(self._db, str(MIGRATIONS)).up()
        self._writer = Thread(target=self._write_forever, name="db-writer", daemon=True)
        self._writer.start()
        self._readers = ThreadPoolExecutor(READERS, "db-reader", initializer=self._open_reader)

    def close(self) -> None:
        """Finish what was handed in, then let go of the file."""
        if self._readers is not None:
            for _ in range(READERS):
                self._readers.submit(self._close_reader)
            self._readers.shutdown(wait=True)
            self._readers = None
        if self._writer is not None:
            self._jobs.put(None)
            self._writer.join()
            self._writer = None

    async def write(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn` in a transaction of its own, committed on return. Raises DatabaseAway."""
        done: T = await asyncio.wrap_future(self._submit(partial(fn, *args, **kwargs)))
        return done

    async def read(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn` on one snapshot; it can't write. Raises DatabaseAway."""
        assert self._readers is not None
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, self._snapshot, partial(fn, *args, **kwargs)
        )

    def write_now(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`write` for programs without an event loop."""
        done: T = self._submit(partial(fn, *args, **kwargs)).result()
        return done

    def read_now(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for programs without an event loop."""
        assert self._readers is not None
        return self._readers.submit(self._snapshot, partial(fn, *args, **kwargs)).result()

    def _submit(self, fn: Callable[[], T]) -> Future[T]:
        if self._writer is None:
            raise DatabaseAway("closed")
        job = _Job(fn)
        self._jobs.put(job)
        return job.future

    def _raw(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._db.connection()  # type: ignore[no-untyped-call]
        return connection

    def _open_reader(self) -> None:
        self._db.connect(reuse_if_open=True)
        self._raw().execute("PRAGMA query_only = 1")

    def _close_reader(self) -> None:
        self._db.close()

    def _snapshot(self, fn: Callable[[], T]) -> T:
        connection = self._raw()
        try:
            connection.execute("BEGIN")
            return fn()
        except (OperationalError, sqlite3.OperationalError) as error:
            raise _translated(error) from error
        finally:
            if connection.in_transaction:
                connection.execute("COMMIT")

    def _write_forever(self) -> None:
        self._db.connect()
        while (job := self._jobs.get()) is not None:
            batch = [job]
            while len(batch) < BATCH:
                try:
                    following = self._jobs.get_nowait()
                except Empty:
                    break
                if following is None:
                    self._jobs.put(None)
                    break
                batch.append(following)
            self._commit([job for job in batch if job.future.set_running_or_notify_cancel()])
        self._db.close()

    def _commit(self, jobs: list[_Job]) -> None:
        connection = self._raw()
        try:
            outcomes = self._run_batch(connection, jobs)
        except BaseException as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if len(jobs) == 1:
                jobs[0].future.set_exception(_translated(error))
                return
            for job in jobs:
                self._commit([job])
            return
        for job, (result, failure) in zip(jobs, outcomes, strict=True):
            if failure is None:
                job.future.set_result(result)
            else:
                job.future.set_exception(failure)

    def _run_batch(self, connection: sqlite3.Connection, jobs: list[_Job]) -> list[tuple[Any, BaseException | None]]:
        outcomes: list[tuple[Any, BaseException | None]] = []
        connection.execute("BEGIN IMMEDIATE")
        for job in jobs:
            connection.execute("SAVEPOINT job")
            try:
                outcomes.append((job.fn(), None))
            except (OperationalError, sqlite3.OperationalError):
                raise  # SQLITE_FULL and its like end the whole transaction, silently: the batch is void
            except Exception as failure:
                outcomes.append((None, failure))
                if connection.in_transaction:
                    connection.execute("ROLLBACK TO job")
            if not connection.in_transaction:
                raise _Void("the transaction ended inside a job")
            connection.execute("RELEASE job")
        connection.execute("COMMIT")
        return outcomes


def _translated(error: BaseException) -> BaseException:
    cause = error if isinstance(error, sqlite3.OperationalError) else error.__cause__ or error.__context__
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return DatabaseAway(str(error)) if code in _PASSING else error
