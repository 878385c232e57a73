"""One way in: a writer thread with group commit and a few readers. A query anywhere else raises."""

import asyncio
import contextlib
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
from dealer_bot.kill_points import committed

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


_Outcome = tuple[Any, BaseException | None]


class _Job:
    """`loop`: whose future it is; None for a program without an event loop."""

    __slots__ = ("fn", "future", "loop")

    def __init__(
        self,
        fn: Callable[[], Any],
        future: "Future[Any] | asyncio.Future[Any]",
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.fn, self.future, self.loop = fn, future, loop

    def settle(self, outcome: _Outcome) -> None:
        result, failure = outcome
        if self.future.done():
            return  # nobody waits any more
        if failure is None:
            self.future.set_result(result)
        else:
            self.future.set_exception(failure)


class Database:
    """A SQLite file in WAL mode: `write` and `read` run one synchronous function as one whole transaction."""

    def __init__(self, url: str) -> None:
        scheme, _, path = url.partition(":///")
        if scheme != "sqlite" or not path:
            raise ValueError("DATABASE_URL: sqlite:///path expected")
        self.path = Path(path)
        # Each thread uses its own connection alone; those of the readers are closed by whoever ends their threads.
        self._db = SqliteDatabase(path, pragmas=PRAGMAS, autoconnect=False, check_same_thread=False)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._writer: Thread | None = None
        self._readers: ThreadPoolExecutor | None = None
        self._reading: list[sqlite3.Connection] = []

    def open(self) -> None:
        """Bring the schema up to date, then start the threads. Raises DatabaseAway."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):  # what it is, the opening will say
            self.path.touch(mode=0o600, exist_ok=False)  # its owner's alone to read, as what SQLite puts beside it
        database_proxy.initialize(self._db)
        try:
            with self._db.connection_context():
                Runner(self._db, str(MIGRATIONS)).up()
        except OperationalError as error:
            raise _translated(error) from error
        self._writer = Thread(target=self._write_forever, name="db-writer", daemon=True)
        self._writer.start()
        self._readers = ThreadPoolExecutor(READERS, "db-reader")

    def close(self) -> None:
        """Finish what was handed in, then let go of the file: the last to close leaves all of it in one piece."""
        if self._readers is not None:
            self._readers.shutdown(wait=True)
            self._readers = None
            while self._reading:
                self._reading.pop().close()
        if self._writer is not None:
            self._jobs.put(None)
            self._writer.join()
            self._writer = None

    async def write(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn` in a transaction of its own, committed on return. Raises DatabaseAway."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._submit(_Job(partial(fn, *args, **kwargs), future, loop))
        result = await future
        committed(fn)
        return result

    async def read(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn` on one snapshot; it can't write. Raises DatabaseAway."""
        assert self._readers is not None
        return await asyncio.get_running_loop().run_in_executor(
            self._readers, self._snapshot, partial(fn, *args, **kwargs)
        )

    def write_now(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`write` for programs without an event loop."""
        future: Future[T] = Future()
        self._submit(_Job(partial(fn, *args, **kwargs), future))
        return future.result()

    def read_now(self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`read` for programs without an event loop."""
        assert self._readers is not None
        return self._readers.submit(self._snapshot, partial(fn, *args, **kwargs)).result()

    def _submit(self, job: _Job) -> None:
        if self._writer is None:
            raise DatabaseAway("closed")
        self._jobs.put(job)

    def _raw(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._db.connection()  # type: ignore[no-untyped-call]
        return connection

    def _connected(self) -> sqlite3.Connection:
        """This thread's connection, opened when it is needed: a file that can't be opened now may be soon."""
        self._db.connect(reuse_if_open=True)
        return self._raw()

    def _reader(self) -> sqlite3.Connection:
        if not self._db.is_closed():
            return self._raw()
        connection = self._connected()
        try:
            connection.execute("PRAGMA query_only = 1")
        except sqlite3.Error:
            self._db.close()
            raise
        self._reading.append(connection)
        return connection

    def _snapshot(self, fn: Callable[[], T]) -> T:
        try:
            connection = self._reader()
            connection.execute("BEGIN")
            try:
                return fn()
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")
        except (OperationalError, sqlite3.OperationalError) as error:
            raise _translated(error) from error

    def _write_forever(self) -> None:
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
            self._commit([job for job in batch if not job.future.cancelled()])
        self._db.close()

    def _commit(self, jobs: list[_Job]) -> None:
        try:
            outcomes = self._run_batch(self._connected(), jobs)
        except BaseException as error:
            self._roll_back()
            if len(jobs) == 1:
                _tell(jobs, [(None, _translated(error))])
                return
            for job in jobs:
                self._commit([job])
            return
        _tell(jobs, outcomes)

    def _roll_back(self) -> None:
        """A connection that can't even do this is let go of: the next job opens another."""
        try:
            if not self._db.is_closed() and self._raw().in_transaction:
                self._raw().execute("ROLLBACK")
        except sqlite3.Error:
            self._db.close()

    def _run_batch(self, connection: sqlite3.Connection, jobs: list[_Job]) -> list[_Outcome]:
        outcomes: list[_Outcome] = []
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


def _tell(jobs: list[_Job], outcomes: list[_Outcome]) -> None:
    """One wake of an event loop for a whole batch."""
    settled = list(zip(jobs, outcomes, strict=True))
    for loop in {job.loop for job in jobs}:
        own = [(job, outcome) for job, outcome in settled if job.loop is loop]
        if loop is None:
            _settle(own)
            continue
        with contextlib.suppress(RuntimeError):  # a loop that is closed waits for nothing
            loop.call_soon_threadsafe(_settle, own)


def _settle(settled: list[tuple[_Job, _Outcome]]) -> None:
    for job, outcome in settled:
        job.settle(outcome)


def _translated(error: BaseException) -> BaseException:
    cause = error if isinstance(error, sqlite3.OperationalError) else error.__cause__ or error.__context__
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    return DatabaseAway(str(error)) if code in _PASSING else error
