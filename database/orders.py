"""Work orders as last seen in the store, and the words they are found by."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from database import order_words, sql
from database.order_words import IS_LIVING
from dealer_bot.domain.orders import LIVING, ChangeKind, OrderChange, Sighting, State, WorkOrder
from dealer_bot.domain.search import Needle

COLUMNS = (
    "id, number, folder, state, reason, phone, barcode, plate, plate_key, vehicle, client_name,"
    " day, day_source, ended_at, confirmed_phone"
)
PRESENT = "state IN ('settling', 'open', 'unreadable', 'ambiguous')"
_SEEN = ", ".join(Sighting._fields)


MANY = 100
"""New orders whose words are written later, when all can be found."""


REUSED = "number_reused"
"""Why an order is gone although there is a folder of its name: it belongs to another visit."""


class Outdated(Exception):
    """Another process has written the index meanwhile: what is remembered of it must be read again."""


def order_by_id(order_id: int) -> WorkOrder | None:
    return _one("id = ?", (order_id,))


def order_by_key(number_key: str) -> WorkOrder | None:
    """The order that this number means now: the living one, else the last that ended."""
    return _one(f"number_key = ? AND {IS_LIVING}", (number_key,)) or _one("number_key = ?", (number_key,))


def visits_of_key(number_key: str) -> list[WorkOrder]:
    """All that had this number, the earliest first: numbers begin anew each January."""
    return _many("number_key = ? ORDER BY id", (number_key,))


def living_of_key(number_key: str) -> WorkOrder | None:
    return _one(f"number_key = ? AND {IS_LIVING}", (number_key,))


def living_of_plate(plate_key: str) -> list[WorkOrder]:
    return _many(f"plate_key = ? AND {IS_LIVING} ORDER BY id DESC", (plate_key,))


def living_of_barcode(barcode: str) -> list[WorkOrder]:
    return _many(f"barcode = ? AND {IS_LIVING} ORDER BY id DESC", (barcode,))


def living_barcodes() -> list[str]:
    """Each once; tens of thousands at most, all of them from the index."""
    return [row[0] for row in sql.rows(f"SELECT DISTINCT barcode FROM orders WHERE barcode > '' AND {IS_LIVING}")]


def living_of_phone(phone: str) -> list[WorkOrder]:
    """Orders of one client, newest first; `phone` is E.164, compared whole."""
    return _many(f"phone = ? AND {IS_LIVING} ORDER BY id DESC", (phone,))


def former_of_phone(phone: str, since: int) -> list[WorkOrder]:
    """Orders of one client that ended after `since`, the latest first."""
    return _many("phone = ? AND state IN ('closed', 'gone') AND ended_at > ? ORDER BY ended_at DESC", (phone, since))


def living_of_day(day: str, limit: int, offset: int = 0) -> list[WorkOrder]:
    """Newest first; `day` is ISO."""
    return _many(f"day = ? AND {IS_LIVING} ORDER BY id DESC LIMIT ? OFFSET ?", (day, limit, offset))


def listed(number_fragment: str | None = None, day: str | None = None) -> list[WorkOrder]:
    """Every order in any state, by number; those of one day or with these characters in their number or plate."""
    where, values = ["1 = 1"], list[object]()
    if number_fragment:
        where.append("(number_key LIKE ? ESCAPE '!' OR plate_key LIKE ? ESCAPE '!')")
        values += Needle.of(number_fragment).likes
    if day:
        where.append("day = ?")
        values.append(day)
    return _many(f"{' AND '.join(where)} ORDER BY number_key, id", values)


def find(fragment: str, limit: int, offset: int = 0) -> list[WorkOrder]:
    """Living orders by a part of number, plate or client's name or the phone's last digits (from 3).

    A name or plate that is just this comes first, then the newest.
    """
    needle = Needle.of(fragment)
    if not needle.text:
        return []
    ids = order_words.find(needle, limit, offset)
    found = {order.id: order for order in _many(f"id IN ({sql.marks(ids)})", ids)}
    return [found[order_id] for order_id in ids]


def insert_new(seen: Sequence[Sighting]) -> list[int]:
    """Rows for folders never seen before; their ids in the same order. Raises Outdated."""
    last = sql.row("SELECT coalesce(max(id), 0) FROM orders")
    assert last is not None
    ids = list(range(last[0] + 1, last[0] + 1 + len(seen)))
    rows = [(order_id, *one) for order_id, one in zip(ids, seen, strict=True)]
    try:
        sql.insert_all("orders", f"id, {_SEEN}", rows)
    except sqlite3.IntegrityError as error:
        raise Outdated from error
    if len(seen) > MANY:
        order_words.put_off(last[0])
    else:
        order_words.write(ids)
    return ids


def unsettle(order_ids: Iterable[int]) -> None:
    """Their cards are being written: what is known stays, nothing is sent by it until they have settled."""
    sql.run_many(
        "UPDATE orders SET state = 'settling' WHERE id = ? AND state IN ('open', 'unreadable')",
        [(order_id,) for order_id in order_ids],
    )


def settle(order_ids: Sequence[int], now: int) -> list[OrderChange]:
    """New rows whose cards were read when they were inserted and haven't changed since."""
    settled = sql.rows(
        "UPDATE orders SET state = CASE WHEN reason IS NULL THEN 'open' ELSE 'unreadable' END, looked_at = ?"
        f" WHERE id IN ({sql.marks(order_ids)}) AND state = 'settling' AND looked_at IS NULL RETURNING {COLUMNS}",
        (now, *order_ids),
    )
    kinds: dict[State, ChangeKind] = {"open": "opened", "unreadable": "unreadable"}
    afters = [WorkOrder(*row) for row in settled]
    return [OrderChange(after.id, kinds[after.state], replace(after, state="settling"), after) for after in afters]


