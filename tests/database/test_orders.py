"""What the index remembers of an order, and what it tells of its changes."""

import pytest

from database import orders
from database.connection import Database
from dealer_bot.domain.orders import Sighting, State
from tests.database.sightings import NOW, OTHER_PHONE, PHONE, ended, found, recorded, seen


def test_a_new_folder_is_an_order_and_its_coming_is_told(database: Database) -> None:
    ((order_id, change),) = recorded(database, seen(plate="0124 МН-1"))
    assert change is not None
    assert (change.kind, change.before, change.after.id) == ("opened", None, order_id)
    order = database.read_now(orders.order_by_id, order_id)
    assert order == change.after
    assert order is not None
    assert (order.number, order.plate, order.plate_key, order.phone) == ("a00017732", "0124 МН-1", "0124MH1", PHONE)


def test_the_same_look_again_changes_nothing_and_tells_nothing(database: Database) -> None:
    (first, _), (second, change) = recorded(database, seen(), seen())
    assert (first, change) == (second, None)


@pytest.mark.parametrize(
    ("then", "kind"),
    [
        (seen(phone=OTHER_PHONE, card=2), "phone_changed"),
        (seen(plate="1111 AA-1", card=2), "updated"),
        (seen(state="unreadable", phone=None, reason="malformed", card=2), "unreadable"),
        (seen(state="ambiguous"), "ambiguous"),
    ],
)
def test_each_change_is_told_by_its_name(database: Database, then: Sighting, kind: str) -> None:
    (order_id, _), (same_id, change) = recorded(database, seen(), then)
    assert same_id == order_id
    assert change is not None
    assert change.kind == kind
    assert change.before is not None
    assert change.before.phone == PHONE


def test_a_mended_card_is_told_and_its_phone_is_the_new_one(database: Database) -> None:
    bad = seen(state="unreadable", phone=None, reason="phone_invalid")
    _, (_, change) = recorded(database, bad, seen(card=2))
    assert change is not None
    assert (change.kind, change.after.phone, change.after.reason) == ("mended", PHONE, None)


def test_a_phone_changed_while_the_card_was_unsettled_is_told(database: Database) -> None:
    ((order_id, _),) = recorded(database, seen())
    database.write_now(orders.unsettle, [order_id])
    order = database.read_now(orders.order_by_id, order_id)
    assert order is not None
    assert (order.state, order.phone) == ("settling", PHONE)
    ((_, change),) = recorded(database, seen(phone=OTHER_PHONE, card=2))
    assert change is not None
    assert change.kind == "phone_changed"


def test_an_order_that_broke_and_settled_unchanged_is_still_told_mended(database: Database) -> None:
    ((order_id, _),) = recorded(database, seen(state="unreadable", phone=None, reason="malformed"))
    database.write_now(orders.unsettle, [order_id])
    ((_, change),) = recorded(database, seen(card=2))
    assert change is not None
    assert change.kind == "mended"


def test_a_closed_order_is_not_found_and_its_row_stays(database: Database) -> None:
    ((order_id, _),) = recorded(database, seen(plate="0124 МН-1", name="Пётр"))
    change = ended(database, order_id)
    assert change is not None
    assert (change.kind, change.after.state, change.after.ended_at) == ("closed", "closed", NOW)
    assert [found(database, text) for text in ("17732", "0124", "8808", "Пётр", "a0")] == [[], [], [], [], []]
    assert database.read_now(orders.living_of_phone, PHONE) == []
    assert database.read_now(orders.order_by_key, "A00017732") == change.after


def test_an_order_ends_once(database: Database) -> None:
    ((order_id, _),) = recorded(database, seen())
    assert ended(database, order_id, "gone") is not None
    assert ended(database, order_id, "closed") is None


@pytest.mark.parametrize("end", ["closed", "gone"])
@pytest.mark.parametrize("barcode", [None, "111"])
def test_a_folder_that_returns_with_the_same_phone_is_the_same_order(
    database: Database, end: State, barcode: str | None
) -> None:
    ((order_id, _),) = recorded(database, seen(barcode="111"))
    ended(database, order_id, end)
    ((same_id, change),) = recorded(database, seen(barcode=barcode, card=2, day="2027-01-09"))
    assert same_id == order_id
    assert change is not None
    assert (change.kind, change.after.ended_at, change.after.reason) == ("reopened", None, None)
    assert change.after.day == "2026-11-21"
    assert found(database, "17732") == ["a00017732"]


