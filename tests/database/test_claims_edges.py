"""Rights at the edges: late siblings, take-backs, and one order that must not hide another."""

from database import orders
from tests.database.chats import NOW, Chats, chats

__all__ = ["chats"]


def test_a_late_sibling_of_an_album_does_not_slip_into_a_closed_order(chats: Chats) -> None:
    first, late = chats.delivers(album="x", at=NOW - 500), chats.delivers(album="x", at=NOW + 500)
    chats.does("UPDATE orders SET state = 'closed', ended_at = ? WHERE id = 1", NOW)
    assert chats.takes(NOW + 3_000) == (first,)
    assert late not in chats.takes(NOW + 3_000)


def test_what_was_handed_in_while_the_folder_was_being_found_closed_still_goes(chats: Chats) -> None:
    row = chats.delivers(at=NOW)
    look_began_at = NOW - 500
    chats.database.write_now(orders.end, 1, "closed", None, look_began_at)
    assert chats.takes(NOW) == (row,)
    late = chats.delivers(at=NOW + 500)
    assert late not in chats.takes(NOW + 1_000)


def test_an_album_does_not_wait_for_a_clock_that_was_set_back(chats: Chats) -> None:
    row = chats.delivers(album="x", at=NOW)
    chats.does("UPDATE outbox SET at = 0, due_at = 0")
    assert chats.takes(NOW - 3_600_000) == (row,)


def test_many_files_on_their_way_do_not_hide_another_order(chats: Chats) -> None:
    for _ in range(12):
        chats.delivers(state="held", reason="media")
    other = chats.delivers("text", order=2)
    assert chats.takes() == (other,)


def test_a_take_back_of_a_picture_that_became_hidden_is_carried_out(chats: Chats) -> None:
    row = chats.delivers(op="delete")
    chats.does("UPDATE media SET hidden = 1")
    assert chats.takes() == (row,)
