"""What a database put back from a backup must not do again: others have happened since."""

from dataclasses import dataclass

from database import outbox, people, sql
from database.backups import Remains
from dealer_bot.domain.people import Role

_POWER = {Role.CLIENT: 0, Role.CARE: 1, Role.EMPLOYEE: 1, Role.ADMIN: 2}
OPEN = "state IN ('held', 'queued', 'sending')"


@dataclass(frozen=True, slots=True)
class Laid:
    """What was on its way when the backup was made, and now waits for people."""

    deliveries: int
    updates: int
    questions: int


def lay_to_rest(remains: Remains | None, made: str, now: int) -> Laid:
    """Nothing that may have been done since the backup is done by itself; admins are told how much of it there is.

    Deletions go on: a copy that is gone already can't be taken back twice.
    """
    deliveries = sql.run(
        f"UPDATE outbox SET state = 'unknown', reason = 'restored', settled_at = ? WHERE {OPEN}"
        " AND kind = 'delivery' AND op IN ('send', 'edit') AND reaction IS NULL",
        (now,),
    )
    sql.run(
        f"UPDATE outbox SET state = 'withdrawn', reason = 'restored', settled_at = ? WHERE {OPEN} AND op <> 'delete'",
        (now,),
    )
    sql.run("UPDATE readings SET state = 'over' WHERE state = 'wanted'")
    updates = sql.run("UPDATE inbox SET state = 'dead', error = 'restored' WHERE state = 'new'")
    laid = Laid(deliveries, updates, _drop_questions(now))
    _leave_places()
    if remains is not None:
        _take_over(remains, now)
    people.record("restore", "restored", None, None, made, now)
    args = {"made": made, "deliveries": deliveries, "updates": updates, "questions": laid.questions}
    outbox.alert_admins(f"restored{now}", "alert-restored", args, now)
    return laid


def _drop_questions(now: int) -> int:
    """What waited for its author's word may have been placed since: he sends it again if it was not."""
    sql.run(
        "UPDATE media SET state = 'dropped' WHERE state IN ('wanted', 'fetched') AND message_id IN ("
        " SELECT m.id FROM holds h CROSS JOIN messages m ON m.hold_id = h.id"
        " WHERE h.settled_at IS NULL AND h.kind <> 'move')"
    )
    return sql.run("UPDATE holds SET settled_at = ? WHERE settled_at IS NULL AND kind <> 'move'", (now,))


def _leave_places() -> None:
    """Where staff are now nobody knows: the next photo asks. Nor is anything shown anew that lay in a chat then."""
    sql.run("DELETE FROM places WHERE person_id IN (SELECT id FROM people WHERE role <> 3)")
    sql.run("DELETE FROM fsm")
    sql.run("DELETE FROM screens WHERE slot = 'pin' OR telegram_message_id IS NULL")
    sql.run("UPDATE screens SET dirty_at = NULL, renew_at = NULL")
    sql.run("DELETE FROM beats WHERE name IN ('telegram', 'backup')")


def _take_over(remains: Remains, now: int) -> None:
    for binding_id, phone, address in sql.rows(
        "SELECT b.id, b.phone, p.address FROM bindings b JOIN people p ON p.id = b.person_id"
        " WHERE b.ended_at IS NULL AND p.address IS NOT NULL"
    ):
        if (phone, address) not in remains.proved:
            sql.run("UPDATE bindings SET ended_at = ? WHERE id = ?", (now, binding_id))
    for address in remains.closed_to:
        sql.run("UPDATE people SET active = 0 WHERE address = ?", (address,))
    for address, role in sorted(remains.levels):
        _take_level(address, Role(role))
    sql.run_many(
        "UPDATE outbox SET recalled_at = ? WHERE to_client = 1 AND recalled_at IS NULL"
        " AND message_id = (SELECT id FROM messages WHERE source_address = ? AND source_message_id = ?)",
        [(now, *source) for source in remains.recalled],
    )
    for address, paused_at in remains.stopped:
        sql.run("UPDATE people SET paused_at = coalesce(paused_at, ?) WHERE address = ?", (paused_at, address))
    sql.run_many(
        "INSERT INTO inbox (update_id, lane, state, error, received_at) VALUES (?, ?, 'done', 'restored', ?)"
        " ON CONFLICT (update_id) DO NOTHING",
        remains.heard,
    )


def _take_level(address: str, role: Role) -> None:
    """What somebody may no longer do; what he was given since, people give him again."""
    person = people.by_address(address)
    if person is not None and _POWER[role] < _POWER[person.role] and not people.is_last_active_admin(person.id):
        people.update(person.id, role=int(role))
