"""In each chat one thing at a time: what waits, what overtakes, what an answer means for what follows."""

import pytest

from database import media, outbox, settling
from database.claims import Wait
from dealer_bot.domain.parcels import Gone, Later, Refused, Sent, Unknown
from tests.database.chats import ADMIN, NOW, PETER, Chats, chats

__all__ = ["chats"]


def test_a_chat_is_served_in_order_and_prompts_first(chats: Chats) -> None:
    first, second = chats.delivers("text"), chats.delivers("text", order=2)
    chats.prompts(expires_at=NOW + 1)
    taken = []
    for _ in range(3):
        parcel = chats.settles(Sent((len(taken) + 1,)))
        taken.append(parcel.items[0].outbox_id)
    assert taken == [second + 1, first, second]


def test_a_stale_prompt_is_not_said(chats: Chats) -> None:
    chats.prompts(expires_at=NOW)
    assert chats.claims() is None and chats.asks("SELECT state FROM outbox") == [("expired",)]


def test_a_row_put_off_holds_back_what_came_after_it(chats: Chats) -> None:
    first, second = chats.delivers("text"), chats.delivers("text", order=2)
    chats.settles(Later(5.0))
    assert isinstance(chats.claims(NOW + 4_999), Wait) and chats.state(second)[0] == "queued"
    assert chats.takes(NOW + 5_000) == (first,)


def test_a_chat_that_telegram_paused_waits_whole(chats: Chats) -> None:
    first = chats.delivers("text")
    chats.settles(Later(30.0, for_chat=True, reason="429"))
    chats.does("UPDATE outbox SET due_at = 0")  # the row itself may go
    assert chats.claims(NOW + 29_000) == Wait(NOW + 30_000)
    assert chats.takes(NOW + 30_000) == (first,)


def test_a_file_on_its_way_holds_back_its_own_order_alone_and_for_a_minute(chats: Chats) -> None:
    chats.delivers(state="held", reason="media")
    same, other = chats.delivers("text"), chats.delivers("text", order=2)
    assert chats.settles(Sent((1,))).items[0].outbox_id == other
    assert chats.claims(NOW + 59_999) == Wait(NOW + 60_000)
    assert chats.takes(NOW + 60_000) == (same,)


def test_an_unknown_outcome_is_resent_once_and_then_people_decide(chats: Chats) -> None:
    row, following = chats.delivers("text"), chats.delivers("text")
    chats.settles(Unknown("cut"))
    assert chats.state(row)[0] == "queued"
    assert chats.settles(Unknown("cut")).items[0].outbox_id == row
    assert chats.state(row)[0] == "unknown"
    assert chats.asks("SELECT address, notice FROM outbox WHERE kind = 'alert'") == [(ADMIN, "alert-unknown")]
    assert chats.takes() == (following,)


def test_what_was_in_flight_when_the_process_died_is_sent_once_more(chats: Chats) -> None:
    row = chats.delivers("text")
    for state in ("queued", "unknown"):
        assert chats.takes() == (row,)
        chats.database.write_now(settling.recover, NOW)
        assert chats.state(row) == (state, "restart")
    assert chats.claims() is None


def test_a_block_holds_this_and_all_that_follows_until_he_is_back(chats: Chats) -> None:
    rows = [chats.delivers("text"), chats.delivers("text")]
    chats.settles(Gone("blocked"))
    assert {chats.state(row) for row in rows} == {("held", "blocked")}
    chats.does("UPDATE chats SET blocked_at = NULL")
    assert chats.database.write_now(outbox.offer_held, PETER, "blocked", NOW) == 2
    assert chats.takes() == (rows[0],)


def test_a_correction_that_meets_a_block_comes_too_when_he_is_back(chats: Chats) -> None:
    edit = chats.delivers("text", op="edit")
    chats.settles(Gone("blocked"))
    chats.does("UPDATE chats SET blocked_at = NULL")
    chats.database.write_now(outbox.offer_held, PETER, "blocked", NOW)
    assert chats.takes() == (edit,)


def test_a_refused_row_is_told_to_admins_and_the_chat_goes_on(chats: Chats) -> None:
    row, following = chats.delivers("text"), chats.delivers("text")
    chats.settles(Refused("Bad Request: no"))
    assert chats.state(row) == ("refused", "Bad Request: no") and chats.takes() == (following,)
    assert chats.asks("SELECT count(*) FROM outbox WHERE kind = 'alert' AND notice = 'alert-refused'") == [(1,)]


def test_an_album_goes_whole_once_it_is_quiet(chats: Chats) -> None:
    rows = tuple(chats.delivers(album="x", at=NOW + n * 400) for n in range(3))
    assert chats.claims(NOW + 2_299) == Wait(NOW + 2_300)
    assert chats.takes(NOW + 2_300) == rows


def test_an_album_waits_for_its_slowest_file_but_not_for_ever(chats: Chats) -> None:
    first, slow = chats.delivers(album="x"), chats.delivers(album="x", state="held", reason="media")
    assert isinstance(chats.claims(NOW + 59_900), Wait)
    assert chats.takes(NOW + 60_000) == (first,)
    chats.database.write_now(media.release, 2, NOW)
    assert chats.claims(NOW + 61_000) == Wait(NOW + 62_000)  # the first one is still on its way
    chats.does("UPDATE outbox SET state = 'sent' WHERE id = ?", first)
    assert chats.takes(NOW + 62_000) == (slow,)


@pytest.mark.parametrize(
    ("kinds", "runs"),
    [
        ("photo photo video photo", [4]),
        ("photo document document", [1, 2]),
        ("audio video voice voice", [1, 1, 1, 1]),
        ("photo " * 12, [10, 2]),
    ],
)
def test_an_album_is_as_whole_as_telegram_allows(chats: Chats, kinds: str, runs: list[int]) -> None:
    for kind in kinds.split():
        chats.delivers(kind, album="x")
    sent = []
    while sum(sent) < sum(runs):
        sent.append(
            len(chats.settles(Sent(tuple(range(100 * len(sent) + 1, 100 * len(sent) + 11))), NOW + 2_000).items)
        )
    assert sent == runs


def test_an_album_that_telegram_refuses_goes_one_by_one(chats: Chats) -> None:
    rows = [chats.delivers(album="x") for _ in range(3)]
    chats.settles(Refused("failed to send message #2", album=True), NOW + 2_000)
    assert [chats.settles(Sent((n,)), NOW + 2_000).items[0].outbox_id for n in range(3)] == rows
