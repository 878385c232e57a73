"""What a tap may send once more: what may not have arrived, and nothing that has become somebody else's since."""

import pytest

from database import recalls, retries, settling
from dealer_bot.domain.parcels import Sent, Unknown
from tests.database.chats import NOW, OTHER, PETER, Chats, chats

__all__ = ["chats"]
SINCE = {
    "it was taken back": f"UPDATE outbox SET recalled_at = {NOW}",
    "it became one for the service alone": "UPDATE media SET hidden = 1",
    "another account has proved the phone": "UPDATE bindings SET person_id = 3 WHERE person_id = 1",
    "the phone is nobody's any more": "UPDATE bindings SET ended_at = 2 WHERE person_id = 1",
}


def _unsure(chats: Chats) -> int:
    row = chats.delivers()
    for _ in range(2):
        chats.settles(Unknown("timeout"))
    assert chats.state(row)[0] == "unknown"
    return row


def _offered(chats: Chats) -> list[int]:
    return chats.database.read_now(retries.of_burst, 1)


def test_what_may_not_have_arrived_goes_once_more_and_no_further_by_itself(chats: Chats) -> None:
    row = _unsure(chats)
    assert _offered(chats) == [row]
    chats.database.write_now(retries.send_again, [row], NOW)
    chats.settles(Unknown("timeout"))
    assert chats.state(row)[0] == "unknown" and chats.takes() == ()
    chats.database.write_now(retries.send_again, [row], NOW)
    chats.settles(Sent((7,)))
    assert chats.state(row) == ("sent", None) and _offered(chats) == []


@pytest.mark.parametrize("statement", SINCE.values(), ids=SINCE.keys())
def test_nothing_is_repeated_when(chats: Chats, statement: str) -> None:
    row = _unsure(chats)
    chats.does(statement)
    assert _offered(chats) == []
    assert chats.database.read_now(retries.one, row) is None


def test_what_was_taken_back_though_it_may_have_arrived_is_told_and_not_offered_again(chats: Chats) -> None:
    row = chats.delivers()
    chats.settles(Unknown("timeout"))
    unsure = chats.database.write_now(recalls.take_back, 1, 77, NOW)
    chats.database.write_now(settling.ask_people, unsure, NOW)
    assert unsure == (row,) and chats.state(row)[0] == "unknown" and chats.takes() == ()
    assert chats.asks("SELECT notice, args ->> 'retry' FROM outbox WHERE kind = 'alert'") == [
        ("alert-recall-unsure", None)
    ]


def test_a_deletion_may_always_be_repeated(chats: Chats) -> None:
    row = _unsure(chats)
    chats.does(f"UPDATE outbox SET op = 'delete', recalled_at = {NOW}, to_phone = NULL")
    chats.does("UPDATE bindings SET ended_at = 2")
    assert _offered(chats) == [row]


def test_a_tap_gives_no_right_that_the_claim_would_not_give(chats: Chats) -> None:
    row = _unsure(chats)
    chats.does(f"UPDATE orders SET phone = '{OTHER}' WHERE id = 1")
    chats.database.write_now(retries.send_again, [row], NOW)
    assert chats.claims(address=PETER) is None and chats.state(row) == ("held", "phone_changed")
