"""Files on their way from Telegram to the spool and on to the order's folder."""

from dataclasses import dataclass

from database import sql


@dataclass(frozen=True, slots=True)
class Wanted:
    """To be fetched into the spool."""

    id: int
    file_id: str
    size: int | None
    author_id: int
    tries: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """Fetched, and where it is to stand."""

    id: int
    message_id: int
    name: str
    stage: str
    sha256: str
    size: int
    order_id: int
    folder: str
    order_state: str
    tries: int
    moved_from: str | None = None


def add(
    *,
    message_id: int,
    order_id: int | None,
    stage: str | None,
    hidden: bool,
    seq: int | None,
    name: str | None,
    kind: str,
    file_id: str,
    size: int | None,
    hold: str | None,
    version: int = 0,
    unique_id: str | None = None,
) -> int:
    return sql.insert(
        "INSERT INTO media (message_id, version, order_id, stage, hidden, seq, name, kind, file_id, size, hold,"
        " unique_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (message_id, version, order_id, stage, int(hidden), seq, name, kind, file_id, size, hold, unique_id),
    )


def next_seq(order_id: int, stage: str) -> int:
    """The next free number of a stage, from 1."""
    found = sql.row("SELECT max(seq) FROM media WHERE order_id = ? AND stage = ?", (order_id, stage))
    return (found[0] or 0) + 1 if found else 1


ANY_SIZE = (0, 2**62)


def wanted(
    now: int,
    limit: int,
    busy: tuple[int, ...],
    authors: tuple[int, ...] = (),
    sizes: tuple[int, int] = ANY_SIZE,
) -> list[Wanted]:
    """Due for fetching, oldest first; those under way, and all of some authors, left out. `sizes`: least and most."""
    found = sql.rows(
        "SELECT d.id, d.file_id, d.size, m.author_id, d.tries FROM media d JOIN messages m ON m.id = d.message_id"
        f" WHERE d.state = 'wanted' AND d.due_at <= ? AND d.id NOT IN ({sql.marks(busy)})"
        f" AND m.author_id NOT IN ({sql.marks(authors)}) AND coalesce(d.size, 0) BETWEEN ? AND ? ORDER BY d.id LIMIT ?",
        (now, *busy, *authors, *sizes, limit),
    )
    return [Wanted(*row) for row in found]


def to_shelve(now: int, limit: int, busy: tuple[int, ...], sizes: tuple[int, int] = ANY_SIZE) -> list[Shelf]:
    """Fetched, not held, due: oldest first. `sizes`: least and most."""
    found = sql.rows(
        "SELECT d.id, d.message_id, d.name, d.stage, d.sha256, d.size, o.id, o.folder, o.state,"
        " d.tries, d.moved_from FROM media d JOIN orders o ON o.id = d.order_id"
        " WHERE d.state = 'fetched' AND d.hold IS NULL AND d.due_at <= ?"
        f" AND d.id NOT IN ({sql.marks(busy)}) AND coalesce(d.size, 0) BETWEEN ? AND ? ORDER BY d.id LIMIT ?",
        (now, *busy, *sizes, limit),
    )
    return [Shelf(*row) for row in found]


def fetched(media_id: int, size: int, sha256: str, now: int) -> None:
    """T3: whole in the spool; its deliveries may go."""
    sql.run(
        "UPDATE media SET state = 'fetched', size = ?, sha256 = ?, tries = 0, due_at = 0, error = NULL"
        " WHERE id = ? AND state = 'wanted'",
        (size, sha256, media_id),
    )
    release(media_id, now)


def too_big(media_id: int, now: int) -> None:
    """Never to be fetched; what goes by file id may go."""
    sql.run("UPDATE media SET state = 'too_big' WHERE id = ? AND state = 'wanted'", (media_id,))
    release(media_id, now)


def lost(media_id: int, error: str, now: int) -> None:
    """Telegram no longer has it; the copy by file id is still tried."""
    sql.run("UPDATE media SET state = 'lost', error = ? WHERE id = ? AND state = 'wanted'", (error, media_id))
    release(media_id, now)


def release(media_id: int, now: int) -> None:
    """Deliveries that waited for the file alone may go; without an address they wait for the client instead."""
    sql.run(
        "UPDATE outbox SET state = CASE WHEN address IS NULL THEN 'held' ELSE 'queued' END,"
        " reason = CASE WHEN address IS NULL THEN 'not_connected' END, due_at = ?"
        " WHERE media_id = ? AND state = 'held' AND reason = 'media'",
        (now, media_id),
    )


_AS_IT_WAS = "id = ? AND state = 'fetched' AND order_id = ? AND stage = ? AND name = ? AND moved_from IS ?"
"""The row still says what the shelver read: it was not moved meanwhile."""


def _was(shelf: Shelf) -> tuple[object, ...]:
    return shelf.id, shelf.order_id, shelf.stage, shelf.name, shelf.moved_from


def kept(shelf: Shelf) -> bool:
    """T4: under its final name in the order's folder; False if it has to go somewhere else by now."""
    return (
        sql.run(f"UPDATE media SET state = 'kept', error = NULL, moved_from = NULL WHERE {_AS_IT_WAS}", _was(shelf))
        == 1
    )


