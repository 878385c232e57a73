"""Protocols from the keyboard: every message once, with what became of it."""

from database import conversations, orders, outbox, people, sql
from dealer_bot.domain.orders import Sighting
from dealer_bot.domain.people import Role
from tests.cli.conftest import Dealership

AT = 1_795_271_525_000  # 2026-11-21 17:32:05 in Minsk


def _order() -> int:
    sighting = Sighting("A00017732", "a00017732", "a00017732", "open", phone="+375291112233", client_name="Пётр")
    order_id, _ = orders.record(sighting, AT)
    return order_id


def _said(order_id: int | None, author: int, side: str, text: str, at: int, source: int) -> int:
    return conversations.add(
        source_address=f"tg:{author}",
        source_message_id=source,
        author_id=author,
        side=side,
        kind="text",
        at=at,
        order_id=order_id,
        text=text,
        stage="Body" if side == "staff" else None,
    ).id


def _delivery(message_id: int, order_id: int | None, state: str, *, to_client: bool, key: str) -> None:
    outbox.add_delivery(
        key=key, message_id=message_id, order_id=order_id, at=AT, address="tg:1", to_client=to_client, state=state
    )


def _talk() -> None:
    order_id = _order()
    anna = people.add(address="tg:10", role=Role.EMPLOYEE, name="Анна").id
    boss = people.add(address="tg:11", role=Role.ADMIN, name="Олег").id
    client = people.add(address="tg:12").id
    first = _said(order_id, anna, "staff", "Скол\nна крыле <b>", AT, 1)
    _delivery(first, order_id, "sent", to_client=True, key="a")
    second = _said(order_id, client, "client", "а масло?", AT + 1000, 2)
    _delivery(second, order_id, "sent", to_client=False, key="b")
    third = _said(order_id, boss, "staff", "поменяли", AT + 2000, 3)
    _delivery(third, order_id, "held", to_client=True, key="c")
    _said(order_id, anna, "staff", "для себя", AT + 3000, 4)
    outside = _said(None, client, "client", "жалоба", AT + 4000, 5)
    _delivery(outside, None, "unknown", to_client=False, key="d")


def test_the_protocol_of_an_order_holds_its_messages_in_order(dealership: Dealership) -> None:
    dealership.writes(_talk)
    said = dealership.types("log", "A00017732", "--format", "json")
    assert said.code == 0
    assert said.json[0] == {
        "at": "2026-11-21T17:32:05+03:00",
        "order": "a00017732",
        "person": "Анна",
        "role": "employee",
        "text": "Скол\nна крыле <b>",
        "media": [],
        "state": "delivered",
    }
    told = [(entry["person"], entry["role"], entry["text"], entry["state"]) for entry in said.json[1:]]
    assert told == [
        ("Пётр", "client", "а масло?", "delivered"),
        ("Олег", "admin", "поменяли", "waiting"),
        ("Анна", "employee", "для себя", "internal"),
    ]


def test_what_belongs_to_no_order_is_outside(dealership: Dealership) -> None:
    dealership.writes(_talk)
    (entry,) = dealership.types("log", "--outside", "--format", "json").json
    assert (entry["order"], entry["text"], entry["state"]) == (None, "жалоба", "unknown")


def test_what_was_said_to_care_is_outside_and_names_its_order(dealership: Dealership) -> None:
    def said() -> None:
        order_id, client = _order(), people.add(address="tg:12").id
        common = {"source_address": "tg:12", "author_id": client, "client_id": client, "side": "client", "at": AT}
        conversations.add(**common, source_message_id=1, kind="text", text="гарантия?", about_id=order_id)
        spot = {"kind": "location", "text": "53.9, 27.5", "payload": "{}"}
        conversations.add(**common, source_message_id=2, **spot, about_id=order_id)

    dealership.writes(said)
    entries = dealership.types("log", "--outside", "--format", "json").json
    told = [(entry["order"], entry["person"], entry["text"]) for entry in entries]
    assert told == [("a00017732", "Пётр", "гарантия?"), ("a00017732", "Пётр", "53.9, 27.5 (location)")]
    assert dealership.types("log", "a00017732", "--format", "json").json == []


