"""content.txt is read in every form it comes in; what isn't certain is not read at all."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.content import LIMIT, Content, is_content_name, iso_day, parse_content
from tests.domain.malformed_cards import cards, phones_in

NUMBER = "a00017732"
PHONE = "+375298888808"
CUSTOMERS = """{
   "order": "a00017732",
   "barcode": "2800074366278382442612315631864110402",
   "phone": "+37888888808",
   "plate_number": "0124 МН-1"
}"""


def read(text: str, encoding: str = "utf-8", number: str = NUMBER) -> Content:
    return parse_content(text.encode(encoding), number, "BY")


def test_the_customers_own_example_is_read_whole() -> None:
    assert read(CUSTOMERS) == Content(
        number_in_file=NUMBER,
        barcode="2800074366278382442612315631864110402",
        phone="+37888888808",
        plate_raw="0124 МН-1",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_every_encoding_in_use_reads_the_same(encoding: str) -> None:
    assert read(CUSTOMERS, encoding) == read(CUSTOMERS)


@pytest.mark.parametrize(
    "text",
    [
        CUSTOMERS.replace("\n}", ",\n}"),
        CUSTOMERS.replace('"', "'"),
        CUSTOMERS.replace('"', "'").replace("\n}", ",\n}"),
        CUSTOMERS.replace("\n", "\r\n") + "\r\n\r\n",
        CUSTOMERS.replace('"phone"', '"Phone"').replace('"order"', '"ORDER "'),
        CUSTOMERS.replace('"2800074366278382442612315631864110402"', "2800074366278382442612315631864110402"),
        CUSTOMERS.replace('"phone"', '"рhоnе"'),
        CUSTOMERS.replace("a00017732", "А00017732"),
        CUSTOMERS.replace("{", '{"phone": "+37888888808",'),
        CUSTOMERS.replace("{", '{"extra": [1, {"phone": "+375297777777"}], "ok": true, "none": null,'),
    ],
)
def test_a_card_is_read_however_it_was_typed(text: str) -> None:
    card = read(text)
    assert (card.phone, card.barcode, card.plate_raw) == (
        "+37888888808",
        "2800074366278382442612315631864110402",
        "0124 МН-1",
    )
    assert card.reason is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            ("", "empty"),
            (" \n", "empty"),
            ("[]", "malformed"),
            ("null", "malformed"),
            ("{", "malformed"),
            ("{}", "no_phone"),
        ),
        *(("+375298888808", "malformed"), ("{'phone': __import__('os').getcwd()}", "malformed")),
        *(("{'phone': f'+375298888808'}", "malformed"), ("{**{'phone': '+375298888808'}}", "malformed")),
        *(("{'phone': '+37529888' + '8808'}", "malformed"), ("{'phone': '+37529888' '8808'}", "malformed")),
        *(("{'phone': '+375298888808'} {}", "malformed"), ('{"phone": "+375298888808"', "malformed")),
        *(('{"phone": "+3752988888', "malformed"), ("{phone: '+375298888808'}", "malformed")),
        *(('{"a":' + "[" * 30_000 + "]" * 30_000 + "}", "malformed"), ('{"a": ' + "-" * 50_000 + "1}", "malformed")),
        *(('{"a": ' + "9" * 20_000 + "}", "no_phone"), ("{'a': " + "(" * 500 + "1" + ")" * 500 + "}", "malformed")),
        *(('{"phone": "+375298888808", "phone": "+375297777777"}', "duplicate_key"),),
        *(('{"phone": "+375298888808", "PHONE": "+375297777777"}', "duplicate_key"),),
        *(("{'phone': '+375298888808', 'phone': '+375297777777'}", "duplicate_key"),),
        *(('{"phone": "+375298888808", "order": "a1", "order": "a00017732"}', "duplicate_key"),),
        *(('{"phone": "+375298888808", "order": "a00017733"}', "order_mismatch"),),
        *(('{"phone": "+375298888808", "order": ["a00017732"]}', "order_mismatch"),),
        *(
            ('{"phone": "+375298888808, +375297777777"}', "two_phones"),
            ('{"phone": ["+375298888808"]}', "phone_invalid"),
        ),
        *(
            ('{"phone": 375298888808.0}', "phone_invalid"),
            ('{"phone": true}', "phone_invalid"),
            ('{"phone": NaN}', "phone_invalid"),
        ),
        *(
            ('{"phone": null}', "no_phone"),
            ('{"phone": ""}', "no_phone"),
            ('{"phone": "375298888808.0"}', "phone_invalid"),
        ),
        *(('{"phone": "+375298888808\\u0000"}', "phone_invalid"), ('{"phone": "тел. +375298888808"}', "phone_invalid")),
    ],
)
def test_what_is_not_certain_gives_no_phone_and_a_reason(text: str, reason: str) -> None:
    card = read(text)
    assert card.phone is None
    assert card.reason == reason


def test_a_whole_number_stands_for_text() -> None:
    assert read('{"phone": 375298888808, "order": 17732}', number="17732").phone == PHONE


def test_a_file_larger_than_any_card_is_not_parsed() -> None:
    started = time.perf_counter()
    assert parse_content(b" " * (LIMIT + 1), NUMBER, "BY").reason == "too_big"
    assert time.perf_counter() - started < 0.05


@pytest.mark.parametrize("encoding", ["cp866", "koi8-r", "mac-cyrillic", "utf-32", "utf-32-le", "utf-32-be"])
def test_an_unknown_encoding_is_refused_and_not_stored_as_gibberish(encoding: str) -> None:
    card = read('{"phone": "+375298888808", "client_name": "Пётр Щукин"}', encoding)
    assert card.client_name is None
    assert card.reason in ("encoding", "malformed") or card.problems == ("client_name_invalid",)


@pytest.mark.parametrize("misread", ["cp1251", "latin-1"])
def test_a_name_spoilt_before_it_came_to_us_is_dropped_and_the_phone_kept(misread: str) -> None:
    spoilt = "Пётр Щукин".encode().decode(misread, errors="ignore")
    card = read(json.dumps({"phone": PHONE, "client_name": spoilt}, ensure_ascii=False))
    assert (card.phone, card.client_name, card.reason) == (PHONE, None, None)
    assert card.problems == ("client_name_invalid",)


@pytest.mark.parametrize("name", ["Пётр Щукин", "павлик"])
def test_damaged_utf8_is_refused_and_not_taken_for_cp1251(name: str) -> None:
    data = b'{"phone": "+375298888808", "client_name": "' + name.encode()[:-1] + b'"}'
    assert parse_content(data, NUMBER, "BY").reason == "encoding"


@pytest.mark.parametrize("letters", ["МІ", "КІ", "РІ", "ІМ"])
def test_a_whole_plate_is_one_whatever_else_its_letters_spell(letters: str) -> None:
    assert read(CUSTOMERS.replace("МН", letters)).plate_raw == f"0124 {letters}-1"
    assert "plate_invalid" in read(CUSTOMERS.replace("МН-1", "РІ")).problems


@pytest.mark.parametrize("unusual", ["\ufeff", " ", "\r\n"])
def test_the_usual_card_reads_the_same_at_a_glance_and_with_care(unusual: str) -> None:
    assert read(CUSTOMERS) == read(unusual + CUSTOMERS)


@pytest.mark.parametrize("name", ["Лада «С»", "№ 5 — Иванов", "Ёлкина", "Ільіна Ўладзіміра", "O'Neill", "Müller"])
def test_names_as_people_have_them_are_kept(name: str) -> None:
    assert read(json.dumps({"phone": PHONE, "client_name": name}, ensure_ascii=False)).client_name == name
    assert read(json.dumps({"phone": PHONE, "client_name": name})).client_name == name


@pytest.mark.parametrize("value", [3.5, True, ["x"], {"a": 1}, "\u202eabc", "\ud800", "x" * 500], ids=ascii)
def test_an_unclear_optional_field_is_dropped_and_does_not_stop_the_order(value: object) -> None:
    card = read(json.dumps({"phone": PHONE, "vehicle": value, "plate_number": value, "barcode": value, "date": value}))
    assert (card.vehicle, card.plate_raw, card.barcode, card.date) == (None, None, None, None)
    assert card.phone == PHONE
    assert card.reason is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(("2026-11-21", "2026-11-21"), ("21.11.2026", "2026-11-21"), ("1.2.2026", "2026-02-01")),
        *(
            ("2026-11-21T10:15:00+03:00", "2026-11-21"),
            ("21.11.2026 10:15:00", "2026-11-21"),
            (" 21.11.2026 ", "2026-11-21"),
        ),
        *(
            ("31.02.2026", None),
            ("01.01.0001", None),
            ("21.11.26", None),
            ("11/21/2026", None),
            ("вчера", None),
            ("", None),
        ),
        *(("20261121", None), ("21.11.2026 и 22.11.2026", None), ("٢١.١١.٢٠٢٦", None)),
    ],
)
def test_a_date_is_iso_or_day_month_year(text: str, day: str | None) -> None:
    assert iso_day(text) == day


@pytest.mark.parametrize(
    "name",
    ["content.txt", "Content.TXT", "CONTENT.txt", "content.txt.txt", "conтеnt.txt", "соntent.tхt", " content.txt "],
)
def test_the_card_is_found_under_every_spelling(name: str) -> None:
    assert is_content_name(name)


@pytest.mark.parametrize(
    "name", ["content", "content.json", "content.txt~", "content (1).txt", "mycontent.txt", "content.tx"]
)
def test_other_files_are_no_cards(name: str) -> None:
    assert not is_content_name(name)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    assert isinstance(parse_content(data, NUMBER, "BY"), Content)


@given(st.dictionaries(st.text(max_size=12), st.none() | st.booleans() | st.floats() | st.text() | st.integers()))
def test_any_json_and_any_dict_are_read_without_an_exception(card: dict[str, object]) -> None:
    for text in (json.dumps(card), repr(card)):
        assert parse_content(text.encode(errors="replace"), NUMBER, "BY").phone is None or "phone" in text.lower()


@given(st.sampled_from([json.dumps, repr]), st.text(alphabet="абвгёЁАБВяЯabcXYZ -", min_size=1, max_size=30))
def test_what_was_written_well_is_read_back(write: object, name: str) -> None:
    assert callable(write)
    card = read(write({"order": NUMBER, "phone": PHONE, "client_name": f"Я {name}"}))
    assert (card.phone, card.client_name, card.problems) == (PHONE, " ".join(f"Я {name}".split()), ())


def test_of_a_hundred_thousand_malformed_cards_none_raises_and_no_phone_is_guessed() -> None:
    accepted = 0
    for data, phone in cards(100_000, seed=20261121):
        card = parse_content(data, NUMBER, "BY")
        if card.phone is None:
            assert card.reason is not None, data
            continue
        accepted += 1
        if card.phone != phone:  # a digit of it was hit: then what stands there is the only phone that stands there
            assert phones_in(data) == {card.phone}, data
    assert 10_000 < accepted < 60_000, "the generator breaks too little or too much to prove anything"
