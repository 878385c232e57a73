"""Every right is checked at the moment of sending; what may not go waits with its reason, in its place."""

import pytest

from database import outbox
from database.claims import Wait
from dealer_bot.domain.parcels import Parcel
from tests.database.chats import ADMIN, ANNA, IVAN, NOW, OTHER, PETER, PHONE, VERA, Chats, chats

__all__ = ["chats"]

# What has happened since the row was queued; its order is 1, its client person 1; the reason it waits for now.
GUARDS = {
    "the order has another phone now": (f"UPDATE orders SET phone = '{OTHER}'", "phone_changed"),
    "nobody has confirmed the phone": ("UPDATE orders SET confirmed_phone = NULL", "phone_changed"),
    "the order has no phone any more": ("UPDATE orders SET phone = NULL", "phone_changed"),
    "the phone is nobody's any more": ("UPDATE bindings SET ended_at = 2", "not_connected"),
    "the phone was only expected": ("UPDATE bindings SET proved_at = NULL", "not_connected"),
    "he was made inactive": ("UPDATE people SET active = 0 WHERE id = 1", "inactive"),
    "he never consented": ("UPDATE people SET consent_at = NULL WHERE id = 1", "stopped"),
    "he stopped receiving": ("UPDATE people SET paused_at = 5 WHERE id = 1", "stopped"),
    "he blocked the bot": (f"INSERT INTO chats (address, blocked_at) VALUES ('{PETER}', 1)", "blocked"),
    "the card can't be read": ("UPDATE orders SET state = 'unreadable' WHERE id = 1", "unreadable"),
    "two folders have the number": ("UPDATE orders SET state = 'ambiguous' WHERE id = 1", "unreadable"),
    "the order was closed before": (f"UPDATE orders SET state = 'closed', ended_at = {NOW - 1}", "closed"),
    "the folder was gone before": (f"UPDATE orders SET state = 'gone', ended_at = {NOW - 1}", "closed"),
    "the order ended nobody knows when": ("UPDATE orders SET state = 'closed', ended_at = NULL", "closed"),
}


@pytest.mark.parametrize(("statement", "reason"), GUARDS.values(), ids=GUARDS.keys())
def test_nothing_goes_when(chats: Chats, statement: str, reason: str) -> None:
    rows = [chats.delivers(), chats.delivers("text"), chats.delivers("text", op="edit")]
    chats.does(statement)
    assert chats.claims() is None
    assert {chats.state(row) for row in rows} == {("held", reason)}


def test_what_is_fully_in_order_goes(chats: Chats) -> None:
    row = chats.delivers()
    parcel = chats.claims()
    assert isinstance(parcel, Parcel) and parcel.address == PETER and parcel.items[0].file_id == "file-1"
    assert chats.state(row)[0] == "sending"


def test_what_was_handed_in_before_the_closing_still_goes(chats: Chats) -> None:
    row = chats.delivers(at=NOW - 5_000)
    chats.does("UPDATE orders SET state = 'closed', ended_at = ?", NOW)
    assert chats.takes() == (row,)


def test_a_photo_that_became_a_service_one_is_not_even_edited(chats: Chats) -> None:
    row = chats.delivers(op="edit")
    chats.does("UPDATE media SET hidden = 1")
    assert chats.claims() is None and chats.state(row) == ("withdrawn", "hidden")


def test_a_folder_that_is_still_being_written_makes_its_rows_wait(chats: Chats) -> None:
    row = chats.delivers()
    chats.does("UPDATE orders SET state = 'settling'")
    assert isinstance(chats.claims(), Wait) and chats.state(row)[0] == "queued"


def test_a_folder_that_is_still_being_written_keeps_nothing_of_another_order_from_its_client(chats: Chats) -> None:
    """The store may have died in the middle of it."""
    row, other = chats.delivers(order=1), chats.delivers(order=2)
    chats.does("UPDATE orders SET state = 'settling' WHERE id = 1")
    assert chats.takes() == (other,)
    assert isinstance(chats.claims(), Wait) and chats.state(row)[0] == "queued"
    chats.does("UPDATE outbox SET state = 'sent' WHERE id = ?", other)
    chats.does("UPDATE orders SET state = 'open' WHERE id = 1")
    assert chats.takes() == (row,)


def test_what_is_under_way_when_its_folder_begins_to_be_written_ends_before_anything_else_goes(chats: Chats) -> None:
    rows = chats.delivers(order=1), chats.delivers(order=2)
    assert chats.takes() == rows[:1]
    chats.does("UPDATE orders SET state = 'settling' WHERE id = 1")
    assert isinstance(chats.claims(), Wait) and chats.state(rows[1])[0] == "queued"


def test_a_row_that_lost_its_account_waits_for_the_phone_alone(chats: Chats) -> None:
    row = chats.delivers()
    chats.does("UPDATE bindings SET ended_at = 2 WHERE phone = ?", PHONE)
    chats.claims()
    assert chats.asks("SELECT address, to_phone FROM outbox WHERE id = ?", row) == [(None, PHONE)]


def test_a_wrong_address_on_a_row_never_gets_it(chats: Chats) -> None:
    row = chats.delivers(address=IVAN)
    assert chats.claims(address=IVAN) is None
    assert chats.takes(address=PETER) == (row,)


def test_what_telegram_gives_back_after_the_phone_moved_goes_to_its_new_account(chats: Chats) -> None:
    photo, mended = chats.delivers(), chats.delivers("text", op="edit")
    assert isinstance(chats.claims(), Parcel)
    chats.does("UPDATE bindings SET person_id = 5 WHERE person_id = 1")
    chats.does("UPDATE outbox SET state = 'queued' WHERE state = 'sending'")
    assert chats.claims() is None
    assert chats.asks("SELECT address FROM outbox WHERE id = ?", photo) == [(ADMIN,)]
    assert chats.state(mended) == ("held", "not_connected")  # the new one has nothing that could be mended


@pytest.mark.parametrize(
    ("address", "change", "may"),
    [
        (ANNA, "SELECT 1", True),
        (VERA, "SELECT 1", True),
        (ANNA, "UPDATE people SET active = 0 WHERE id = 3", False),
        (ANNA, "UPDATE people SET role = 3 WHERE id = 3", False),
        ("tg:777", "SELECT 1", False),
    ],
)
def test_a_clients_words_go_to_active_staff_alone(chats: Chats, address: str, change: str, may: bool) -> None:
    row = chats.delivers("text", address=address, to_phone=None, to_client=False)
    chats.does(change)
    assert chats.takes(address=address) == ((row,) if may else ())
    assert may or chats.state(row) == ("withdrawn", "inactive")  # and somebody else gets them
    assert may or chats.asks("SELECT count(*) FROM outbox WHERE state = 'queued' AND address <> ?", address) > [(0,)]


@pytest.mark.parametrize("change", ["role = 2", "active = 0"])
def test_an_alert_is_for_active_admins_alone(chats: Chats, change: str) -> None:
    chats.database.write_now(outbox.alert_admins, "x", "alert-disk", {}, NOW)
    chats.does(f"UPDATE people SET {change} WHERE id = 5")
    assert chats.claims(address=ADMIN) is None
    assert chats.asks("SELECT state FROM outbox") == [("withdrawn",)]
