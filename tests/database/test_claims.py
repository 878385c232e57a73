"""Every right is checked at the moment of sending; what may not go waits with its reason, in its place."""

from dataclasses import dataclass
from typing import Any

import pytest

from database import claims, media, outbox, settling, sql
from database.claims import Wait
from database.connection import Database
from dealer_bot.domain.parcels import Gone, Later, Outcome, Parcel, Refused, Sent, Unknown

NOW = 1_795_000_000_000
PHONE, OTHER = "+375298888808", "+375297777777"
PETER, IVAN, ANNA, VERA, ADMIN = "tg:10", "tg:11", "tg:20", "tg:21", "tg:30"

PEOPLE = ((1, PETER, 3), (2, IVAN, 3), (3, ANNA, 2), (4, VERA, 4), (5, ADMIN, 1))


@dataclass
class Chats:
    """A dealership of rows: one order of Peter's, one of Ivan's, and the chats around them."""

    database: Database
    last: int = 0

    def does(self, statement: str, *values: object) -> int:
        return self.database.write_now(sql.run, statement, values)

    def asks(self, statement: str, *values: object) -> list[sql.Row]:
        return self.database.read_now(sql.rows, statement, values)

    def delivers(
        self, kind: str = "photo", at: int = NOW, order: int = 1, album: str | None = None, **row: object
    ) -> int:
        """A message of Anna's on its way to the client; returns its row in the outbox."""
        return self.database.write_now(self._delivers, kind, at, order, album, row)

    def _delivers(self, kind: str, at: int, order: int, album: str | None, row: dict[str, object]) -> int:
        self.last += 1
        message_id = sql.insert(
            "INSERT INTO messages (source_address, source_message_id, order_id, author_id, side, kind, text, stage, at,"
            " album_key, burst_id) VALUES (?, ?, ?, 3, 'staff', ?, 'words', 'Body', ?, ?, 1)",
            (ANNA, self.last, order, kind, at, album),
        )
        media_id = None
        if kind != "text":
            media_id = sql.insert(
                "INSERT INTO media (message_id, order_id, hidden, kind, file_id) VALUES (?, ?, 0, ?, ?)",
                (message_id, order, kind, f"file-{self.last}"),
            )
        hidden = None if media_id is None else False
        given: dict[str, Any] = {"address": PETER, "to_phone": PHONE, "to_client": True, "media_id": media_id} | row
        key = f"k{self.last}"
        outbox.add_delivery(key=key, message_id=message_id, order_id=order, at=at, hidden=hidden, **given)
        return int((sql.row("SELECT max(id) FROM outbox") or (0,))[0])

    def prompts(self, expires_at: int) -> int:
        return self.does(
            "INSERT INTO outbox (key, kind, address, body, state, at, expires_at)"
            " VALUES ('p', 'prompt', ?, '[]', 'queued', 0, ?)",
            *(PETER, expires_at),
        )

    def claims(self, at: int = NOW, address: str = PETER) -> Parcel | Wait | None:
        return self.database.write_now(claims.claim, address, at)

    def takes(self, at: int = NOW, address: str = PETER) -> tuple[int, ...]:
        """The rows of the parcel that goes now; none where the chat waits."""
        parcel = self.claims(at, address)
        return tuple(item.outbox_id for item in parcel.items) if isinstance(parcel, Parcel) else ()

    def settles(self, outcome: Outcome, at: int = NOW) -> Parcel:
        parcel = self.claims(at)
        assert isinstance(parcel, Parcel)
        self.database.write_now(settling.settle, parcel, outcome, at)
        return parcel

    def state(self, row_id: int) -> tuple[str, str | None]:
        ((state, reason),) = self.asks("SELECT state, reason FROM outbox WHERE id = ?", row_id)
        return state, reason


@pytest.fixture
def chats(database: Database) -> Chats:
    made = Chats(database)
    for person in PEOPLE:
        made.does("INSERT INTO people (id, address, role, consent_at) VALUES (?, ?, ?, 1)", *person)
    made.does("INSERT INTO bindings (phone, person_id, proved_at) VALUES (?, 1, 1), (?, 2, 1)", PHONE, OTHER)
    for order_id, phone in ((1, PHONE), (2, PHONE), (3, OTHER)):
        made.does(
            "INSERT INTO orders (id, number_key, number, folder, state, phone, confirmed_phone)"
            " VALUES (?, ?, '', '', 'open', ?, ?)",
            *(order_id, f"a{order_id}", phone, phone),
        )
    return made


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
