"""What nobody knows the fate of goes once more, when a person says so."""

from dataclasses import dataclass

from database import sql

# Where the phone is somebody else's by now, the first attempt may have reached its former owner: it stays there.
_STILL_HIS = (
    "(o.to_client = 0 OR o.op = 'delete' OR EXISTS (SELECT 1 FROM bindings b JOIN people p ON p.id = b.person_id"
    " WHERE b.phone = o.to_phone AND b.ended_at IS NULL AND b.proved_at IS NOT NULL AND p.address = o.address))"
)
_WANTED = "(o.op = 'delete' OR o.recalled_at IS NULL) AND NOT (o.to_client = 1 AND o.hidden IS 1 AND o.op = 'send')"


@dataclass(frozen=True, slots=True)
class Undecided:
    """A delivery that may have arrived. `address`: whose chat it is for."""

    id: int
    address: str
    to_client: bool


def of_burst(burst_id: int) -> list[int]:
    """What may have reached the client of this burst, or may not."""
    found = sql.rows(
        "SELECT o.id FROM messages m JOIN outbox o ON o.message_id = m.id WHERE m.burst_id = ? AND o.state = 'unknown'"
        f" AND o.to_client = 1 AND o.kind = 'delivery' AND o.reaction IS NULL AND {_WANTED} AND {_STILL_HIS}"
        " ORDER BY o.id",
        (burst_id,),
    )
    return [row[0] for row in found]


def everything() -> list[int]:
    """All that failed on its way, to whomever it was."""
    found = sql.rows(
        "SELECT o.id FROM outbox o WHERE o.state IN ('refused', 'unknown', 'gone') AND o.kind = 'delivery'"
        f" AND o.op <> 'delete' AND o.reaction IS NULL AND o.address IS NOT NULL AND {_WANTED} AND {_STILL_HIS}"
        " ORDER BY o.id"
    )
    return [row[0] for row in found]


def order_of(outbox_ids: list[int]) -> int | None:
    """The one order they belong to."""
    found = sql.rows(
        f"SELECT DISTINCT order_id FROM outbox WHERE id IN ({sql.marks(outbox_ids)}) LIMIT 2",
        outbox_ids,
    )
    return found[0][0] if len(found) == 1 else None


def one(outbox_id: int) -> Undecided | None:
    """None if there is nothing to decide any more."""
    found = sql.row(
        "SELECT o.id, o.address, o.to_client FROM outbox o WHERE o.id = ? AND o.state IN ('unknown', 'refused', 'gone')"
        f" AND o.kind = 'delivery' AND o.address IS NOT NULL AND {_WANTED} AND {_STILL_HIS}",
        (outbox_id,),
    )
    return Undecided(found[0], found[1], bool(found[2])) if found else None


def send_again(outbox_ids: list[int], now: int) -> None:
    """On its way as at first; should nobody know again, people decide again: `resends` stays what it was."""
    sql.run(
        "UPDATE outbox SET state = 'queued', reason = NULL, due_at = ?, settled_at = NULL, tries = 0"
        f" WHERE id IN ({sql.marks(outbox_ids)}) AND state IN ('unknown', 'refused', 'gone')",
        (now, *outbox_ids),
    )