def settle_as_read(seen: Sequence[Sighting], now: int) -> dict[str, OrderChange]:
    """Those whose row, written by a process that died before they settled, says just this already; by folder."""
    folders = {one.folder: one for one in seen}
    found = sql.rows(
        f"SELECT id, {_SEEN} FROM orders WHERE folder IN ({sql.marks(seen)}) AND state = 'settling'"
        " AND looked_at IS NULL",
        list(folders),
    )
    same = [order_id for order_id, *values in found if _says(Sighting(*values), folders[values[2]])]
    return {change.after.folder: change for change in settle(same, now)} if same else {}


def _says(written: Sighting, seen: Sighting) -> bool:
    """Two folders of one number settle otherwise."""
    settles = seen.state in ("open", "unreadable")
    return settles and written._replace(state=seen.state, looked_at=seen.looked_at) == seen


def record(seen: Sighting, now: int) -> tuple[int, OrderChange | None]:
    """One settled look at one folder: a new row, a change of its row, or the return of an order that had ended."""
    row = _row_of(seen)
    if row is None:
        order_id = insert_new([seen])[0]
        return order_id, _new(order_id)
    before, first = row
    _update(before.id, seen, now, keeps_day=before.day is not None and seen.day_source != "content")
    after = order_by_id(before.id)
    assert after is not None
    kind = _kind(before, after, first)
    return before.id, OrderChange(before.id, kind, before, after) if kind else None


def end_former_visit(seen: Sighting, now: int) -> OrderChange | None:
    """Another phone and another barcode where an order was: its number has come again while nobody looked."""
    row = _row_of(seen)
    if row is None or not row[0].phone or not row[0].barcode or not seen.phone or not seen.barcode:
        return None
    if row[0].phone == seen.phone or row[0].barcode == seen.barcode:
        return None
    return end(row[0].id, "gone", None, now, REUSED)


def end(order_id: int, state: State, folder: str | None, now: int, why: str | None = None) -> OrderChange | None:
    """Closed or gone; None if it had ended already. `folder`: its name now, if it is still there.

    `now` is when the look began: what has been handed in since then came before the end all the same.
    """
    before = order_by_id(order_id)
    if before is None or before.state in ("closed", "gone"):
        return None
    reason = why or ("closed_mark" if state == "closed" else "folder_gone")
    sql.run(
        "UPDATE orders SET state = ?, reason = ?, folder = coalesce(?, folder),"
        " ended_at = max(?, coalesce((SELECT max(at) FROM outbox WHERE order_id = orders.id), 0)) WHERE id = ?",
        (state, reason, folder, now, order_id),
    )
    order_words.write([order_id])
    after = order_by_id(order_id)
    assert after is not None
    return OrderChange(order_id, "closed" if state == "closed" else "gone", before, after)


def has_lost_its_folder(order_id: int) -> bool:
    """Its folder's name belongs to another visit by now."""
    found = sql.row("SELECT 1 FROM orders WHERE id = ? AND state = 'gone' AND reason = ?", (order_id, REUSED))
    return found is not None