def hold(shelf: Shelf, reason: str) -> bool:
    return sql.run(f"UPDATE media SET hold = ? WHERE {_AS_IT_WAS}", (reason, *_was(shelf))) == 1


def rename(shelf: Shelf, seq: int, name: str) -> None:
    sql.run(f"UPDATE media SET seq = ?, name = ? WHERE {_AS_IT_WAS}", (seq, name, *_was(shelf)))


def count_anew(media_id: int, error: str) -> None:
    """What ended in this error was another matter."""
    sql.run("UPDATE media SET tries = 0 WHERE id = ? AND error = ?", (media_id, error))


def put_off(media_id: int, due_at: int, error: str) -> None:
    sql.run("UPDATE media SET tries = tries + 1, due_at = ?, error = ? WHERE id = ?", (due_at, error, media_id))


def unmarked(state: str) -> bool:
    """Whether people have yet to be told of some file that it waits."""
    found = sql.row("SELECT 1 FROM media WHERE state = ? AND hold IS NULL AND error IS NULL LIMIT 1", (state,))
    return found is not None


def mark(state: str, error: str) -> list[int]:
    """All files of a state wait for this; their messages."""
    which = "WHERE state = ? AND hold IS NULL AND error IS NOT ?"
    found = sql.rows(f"SELECT message_id FROM media {which}", (state, error))
    sql.run(f"UPDATE media SET error = ? {which}", (error, state, error))
    return [row[0] for row in found]


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A line of media.jsonl, so that the folder explains itself without the bot."""

    file: str
    who: str
    at: int
    caption: str
    sha256: str


def journal(order_id: int) -> list[JournalLine]:
    found = sql.rows(
        "SELECT d.stage || '/' || d.name, coalesce(p.name, ''), m.at, m.text, d.sha256 FROM media d"
        " JOIN messages m ON m.id = d.message_id JOIN people p ON p.id = m.author_id"
        " WHERE d.order_id = ? AND d.state = 'kept' ORDER BY d.id",
        (order_id,),
    )
    return [JournalLine(*row) for row in found]


def unique_id_of(message_id: int) -> str | None:
    """Which file a message brought."""
    found = sql.row("SELECT unique_id FROM media WHERE message_id = ? AND version = 0", (message_id,))
    return found[0] if found else None


def of_message(message_id: int) -> int | None:
    found = sql.row("SELECT id FROM media WHERE message_id = ? ORDER BY version LIMIT 1", (message_id,))
    return found[0] if found else None


def want(media_id: int) -> None:
    """What was only to be passed on is to be kept after all."""
    sql.run("UPDATE media SET state = 'wanted', due_at = 0 WHERE id = ? AND state = 'dropped'", (media_id,))


def drop(media_id: int) -> None:
    """Not to be fetched: it is passed on by file id alone."""
    sql.run("UPDATE media SET state = 'dropped' WHERE id = ?", (media_id,))


def fetch_again(media_id: int, due_at: int) -> None:
    """The spool lost it: from the start."""
    sql.run(
        "UPDATE media SET state = 'wanted', sha256 = NULL, due_at = ? WHERE id = ? AND state = 'fetched'",
        (due_at, media_id),
    )


def message_of(media_id: int) -> int:
    found = sql.row("SELECT message_id FROM media WHERE id = ?", (media_id,))
    assert found is not None
    return int(found[0])


def is_of_client(media_id: int) -> bool:
    return (
        sql.row(
            "SELECT 1 FROM media d JOIN messages m ON m.id = d.message_id WHERE d.id = ? AND m.side = 'client'",
            (media_id,),
        )
        is not None
    )


def tries(media_id: int) -> int:
    """How often it was asked for in vain."""
    found = sql.row("SELECT tries FROM media WHERE id = ?", (media_id,))
    assert found is not None
    return int(found[0])


def order_number(media_id: int) -> str | None:
    found = sql.row("SELECT o.number FROM media d JOIN orders o ON o.id = d.order_id WHERE d.id = ?", (media_id,))
    return found[0] if found else None


def place(media_id: int, order_id: int, stage: str, hidden: bool, seq: int, name: str) -> None:
    """Give a held file its order, stage and name."""
    sql.run(
        "UPDATE media SET order_id = ?, stage = ?, hidden = ?, seq = ?, name = ?, hold = NULL"
        " WHERE id = ? AND hold IS NOT NULL AND state <> 'dropped'",
        (order_id, stage, int(hidden), seq, name, media_id),
    )


def release_closed(order_id: int) -> None:
    """The order is open again: what its closing kept out of the folder may go in."""
    sql.run("UPDATE media SET hold = NULL WHERE order_id = ? AND hold = 'closed'", (order_id,))


def name_of(media_id: int) -> str:
    found = sql.row("SELECT name FROM media WHERE id = ?", (media_id,))
    assert found is not None
    return str(found[0])


def is_wanted(media_id: int | None) -> bool:
    """Not fetched yet."""
    return sql.row("SELECT 1 FROM media WHERE id = ? AND state = 'wanted'", (media_id,)) is not None


def hold_unshelved(order_id: int) -> None:
    """Not to be put into the folder that has taken this number over."""
    sql.run(
        "UPDATE media SET hold = 'closed' WHERE order_id = ? AND state IN ('wanted', 'fetched') AND hold IS NULL",
        (order_id,),
    )
