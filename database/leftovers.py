"""What may be left lying by a death, or by a change of mind: in the spool, and in the folders of orders."""

from database import sql


def in_spool() -> set[int]:
    """Media whose bytes the spool must still hold."""
    return {row[0] for row in sql.rows("SELECT id FROM media WHERE state = 'fetched'")}


def needless(media_ids: set[int]) -> set[int]:
    """Those of them that need no file in the spool, now or soon."""
    found = sql.rows(
        f"SELECT id FROM media WHERE id IN ({sql.marks(tuple(media_ids))}) AND state NOT IN ('wanted', 'fetched')",
        tuple(media_ids),
    )
    return {row[0] for row in found}


def shelved_since(since: int) -> list[tuple[int, str]]:
    """(order, folder) of orders that got or were to get files lately."""
    found = sql.rows(
        "SELECT DISTINCT o.id, o.folder FROM messages m JOIN media d ON d.message_id = m.id JOIN orders o"
        " ON o.id = d.order_id WHERE m.id > (SELECT coalesce(max(id), 0) FROM messages) - 2000"
        " AND m.at >= ? AND d.state IN ('fetched', 'kept')",
        (since,),
    )
    left = sql.rows(
        "SELECT o.id, o.folder FROM audit a CROSS JOIN orders o ON o.id = a.whom WHERE a.what = 'moved' AND a.at >= ?",
        (since,),
    )
    return list(dict.fromkeys((row[0], row[1]) for row in (*found, *left)))
