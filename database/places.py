"""Where a person's plain message goes now, and the orders he was in."""

from database import sql
from dealer_bot.domain.people import Place

COLUMNS = "order_id, stage, since_at, active_at, left_order_id, left_stage, left_at, case_id, care_since"


def of(person_id: int) -> Place | None:
    found = sql.row(f"SELECT {COLUMNS} FROM places WHERE person_id = ?", (person_id,))
    return Place(*found) if found else None


def enter(person_id: int, order_id: int, stage: str, now: int) -> None:
    """Also remembers which other order was left, and when; coming back to the same one is activity."""
    sql.run(
        "INSERT INTO places (person_id, order_id, stage, since_at, active_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET"
        " left_order_id = CASE WHEN order_id <> excluded.order_id THEN order_id ELSE left_order_id END,"
        " left_stage = CASE WHEN order_id <> excluded.order_id THEN stage ELSE left_stage END,"
        " left_at = CASE WHEN order_id <> excluded.order_id THEN excluded.since_at ELSE left_at END,"
        " since_at = CASE WHEN order_id = excluded.order_id AND stage = excluded.stage"
        "  THEN since_at ELSE excluded.since_at END,"
        " order_id = excluded.order_id, stage = excluded.stage, active_at = excluded.active_at,"
        " case_id = NULL, care_since = NULL",
        (person_id, order_id, stage, now, now),
    )
    sql.run(
        "INSERT INTO entered (person_id, order_id, stage, at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (person_id, order_id) DO UPDATE SET stage = excluded.stage, at = excluded.at",
        (person_id, order_id, stage, now),
    )


def leave(person_id: int, now: int) -> bool:
    """False if he was nowhere."""
    return (
        sql.run(
            "UPDATE places SET left_order_id = order_id, left_stage = stage, left_at = ?, order_id = NULL,"
            " stage = NULL, since_at = ?, active_at = ? WHERE person_id = ? AND order_id IS NOT NULL",
            (now, now, now, person_id),
        )
        == 1
    )


def enter_care(person_id: int, case_id: int | None, now: int) -> None:
    """Into a talk with care, on either side of it; before its first message without a case."""
    sql.run(
        "INSERT INTO places (person_id, case_id, care_since, since_at, active_at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id) DO UPDATE SET left_order_id = coalesce(order_id, left_order_id),"
        " left_stage = coalesce(stage, left_stage), left_at = CASE WHEN order_id IS NULL THEN left_at ELSE ? END,"
        " order_id = NULL, stage = NULL, case_id = excluded.case_id, care_since = coalesce(care_since, ?)",
        (person_id, case_id, now, now, now, now, now),
    )


def leave_care(person_id: int) -> bool:
    """False if he was in no talk."""
    return (
        sql.run(
            "UPDATE places SET case_id = NULL, care_since = NULL WHERE person_id = ? AND care_since IS NOT NULL",
            (person_id,),
        )
        == 1
    )


def writers_of(case_id: int) -> list[tuple[int, str]]:
    """(person id, address) of those whose plain messages belong to this case now."""
    found = sql.rows(
        "SELECT p.id, p.address FROM places l JOIN people p ON p.id = l.person_id"
        " WHERE l.case_id = ? AND p.address IS NOT NULL",
        (case_id,),
    )
    return [(row[0], row[1]) for row in found]


def touch(person_id: int, now: int) -> None:
    sql.run("UPDATE places SET active_at = max(active_at, ?) WHERE person_id = ?", (now, person_id))


def last_stage(person_id: int, order_id: int) -> str | None:
    """The stage this person was last in here."""
    found = sql.row("SELECT stage FROM entered WHERE person_id = ? AND order_id = ?", (person_id, order_id))
    return found[0] if found else None


def recent(person_id: int, limit: int) -> list[tuple[int, str]]:
    """(order, stage) of the living orders this person was last in, the latest first."""
    found = sql.rows(
        "SELECT e.order_id, e.stage FROM entered e CROSS JOIN orders o ON o.id = e.order_id"
        " WHERE e.person_id = ? AND o.state IN ('open', 'unreadable', 'settling') ORDER BY e.at DESC LIMIT ?",
        (person_id, limit),
    )
    return [(row[0], row[1]) for row in found]


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