def counts() -> dict[State, int]:
    """How many orders are in each state."""
    return dict(sql.rows("SELECT state, count(*) FROM orders GROUP BY state"))


OWN_FIRST = "(mtime_ns = ? AND size = ? AND inode = ?) IS TRUE DESC, (barcode = ? AND phone = ?) IS TRUE DESC, "
"""Later visits under its number may have ended meanwhile."""


def _row_of(seen: Sighting) -> tuple[WorkOrder, bool] | None:
    """The row this folder belongs to, and whether it has never been settled."""
    row = _found(f"folder = ? AND number_key = ? AND {PRESENT}", (seen.folder, seen.number_key))
    if row is None and seen.state != "ambiguous":
        row = _found(f"number_key = ? AND {IS_LIVING}", (seen.number_key,))
    if row is None and seen.state in LIVING:
        card = (seen.mtime_ns, seen.size, seen.inode, seen.barcode, seen.phone)
        row = _found("number_key = ? AND state IN ('closed', 'gone')", (seen.number_key, *card), OWN_FIRST)
        return (row[0], False) if row and _is_same_visit(*row, seen) else None
    return (row[0], row[1][3] is None) if row else None


Marks = tuple[int | None, int | None, int | None, int | None]


def _found(where: str, values: Sequence[object], first: str = "") -> tuple[WorkOrder, Marks] | None:
    """The newest; `first`: what counts for more."""
    marks = "mtime_ns, size, inode, looked_at"
    found = sql.row(f"SELECT {COLUMNS}, {marks} FROM orders WHERE {where} ORDER BY {first}id DESC LIMIT 1", values)
    return (WorkOrder(*found[:-4]), found[-4:]) if found else None


def _is_same_visit(ended: WorkOrder, marks: Marks, seen: Sighting) -> bool:
    """Numbers come again each January: the same phone and barcode make it the same visit, or the very same card."""
    if marks[:3] == (seen.mtime_ns, seen.size, seen.inode):
        return True
    if ended.barcode and seen.barcode and ended.barcode != seen.barcode:
        return False
    return seen.phone is not None and ended.phone == seen.phone


def _new(order_id: int) -> OrderChange | None:
    after = order_by_id(order_id)
    assert after is not None
    kinds: dict[State, ChangeKind] = {"open": "opened", "unreadable": "unreadable", "ambiguous": "ambiguous"}
    kind = kinds.get(after.state)
    return OrderChange(order_id, kind, None, after) if kind else None


def _kind(before: WorkOrder, after: WorkOrder, first: bool) -> ChangeKind | None:
    if before.state in ("closed", "gone"):
        return "reopened"
    if after.state == "ambiguous":
        return None if before.state == "ambiguous" else "ambiguous"
    if after.state == "unreadable":
        return None if before.reason == after.reason and before.state != "ambiguous" and not first else "unreadable"
    if first:
        return "opened"
    if before.reason is not None or before.state == "ambiguous":
        return "mended"
    return "phone_changed" if before.phone != after.phone else _detail(before, after)


def _detail(before: WorkOrder, after: WorkOrder) -> ChangeKind | None:
    same = (before.number, before.folder, before.barcode, before.plate, before.vehicle, before.client_name, before.day)
    now = (after.number, after.folder, after.barcode, after.plate, after.vehicle, after.client_name, after.day)
    return None if same == now else "updated"


def _update(order_id: int, seen: Sighting, now: int, keeps_day: bool) -> None:
    assigned = ", ".join(f"{name} = ?" for name in _SEEN.split(", "))
    values = dict(zip(_SEEN.split(", "), seen, strict=True)) | {"looked_at": now}
    if keeps_day:
        assigned = assigned.replace("day = ?, day_source = ?, ", "")
        del values["day"], values["day_source"]
    sql.run(f"UPDATE orders SET {assigned} WHERE id = ?", (*values.values(), order_id))
    order_words.write([order_id])


def _one(where: str, values: Sequence[object]) -> WorkOrder | None:
    found = sql.row(f"SELECT {COLUMNS} FROM orders WHERE {where} ORDER BY id DESC LIMIT 1", values)
    return WorkOrder(*found) if found else None


def _many(where: str, values: Sequence[object]) -> list[WorkOrder]:
    return [WorkOrder(*found) for found in sql.rows(f"SELECT {COLUMNS} FROM orders WHERE {where}", values)]
