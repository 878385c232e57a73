"""A client's words whose reader can't be reached any more: somebody else reads them, and once."""

import pytest

from database import outbox, settling, sql
from dealer_bot.domain.parcels import Gone, Parcel
from tests.database.chats import ANNA, NOW, PETER, VERA, Chats, chats

__all__ = ["chats"]
GALINA, LATER = "tg:88", NOW + 10_000

LEAVES = {
    "made inactive": "UPDATE people SET active = 0 WHERE address = ?",
    "a client by now": "UPDATE people SET role = 3 WHERE address = ?",
    "blocked the bot": "INSERT INTO chats (address, blocked_at) VALUES (?, 1)",
}
left = pytest.mark.parametrize("leaves", LEAVES.values(), ids=LEAVES.keys())


def _says(chats: Chats, *readers: str, **message: object) -> None:
    chats.database.write_now(_write, readers, message)


def _write(readers: tuple[str, ...], message: dict[str, object]) -> None:
    """Peter's words about his first order, in it or in a case of care's."""
    known: dict[str, object] = {"order_id": 1} | message
    columns = ", ".join(("source_address, source_message_id, author_id, client_id, side, kind, text, at", *known))
    values = (PETER, 5, 1, 1, "client", "text", "words", NOW, *known.values())
    message_id = sql.insert(f"INSERT INTO messages ({columns}) VALUES ({sql.marks(values)})", values)
    for reader in readers:
        outbox.add_delivery(key=f"c{reader}", message_id=message_id, order_id=1, at=NOW, address=reader)


def _is_mended(chats: Chats, reader: str) -> None:
    row = {"key": "e", "message_id": 1, "order_id": 1, "at": NOW, "address": reader, "op": "edit"}
    chats.database.write_now(lambda: outbox.add_delivery(**row))


def _reads(chats: Chats, address: str) -> list[str]:
    """What goes into this chat."""
    found = []
    while isinstance(parcel := chats.claims(LATER, address), Parcel):
        found.append(parcel.op)
        chats.does("UPDATE outbox SET state = 'sent' WHERE state = 'sending'")
    return found


def _joins_care(chats: Chats) -> None:
    chats.does("INSERT INTO people (id, address, role) VALUES (8, ?, 4)", GALINA)


@left
def test_who_can_not_be_reached_is_passed_over(chats: Chats, leaves: str) -> None:
    _says(chats, ANNA)
    chats.does(leaves, ANNA)
    assert _reads(chats, ANNA) == [] and _reads(chats, VERA) == ["send"]


@pytest.mark.parametrize("reason", ["blocked", "deactivated", "chat"])
def test_what_telegram_does_not_take_to_the_reader_goes_to_another(chats: Chats, reason: str) -> None:
    _says(chats, ANNA)
    parcel = chats.claims(NOW, ANNA)
    assert isinstance(parcel, Parcel)
    chats.database.write_now(settling.settle, parcel, Gone(reason), NOW)
    assert _reads(chats, ANNA) == [] and _reads(chats, VERA) == ["send"]
    chats.does("UPDATE chats SET blocked_at = NULL")
    chats.database.write_now(outbox.offer_held, ANNA, "blocked", LATER)
    assert _reads(chats, ANNA) == ["send"]  # she sees what was said while she was away


@left
def test_what_others_have_is_not_passed_on(chats: Chats, leaves: str) -> None:
    _joins_care(chats)
    _says(chats, VERA, GALINA, case_id=1)
    chats.does(leaves, VERA)
    assert _reads(chats, VERA) == [] and _reads(chats, GALINA) == ["send"]


@left
def test_what_was_said_to_care_is_not_passed_to_a_mechanic(chats: Chats, leaves: str) -> None:
    _joins_care(chats)
    chats.delivers("text")  # Anna works in the order
    _says(chats, VERA, order_id=None, about_id=1, case_id=1)
    chats.does(leaves, VERA)
    assert _reads(chats, VERA) == _reads(chats, ANNA) == [] and _reads(chats, GALINA) == ["send"]


@left
def test_nobody_is_passed_his_own_words(chats: Chats, leaves: str) -> None:
    """Peter is a mechanic, too, and has worked on his own car."""
    chats.does("UPDATE people SET role = 2 WHERE id = 1")
    chats.delivers("text")
    chats.does("UPDATE messages SET author_id = 1, source_address = ?", PETER)
    _says(chats, ANNA)
    chats.does(leaves, ANNA)
    assert _reads(chats, ANNA) == [] and "send" in _reads(chats, VERA)
    assert chats.asks("SELECT count(*) FROM outbox WHERE key LIKE 'r%' AND address = ?", PETER) == [(0,)]


@left
def test_what_is_mended_after_the_reader_left_is_new_to_who_reads_it_now(chats: Chats, leaves: str) -> None:
    _says(chats, ANNA)
    assert _reads(chats, ANNA) == ["send"]
    chats.does(leaves, ANNA)
    _is_mended(chats, ANNA)
    assert _reads(chats, ANNA) == [] and _reads(chats, VERA) == ["send"]
