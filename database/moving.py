"""Files that go to another order or stage, and the places where they may still lie."""

from dataclasses import dataclass

from database import sql
from database.media import Shelf


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the store where a file that moves may still lie."""

    order_id: int
    number: str
    folder: str
    stage: str
    name: str
    is_living: bool


def of_message(message_id: int) -> tuple[int, str, bool] | None:
    """(id, name, hidden) of the file that came with a message."""
    found = sql.row(
        "SELECT id, name, hidden FROM media WHERE message_id = ? AND state <> 'dropped' ORDER BY version DESC LIMIT 1",
        (message_id,),
    )
    return (found[0], found[1], bool(found[2])) if found else None


def move(media_id: int, order_id: int, stage: str, hidden: bool, seq: int, name: str) -> None:
    """To another order or stage; where it lies, or is just being put, is remembered for the shelver."""
    sql.run(
        "UPDATE media SET moved_from = CASE WHEN state IN ('fetched', 'kept') AND order_id IS NOT NULL THEN"
        "  json_insert(coalesce(moved_from, '[]'), '$[#]', json_array(order_id, stage, name)) ELSE moved_from END,"
        " state = CASE WHEN state = 'kept' THEN 'fetched' ELSE state END,"
        " order_id = ?, stage = ?, hidden = ?, seq = ?, name = ?, hold = NULL, tries = 0, due_at = 0 WHERE id = ?",
        (order_id, stage, int(hidden), seq, name, media_id),
    )


def stop_shelving(media_id: int) -> None:
    """Until the send that is under way has ended."""
    sql.run("UPDATE media SET hold = 'switch' WHERE id = ?", (media_id,))


def spots(shelf: Shelf) -> list[Spot]:
    """Where a file that moves may still lie, its new place left out."""
    found = sql.rows(
        "SELECT o.id, o.number, o.folder, j.value ->> 1, j.value ->> 2, o.state NOT IN ('closed', 'gone')"
        " FROM json_each(?) j CROSS JOIN orders o ON o.id = j.value ->> 0",
        (shelf.moved_from or "[]",),
    )
    spots = [Spot(*row) for row in found]
    return [each for each in spots if (each.folder, each.stage, each.name) != (shelf.folder, shelf.stage, shelf.name)]