def test_as_text_each_entry_is_one_line(dealership: Dealership) -> None:
    dealership.writes(_talk)
    lines = dealership.types("log", "a00017732").out.splitlines()
    assert len(lines) == 4
    assert lines[0] == "2026-11-21 17:32:05  a00017732  Анна  сотрудник  Скол ⏎ на крыле <b> (доставлено)"


def test_as_html_what_people_wrote_stays_text(dealership: Dealership) -> None:
    dealership.writes(_talk)
    page = dealership.types("log", "a00017732", "--format", "html").out
    assert page.startswith("<!DOCTYPE html>")
    assert "на крыле &lt;b&gt;" in page
    assert "<b>" not in page


def test_as_text_a_clients_words_can_do_nothing_to_the_terminal(dealership: Dealership) -> None:
    def trick() -> None:
        client = people.add(address="tg:12").id
        _said(None, client, "client", "\x1b[2J\x07привет\u202e", AT, 1)

    dealership.writes(trick)
    out = dealership.types("log", "--outside").out
    assert "привет" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)


def test_both_versions_of_an_edited_message_stay(dealership: Dealership) -> None:
    def edited() -> None:
        anna = people.add(address="tg:10", role=Role.EMPLOYEE, name="Анна").id
        message = _said(_order(), anna, "staff", "к 12", AT, 1)
        _delivery(message, None, "sent", to_client=True, key="a")
        conversations.revise(message, "к 14", None, AT + 60_000)

    dealership.writes(edited)
    entries = dealership.types("log", "a00017732", "--format", "json").json
    assert [(entry["at"][11:16], entry["text"]) for entry in entries] == [("17:32", "к 12"), ("17:33", "к 14")]


def test_media_are_named_as_their_files(dealership: Dealership) -> None:
    def shot() -> None:
        order_id = _order()
        anna = people.add(address="tg:10", role=Role.EMPLOYEE, name="Анна").id
        message = _said(order_id, anna, "staff", "", AT, 1)
        sql.run(
            "INSERT INTO media (message_id, order_id, stage, hidden, seq, name, kind, file_id)"
            " VALUES (?, ?, 'Body', 0, 1, '20261121-173205_Анна_0001.jpg', 'photo', 'f')",
            (message, order_id),
        )

    dealership.writes(shot)
    (entry,) = dealership.types("log", "a00017732", "--format", "json").json
    assert entry["media"] == ["20261121-173205_Анна_0001.jpg"]
    assert "[Body: 20261121-173205_Анна_0001.jpg]" in dealership.types("log", "a00017732").out


def test_an_order_with_no_word_said_has_an_empty_protocol(dealership: Dealership) -> None:
    dealership.writes(_order)
    said = dealership.types("log", "a00017732")
    assert (said.code, said.out, said.err.count("\n")) == (0, "", 1), "to programs nothing, to a person a word"
    assert dealership.types("log", "a00017732", "--format", "json").json == []


def test_an_unknown_order_is_refused_with_one_line(dealership: Dealership) -> None:
    said = dealership.types("log", "a99")
    assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_either_an_order_or_outside_is_asked_for(dealership: Dealership) -> None:
    assert dealership.types("log").code == 2
    assert dealership.types("log", "a1", "--outside").code == 2


def test_a_number_that_came_again_has_a_protocol_for_each_visit(dealership: Dealership) -> None:
    def two_visits() -> None:
        anna = people.add(address="tg:10", role=Role.EMPLOYEE, name="Анна").id
        first = _order()
        _said(first, anna, "staff", "январь прошлого года", AT, 1)
        orders.end(first, "gone", None, AT + 1)
        another = Sighting("A00017732", "a00017732", "a00017732", "open", phone="+375297776655", inode=2)
        _said(orders.record(another, AT + 2)[0], anna, "staff", "этот год", AT + 3, 2)

    dealership.writes(two_visits)
    assert [entry["text"] for entry in dealership.types("log", "a00017732", "--format", "json").json] == ["этот год"]
    told = dealership.types("log", "a00017732")
    assert "этот год" in told.out and told.err == "заказ-наряд № 2 из 2 с этим номером (--visit N)\n"
    assert "январь прошлого года" in dealership.types("log", "a00017732", "--visit", "1").out
    beyond = dealership.types("log", "a00017732", "--visit", "3")
    assert (beyond.code, beyond.out, beyond.err.count("\n")) == (1, "", 1)
    assert dealership.types("log", "--outside", "--visit", "1").code == 2
