"""What another account gets when it proves a phone: what surely nobody has seen of the phone's orders, and no more."""

import pytest

from database import outbox, settling, sql
from dealer_bot.domain.parcels import Later, Outcome, Parcel, Unknown
from dealer_bot.services.connecting import Connecting
from tests.database.chats import NOW, PETER, PHONE, Chats, chats

__all__ = ["chats"]
NEWCOMER, LATER = "tg:99", NOW + 600_000


def _moves(chats: Chats) -> None:
    """Somebody else proves Peter's phone."""
    chats.database.write_now(_prove)


def _prove() -> None:
    sql.run("INSERT INTO people (id, address, role, consent_at) VALUES (9, ?, 3, 1)", (NEWCOMER,))
    outbox.follow(PHONE, PETER, NEWCOMER)
    sql.run("UPDATE bindings SET ended_at = 2 WHERE phone = ?", (PHONE,))
    sql.run("INSERT INTO bindings (phone, person_id, proved_at) VALUES (?, 9, 2)", (PHONE,))
    outbox.connect(PHONE, NEWCOMER, NOW)


def _gets(chats: Chats, address: str) -> bool:
    return isinstance(chats.claims(LATER, address), Parcel)


def _care_answers() -> None:
    message_id = sql.insert(
        "INSERT INTO messages (source_address, source_message_id, author_id, client_id, side, kind, text, at)"
        " VALUES ('tg:21', 5, 4, 1, 'care', 'text', 'for Peter', ?)",
        (NOW,),
    )
    row = {"key": "c", "address": PETER, "to_phone": PHONE, "to_client": True}
    outbox.add_delivery(message_id=message_id, order_id=None, at=NOW, **row)


@pytest.mark.parametrize(("answer", "gets"), [(Later(1.0), True), (Unknown("timeout"), False)])
def test_what_was_in_flight_goes_to_the_new_account_only_if_telegram_surely_did_not_take_it(
    chats: Chats, answer: Outcome, gets: bool
) -> None:
    row, parcel = chats.delivers(), chats.claims()
    assert isinstance(parcel, Parcel)
    _moves(chats)
    chats.database.write_now(settling.settle, parcel, answer, NOW)
    assert not _gets(chats, PETER)
    assert _gets(chats, NEWCOMER) is gets
    assert chats.state(row)[0] == ("sending" if gets else "unknown")


def test_what_may_have_been_seen_before_the_phone_moved_is_told_to_people_instead(chats: Chats) -> None:
    row = chats.delivers()
    chats.settles(Unknown("timeout"))
    _moves(chats)
    assert not _gets(chats, NEWCOMER) and not _gets(chats, PETER)
    assert chats.state(row)[0] == "unknown"
    assert chats.asks("SELECT count(*) FROM outbox WHERE notice = 'alert-unknown'") == [(1,)]


def test_what_care_answered_is_for_who_asked_and_waits_for_him(chats: Chats) -> None:
    chats.database.write_now(_care_answers)
    _moves(chats)
    for address in (PETER, NEWCOMER):
        assert not _gets(chats, address)
        chats.does("UPDATE outbox SET address = ?, state = 'queued' WHERE address IS NULL", NEWCOMER)
    chats.database.write_now(outbox.connect, PHONE, NEWCOMER, NOW)
    assert not _gets(chats, NEWCOMER)
    chats.does("UPDATE bindings SET person_id = 1 WHERE ended_at IS NULL AND phone = ?", PHONE)
    chats.database.write_now(outbox.connect, PHONE, PETER, NOW)
    assert _gets(chats, PETER)


@pytest.mark.parametrize("has_moved", [True, False])
async def test_what_care_answered_finds_who_asked_by_the_phone_he_has_now(chats: Chats, has_moved: bool) -> None:
    chats.database.write_now(_care_answers)
    chats.does("UPDATE people SET paused_at = 5 WHERE id = 1")
    if has_moved:
        _moves(chats)
    chats.claims(LATER)
    await Connecting(chats.database, ()).connect(PETER, "+375291110007", "Пётр", None, 1, NOW)
    chats.does("UPDATE people SET paused_at = NULL")
    chats.database.write_now(outbox.release_stopped, PETER, True, NOW)
    chats.does("UPDATE outbox SET state = 'sent' WHERE kind IN ('prompt', 'notice')")
    parcel = chats.claims(LATER)
    assert isinstance(parcel, Parcel) and parcel.items[0].text == "for Peter"
    assert not _gets(chats, NEWCOMER)


async def test_what_was_to_be_said_of_his_orders_is_not_said_to_a_former_account(chats: Chats) -> None:
    """A list of orders, a greeting that names them: Telegram could not be reached meanwhile."""
    chats.database.write_now(outbox.add_prompt, key="p", address=PETER, body="[]", at=NOW)
    await Connecting(chats.database, ()).connect(NEWCOMER, PHONE, "Новый", None, 1, NOW)
    parcel = chats.claims(NOW)
    assert isinstance(parcel, Parcel) and parcel.notice == "phone-moved-away"
