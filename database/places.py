"""Where a person's plain message goes now."""

from database import sql
from dealer_bot.domain.people import Place


def of(person_id: int) -> Place | None:
    found = sql.row("SELECT order_id, stage, since_at, active_at FROM places WHERE person_id = ?", (person_id,))
    return Place(*found) if found else None


def enter(person_id: int, order_id: int, stage: str, now: int) -> bool:
    """False if he is there already."""
    return (
        sql.run(
            "INSERT INTO places (person_id, order_id, stage, since_at, active_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (person_id) DO UPDATE SET order_id = excluded.order_id, stage = excluded.stage,"
            " since_at = excluded.since_at, active_at = excluded.active_at"
            " WHERE order_id IS NOT excluded.order_id OR stage IS NOT excluded.stage",
            (person_id, order_id, stage, now, now),
        )
        == 1
    )


def leave(person_id: int) -> bool:
    """False if he was nowhere."""
    return sql.run("DELETE FROM places WHERE person_id = ?", (person_id,)) == 1


def touch(person_id: int, now: int) -> None:
    sql.run("UPDATE places SET active_at = ? WHERE person_id = ?", (now, person_id))


def crews_of(order_id: int) -> list[tuple[int, str]]:
    """(person id, address) of those who are in the order now."""
    return [
        (row[0], row[1])
        for row in sql.rows(
            "SELECT p.id, p.address FROM places l JOIN people p ON p.id = l.person_id"
            " WHERE l.order_id = ? AND p.address IS NOT NULL AND p.active = 1 AND p.role IN (1, 2)",
            (order_id,),
        )
    ]
