"""Questions whose answer decides where something goes, and the messages that wait for them."""

from dataclasses import dataclass

from database import sql
from dealer_bot.domain.holds import Hold, HoldKind

_COLUMNS = (  # in the order of Hold's fields
    "id, person_id, kind, order_id, stage, left_order_id, left_stage, settled_at, placed_order_id, placed_stage"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits; `media_id` is None for words."""

    hold_id: int
    message_id: int
    media_id: int | None
    hidden: bool


def by_id(hold_id: int) -> Hold | None:
    found = sql.row(f"SELECT {_COLUMNS} FROM holds WHERE id = ?", (hold_id,))
    return Hold(*found) if found else None


def ask(
    person_id: int,
    kind: HoldKind,
    order_id: int | None,
    stage: str | None,
    left: tuple[int | None, str | None],
    now: int,
) -> int:
    """The open question of this kind about this place, or a new one."""
    open_one = sql.row(
        "SELECT id FROM holds WHERE person_id = ? AND kind = ? AND settled_at IS NULL AND order_id IS ?"
        " AND stage IS ? AND left_order_id IS ? AND left_stage IS ?",
        (person_id, kind, order_id, stage, *left),
    )
    if open_one is not None:
        return int(open_one[0])
    return sql.insert(
        "INSERT INTO holds (person_id, kind, order_id, stage, left_order_id, left_stage, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (person_id, kind, order_id, stage, *left, now),
    )


def join(message_id: int, hold_id: int) -> None:
    sql.run("UPDATE messages SET hold_id = ? WHERE id = ?", (hold_id, message_id))


def count(hold_id: int) -> int:
    found = sql.row("SELECT count(*) FROM messages WHERE hold_id = ?", (hold_id,))
    return int(found[0]) if found else 0


def waiting_in(hold_id: int) -> list[Held]:
    """What waits for this one answer."""
    return _held("h.id = ?", (hold_id,))


def waiting_of(person_id: int, to_hidden: bool) -> list[Held]:
    """All that waits for this person's word; what was shot into the hidden stage is there only for a hidden one."""
    return _held("h.person_id = ? AND (coalesce(d.hidden, 0) = 0 OR ?)", (person_id, int(to_hidden)))


def _held(where: str, values: tuple[int, ...]) -> list[Held]:
    found = sql.rows(
        "SELECT h.id, m.id, d.id, coalesce(d.hidden, 0) FROM holds h CROSS JOIN messages m ON m.hold_id = h.id"
        f" LEFT JOIN media d ON d.message_id = m.id WHERE h.settled_at IS NULL AND h.kind <> 'move' AND {where}"
        " ORDER BY m.id",
        values,
    )
    return [Held(row[0], row[1], row[2], bool(row[3])) for row in found]


def settle(held: list[Held], inbox_id: int, placed: tuple[int, str] | None, now: int) -> None:
    """Answered for these; those of the same question that were left out go on waiting for theirs."""
    for hold_id in dict.fromkeys(each.hold_id for each in held):
        answered = [each.message_id for each in held if each.hold_id == hold_id]
        settled_id = hold_id if len(answered) == count(hold_id) else _split(hold_id, answered)
        order_id, stage = placed or (None, None)
        sql.run(
            "UPDATE holds SET settled_at = ?, settled_by = ?, placed_order_id = ?, placed_stage = ? WHERE id = ?",
            (now, inbox_id, order_id, stage, settled_id),
        )


def _split(hold_id: int, message_ids: list[int]) -> int:
    copied = "person_id, kind, order_id, stage, left_order_id, left_stage, at"
    settled_id = sql.insert(f"INSERT INTO holds ({copied}) SELECT {copied} FROM holds WHERE id = ?", (hold_id,))
    for message_id in message_ids:
        join(message_id, settled_id)
    return settled_id


def settled_by(inbox_id: int) -> int:
    """How many messages this answer placed or deleted: a replay finds what the first run did."""
    found = sql.row(
        "SELECT count(*) FROM holds h CROSS JOIN messages m ON m.hold_id = h.id WHERE h.settled_by = ?", (inbox_id,)
    )
    return int(found[0]) if found else 0


def wait_to_move(person_id: int, order_id: int, stage: str, inbox_id: int, now: int) -> int:
    """Not a question: a message goes into the hidden stage when the send that is under way has ended."""
    return sql.insert(
        "INSERT INTO holds (person_id, kind, order_id, stage, at, settled_by) VALUES (?, 'move', ?, ?, ?, ?)",
        (person_id, order_id, stage, now, inbox_id),
    )


def close(hold_id: int, now: int) -> None:
    sql.run("UPDATE holds SET settled_at = ? WHERE id = ?", (now, hold_id))


def pass_on(person_id: int, heir_id: int) -> list[tuple[int, int]]:
    """Whose answer it is from now on; (question, messages that wait for it)."""
    found = sql.rows(
        "SELECT h.id, count(*) FROM holds h CROSS JOIN messages m ON m.hold_id = h.id"
        " WHERE h.person_id = ? AND h.settled_at IS NULL AND h.kind <> 'move' GROUP BY h.id ORDER BY h.id",
        (person_id,),
    )
    sql.run_many("UPDATE holds SET person_id = ? WHERE id = ?", [(heir_id, row[0]) for row in found])
    return [(row[0], row[1]) for row in found]
