"""No query of a photo's way reads a table that grows from end to end."""

import sqlite3

from database import (
    attention,
    audit,
    blobs,
    candidates,
    cases,
    chats,
    claims,
    confirmations,
    conversations,
    failures,
    figures,
    holds,
    inbox,
    invitations,
    media,
    order_days,
    orders,
    outbox,
    owed,
    people,
    places,
    protocols,
    readings,
    retries,
    screens,
    settling,
    shown,
    sql,
)
from database.connection import Database
from dealer_bot.domain.parcels import Item, Parcel, Sent

NOW = 1_000_000
PHONE = "+375291112233"


def _handed_in() -> tuple[int, int]:
    person = people.add(address="tg:1", name="Анна")
    people.bind(person.id, PHONE, 1, NOW)
    columns = "INSERT INTO orders (number_key, number, folder, state, phone) VALUES ('A1', 'a1', 'a1', 'open', ?)"
    order_id = sql.insert(columns, (PHONE,))
    inbox.next_visit(1, "tg:1")
    inbox.waiting_lanes()
    people.by_phone(PHONE)
    places.enter(person.id, order_id, "Body", NOW)
    places.of(person.id)
    orders.order_by_id(order_id)
    confirmations.is_confirmed(order_id, PHONE)
    conversations.first_of_album("tg:1", "album")
    source = {"source_address": "tg:1", "source_message_id": 7, "author_id": person.id, "order_id": order_id}
    message_id, _ = conversations.add(**source, side="staff", kind="photo", at=NOW, stage="Body")
    file = {"kind": "photo", "file_id": "f", "size": 1, "hold": None, "hidden": False}
    seq = media.next_seq(order_id, "Body")
    media_id = media.add(message_id=message_id, order_id=order_id, stage="Body", seq=seq, name="n.jpg", **file)
    way = {"address": "tg:1", "to_phone": PHONE, "to_client": True, "media_id": media_id, "hidden": False}
    outbox.add_delivery(key="k", message_id=message_id, order_id=order_id, at=NOW, **way)
    return message_id, media_id


def _way_of_a_photo() -> None:
    message_id, media_id = _handed_in()
    message = conversations.by_id(message_id)
    assert message is not None
    screens.want("tg:1", "status", str(message_id), NOW)
    screens.next_dirty("tg:1", NOW, NOW)
    screens.next_dirty_at("tg:1")
    screens.touch_burst_of(message_id, NOW)
    media.wanted(NOW, 10, ())
    media.fetched(media_id, 1, "sha", NOW)
    (shelf,) = media.to_shelve(NOW, 10, ())
    media.kept(shelf)
    outbox.chats_with_work(NOW)
    candidates.next_of("tg:1")
    candidates.being_fetched("tg:1", 0)
    candidates.is_album_fetched("tg:1", "album", 0)
    claims.claim("tg:1", NOW)
    chats.is_blocked("tg:1")
    item = Item(1, message_id, media_id, "photo", "f", "", None)
    settling.settle(Parcel("tg:1", "delivery", "send", (item,), to_client=True), Sent((9,)), NOW)
    conversations.last_served("tg:1")
    conversations.by_copy("tg:1", 9)
    places.last_stage(1, 1)
    places.recent(1, 5)
    holds.waiting_of(1, False)
    holds.settled_by(1)
    conversations.authors_of(1)
    outbox.recipients(message_id)
    outbox.has("k")
    conversations.is_delivered_to(1, "tg:1", 9)
    conversations.album_of(message)
    cases.open_of(1)
    cases.opened(1, NOW)
    places.enter_care(1, 1, NOW)
    places.writers_of(1)
    orders.living_of_phone(PHONE)
    orders.former_of_phone(PHONE, 0)
    shown.media_of(1, PHONE, "tg:1")
    shown.is_on_its_way(1, "tg:1")
    outbox.waits_for_words(PHONE)
    outbox.needs_tap(1)
    retries.of_burst(message_id)
    retries.one(1)
    retries.send_again([1], NOW)
    retries.everything()
    retries.order_of([1, 2])
    orders.visits_of_key("A1")
    screens.touch_order(1, NOW)
    attention.raise_once(message_id, ("плох",), NOW)
    attention.remembered()
    blobs.forget(NOW)
    cases.has_any(1)
    for scope in (protocols.Scope(1), protocols.Scope(), protocols.Scope(client_id=1)):
        protocols.around(scope, message_id, newer=False)
        protocols.around(scope, message_id, newer=True)
    protocols.last_spoken(6)
    failures.count()
    failures.failed(8, 0)
    failures.before(1)
    failures.waiting()
    failures.late()
    failures.dead_lanes()
    failures.troubled(8, 0)
    figures.quiet_orders(NOW, NOW)
    figures.moments(NOW)
    cases.waiting()
    cases.disown(1)
    cases.is_anothers(1, "tg:1")
    inbox.forget_fsm("tg:1")
    invitations.staff_of("hash")
    owed.stop_of_author(1, NOW)
    audit.lines("tg:1", 10, 0)


def _finding() -> None:
    order_days.days_between("2026-11-01", "2026-11-30")
    order_days.day_before("2026-11-01")
    order_days.day_after("2026-11-30")
    orders.living_of_day("2026-11-21", 8)
    conversations.last_author(1)
    group_id = readings.add(1, "tg:1", "f", 1, "album", None, NOW)
    readings.of_source(1)
    readings.of_group(group_id)
    readings.group_of_album("tg:1", "album")
    readings.wanted(10, ())
    readings.is_any_wanted()
    readings.forget(NOW)
    orders.living_of_barcode("28")
    orders.living_barcodes()


def _plans(database: Database) -> list[tuple[str, str]]:
    """(step, statement) of everything that ran, as SQLite would run it."""
    statements: list[str] = []

    def run() -> None:
        connection = sql._connection()
        connection.set_trace_callback(statements.append)
        _way_of_a_photo()
        _finding()
        connection.set_trace_callback(None)

    database.write_now(run)
    plans = []
    with sqlite3.connect(str(database.path)) as beside:
        for statement in statements:
            if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
                plans += [(row[3], statement) for row in beside.execute(f"EXPLAIN QUERY PLAN {statement}")]
    beside.close()
    return plans


def test_the_way_of_a_photo_never_reads_a_growing_table_from_end_to_end(database: Database) -> None:
    plans = _plans(database)
    assert len(plans) > 40
    harmless = ("SCAN (subquery", "SCAN w", "SCAN CONSTANT")
    scans = {
        (step, " ".join(statement.split())[:150])
        for step, statement in plans
        if step.startswith("SCAN") and "USING" not in step and not step.startswith(harmless)
    }
    assert scans == set()
