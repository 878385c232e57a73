"""Links that were given out, known by their hash alone."""

from database import sql


def add(token_hash: str, order_id: int, made_by: int) -> None:
    """Of an order that has one already, whoever asked for it last is kept."""
    sql.run(
        "INSERT INTO invitations (token_hash, order_id, made_by) VALUES (?, ?, ?)"
        " ON CONFLICT (token_hash) DO UPDATE SET made_by = excluded.made_by",
        (token_hash, order_id, made_by),
    )


def order_of(token_hash: str) -> tuple[int, int] | None:
    """The order that a link is for, and who made the link."""
    found = sql.row(
        "SELECT order_id, made_by FROM invitations WHERE token_hash = ? AND order_id IS NOT NULL", (token_hash,)
    )
    return (int(found[0]), int(found[1])) if found else None
