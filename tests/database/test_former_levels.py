"""What was written for somebody's level does not reach him when he has lost it meanwhile."""

import pytest

from database import outbox, people, places, settling
from dealer_bot.domain.parcels import Later, Outcome, Parcel, Unknown
from dealer_bot.domain.people import Role
from dealer_bot.services import people_changes
from dealer_bot.services.connecting import Connecting
from dealer_bot.services.people_changes import Changes
from tests.database.chats import ADMIN, ANNA, NOW, VERA, Chats, chats

__all__ = ["chats"]


def _tells(chats: Chats, address: str) -> None:
    """A protocol, a list of who waits, the phone of a new colleague: answers and news."""
    chats.database.write_now(outbox.add_prompt, key="p", address=address, body="[]", at=NOW)
    news = {"key": "n", "address": address, "notice": "hired", "args": {"phone": "+375"}, "at": NOW}
    chats.database.write_now(lambda: outbox.add_notice(**news))


def _becomes(chats: Chats, address: str, changes: Changes) -> None:
    chats.database.write_now(_change, address, changes)


def _change(address: str, changes: Changes) -> None:
    person = people.by_address(address)
    assert person is not None
    people_changes.change("", person, changes, NOW)


@pytest.mark.parametrize(
    ("address", "changes", "hears"),
    [
        (ANNA, Changes(role=Role.CLIENT), False),
        (ANNA, Changes(active=False), False),
        (ANNA, Changes(role=Role.ADMIN), True),
        (ANNA, Changes(name="Анна Петровна"), True),
        (VERA, Changes(role=Role.EMPLOYEE), False),
        (ADMIN, Changes(role=Role.EMPLOYEE), False),
    ],
)
def test_who_has_lost_his_level_is_not_told_what_was_for_it(
    chats: Chats, address: str, changes: Changes, hears: bool
) -> None:
    chats.does("INSERT INTO people (id, address, role) VALUES (9, 'tg:99', 1)")  # the last admin stays one
    _tells(chats, address)
    _becomes(chats, address, changes)
    assert isinstance(chats.claims(NOW, address), Parcel) is hears
    chats.does("UPDATE outbox SET state = 'sent' WHERE address = ?", address)
    chats.database.write_now(outbox.add_prompt, key="q", address=address, body="[]", at=NOW)
    assert isinstance(chats.claims(NOW, address), Parcel)  # what is said to him from now on


@pytest.mark.parametrize("answer", [Later(0.0), Later(0.0, for_chat=True), Unknown("timeout")])
def test_what_telegram_gives_back_after_it_is_not_said_either(chats: Chats, answer: Outcome) -> None:
    _tells(chats, ANNA)
    parcel = chats.claims(NOW, ANNA)
    assert isinstance(parcel, Parcel)
    _becomes(chats, ANNA, Changes(active=False))
    chats.database.write_now(settling.settle, parcel, answer, NOW)
    assert chats.claims(NOW + 1_000, ANNA) is None


def test_what_waited_for_who_had_blocked_the_bot_is_not_said_when_he_is_back(chats: Chats) -> None:
    _tells(chats, ANNA)
    chats.does("DELETE FROM outbox WHERE kind = 'prompt'")
    chats.does("INSERT INTO chats (address, blocked_at) VALUES (?, 1)", ANNA)
    chats.claims(NOW, ANNA)
    _becomes(chats, ANNA, Changes(active=False))
    chats.does("UPDATE chats SET blocked_at = NULL")
    chats.database.write_now(outbox.offer_held, ANNA, "blocked", NOW)
    assert chats.claims(NOW, ANNA) is None


async def test_another_level_by_a_phone_that_was_written_down_ends_the_former_one(chats: Chats) -> None:
    chats.does("INSERT INTO people (id, address, role) VALUES (9, NULL, 3)")
    chats.does("INSERT INTO bindings (phone, person_id) VALUES ('+375291110007', 9)")
    chats.database.write_now(places.enter, 3, 1, "Body", NOW)
    _tells(chats, ANNA)
    await Connecting(chats.database, ()).connect(ANNA, "+375291110007", "Анна", None, 1, NOW)
    assert chats.asks("SELECT role FROM people WHERE address = ?", ANNA) == [(3,)]
    assert chats.asks("SELECT order_id FROM places WHERE person_id = 3") == [(None,)]
    parcel = chats.claims(NOW, ANNA)
    assert isinstance(parcel, Parcel) and parcel.notice == "greeting"
