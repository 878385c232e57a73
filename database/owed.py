"""What one employee has handed in and its clients have not got yet."""

from database import sql

_OF_AUTHOR = (
    "o.to_client = 1 AND o.op = 'send' AND o.kind = 'delivery' AND o.state IN ('held', 'queued', 'sending')"
    " AND o.state <> 'sending' AND o.message_id IN (SELECT id FROM messages WHERE author_id = ? AND side <> 'client')"
)


def waiting_of_author(person_id: int) -> int:
    """Messages of this employee that have not gone to their clients yet."""
    found = sql.row(f"SELECT count(DISTINCT o.message_id) FROM outbox o WHERE {_OF_AUTHOR}", (person_id,))
    return int(found[0]) if found else 0


def stop_of_author(person_id: int, now: int) -> list[int]:
    """They do not go any more; the rows that were stopped."""
    ids = [row[0] for row in sql.rows(f"SELECT o.id FROM outbox o WHERE {_OF_AUTHOR}", (person_id,))]
    sql.run_many(
        "UPDATE outbox SET state = 'withdrawn', reason = 'stopped_by_admin', settled_at = ? WHERE id = ?",
        [(now, each) for each in ids],
    )
    return ids
