"""Which orders anybody has to do with."""

from collections.abc import Sequence

from database import sql


def of(order_ids: Sequence[int]) -> set[int]:
    """Those that somebody is in, looks at, has written in or waits for: a first start finds thousands without."""
    ids, found = sql.marks(order_ids), set[int]()
    for table in ("places", "messages", "outbox"):
        found |= {
            row[0] for row in sql.rows(f"SELECT DISTINCT order_id FROM {table} WHERE order_id IN ({ids})", order_ids)
        }
    subjects = [str(order_id) for order_id in order_ids]
    shown = sql.rows(f"SELECT subject FROM screens WHERE slot = 'card' AND subject IN ({ids})", subjects)
    return found | {int(row[0]) for row in shown}


def under_way() -> list[int]:
    """Orders somebody is in, or for which something is on its way to the client."""
    found = sql.rows(
        "SELECT order_id FROM places WHERE order_id IS NOT NULL UNION"
        " SELECT order_id FROM outbox WHERE state = 'queued' AND to_client = 1 AND order_id IS NOT NULL"
    )
    return [row[0] for row in found]