@pytest.mark.parametrize(
    "back",
    [
        seen(phone=OTHER_PHONE, barcode="111", card=2),
        seen(barcode="222", card=2),
        seen(phone=None, state="unreadable", reason="no_phone", card=2),
    ],
)
def test_a_folder_that_returns_for_somebody_else_is_a_new_order_under_an_old_number(
    database: Database, back: Sighting
) -> None:
    ((order_id, _),) = recorded(database, seen(barcode="111"))
    ended(database, order_id)
    ((new_id, change),) = recorded(database, back)
    assert new_id != order_id
    assert change is not None
    assert change.before is None
    old = database.read_now(orders.order_by_id, order_id)
    assert old is not None
    assert old.state == "closed"
    assert database.read_now(orders.order_by_key, "A00017732") == change.after


def test_a_folder_of_an_earlier_visit_returns_as_that_visit(database: Database) -> None:
    ((first, _),) = recorded(database, seen(barcode="111"))
    ended(database, first)
    ((second, _),) = recorded(database, seen(barcode="222", phone=OTHER_PHONE, card=2))
    ended(database, second)
    ((again, change),) = recorded(database, seen(barcode="111", card=3))
    assert (again, change and change.kind) == (first, "reopened")


def test_an_unreadable_order_that_returns_with_the_very_same_card_is_the_same(database: Database) -> None:
    bad = seen(phone=None, state="unreadable", reason="malformed")
    ((order_id, _),) = recorded(database, bad)
    ended(database, order_id)
    assert recorded(database, bad)[0][0] == order_id


def test_an_unreadable_order_returns_as_itself_though_a_later_visit_has_ended_too(database: Database) -> None:
    bad = seen(phone=None, state="unreadable", reason="malformed")
    ((first, _),) = recorded(database, bad)
    ended(database, first)
    ((second, _),) = recorded(database, seen(phone=None, state="unreadable", reason="malformed", card=2))
    ended(database, second)
    assert recorded(database, bad)[0][0] == first != second


def test_two_folders_of_one_number_are_both_ambiguous_and_neither_is_found(database: Database) -> None:
    recorded(database, seen("a1"), seen("a1", state="ambiguous"), seen("A1", state="ambiguous", folder="A1"))
    assert {order.state for order in database.read_now(orders.listed)} == {"ambiguous"}
    assert database.read_now(orders.living_of_key, "A1") is None
    assert found(database, "a1") == []


def test_the_day_is_kept_unless_the_card_names_one(database: Database) -> None:
    _, (_, born_again) = recorded(database, seen(), seen(card=2, name="Пётр", day="2027-05-05"))
    assert born_again is not None
    assert (born_again.after.day, born_again.after.day_source) == ("2026-11-21", "birth")
    named = seen(card=3, day="2026-10-01")._replace(day_source="content")
    ((_, change),) = recorded(database, named)
    assert change is not None
    assert (change.after.day, change.after.day_source) == ("2026-10-01", "content")


def test_an_insert_that_another_process_has_made_is_noticed(database: Database) -> None:
    recorded(database, seen())
    with pytest.raises(orders.Outdated):
        database.write_now(orders.insert_new, [seen("a2"), seen()])
    assert [order.number for order in database.read_now(orders.listed)] == ["a00017732"]


def test_settling_rows_open_together_and_those_that_cannot_be_read_say_why(database: Database) -> None:
    new = [seen("a1", "settling"), seen("a2", "settling", phone=None, reason="no_phone")]
    ids = database.write_now(orders.insert_new, new)
    changes = database.write_now(orders.settle, ids, NOW)
    assert [(change.kind, change.after.state, change.after.reason) for change in changes] == [
        ("opened", "open", None),
        ("unreadable", "unreadable", "no_phone"),
    ]
    assert database.write_now(orders.settle, ids, NOW) == []


def test_barcodes_that_may_be_in_a_picture_are_those_of_open_orders_each_once(database: Database) -> None:
    _, _, (gone, _), _ = recorded(
        database,
        seen("a1", barcode="28000"),
        seen("a2", barcode="28000"),
        seen("a3", barcode="28111"),
        seen("a4", barcode=None),
    )
    recorded(database, seen("a5", barcode=""))
    ended(database, gone)
    assert database.read_now(orders.living_barcodes) == ["28000"]
