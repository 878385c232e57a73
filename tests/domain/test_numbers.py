"""What a folder's name says: a number, open or closed, or nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.numbers import may_be_number, number_key, parse_folder

CLOSED = [
    *("a00017732 closed", "a00017732closed", "a00017732_closed", "a00017732-closed", "a00017732.closed"),
    *("a00017732 CLOSED", "a00017732 Closed ", "a00017732  closed.", "a00017732 (closed)", "a00017732 [Closed]"),
    *("a00017732 - closed", "a00017732 сlоsеd", "a00017732 closed closed", "a00017732_CLOSED. ", "a00017732, closed"),
    *("a00017732\u00a0closed", "a00017732 — closed", "a00017732 {closed}"),
    *("a00017732;closed", "a00017732+closed", "a00017732=closed", "a00017732\u2011closed", "a00017732 #closed"),
]
OPEN = [
    "a00017732 close",
    "closed a00017732",
    "a00017732 closed 2",
    "a00017732 disclosed!",
    "a00017732",
    "a-1",
    "заказ 5",
]
NOT_ORDERS = [
    *("", " ", ".", "..", ".dealer_bot", ".git", "~tmp", "$RECYCLE.BIN", "System Volume Information", "recycler"),
    *("lost+found", "@eaDir", "#recycle", "closed", "CLOSED", " (closed) ", "closed closed", "__MACOSX", "found.000"),
    *("a\u202e1", "a\0", "a\x07", "a\udcff", "a\u200b", "a\ue000", "a\n1"),
]


@pytest.mark.parametrize("name", CLOSED)
def test_the_closing_word_closes_in_any_case_and_with_any_separator(name: str) -> None:
    folder = parse_folder(name, "closed")
    assert folder is not None
    assert folder.closed
    assert folder.key == "A00017732"


@pytest.mark.parametrize("name", OPEN)
def test_the_closing_word_counts_at_the_end_alone(name: str) -> None:
    folder = parse_folder(name, "closed")
    assert folder is not None
    assert not folder.closed
    assert folder.number == name


@pytest.mark.parametrize("name", NOT_ORDERS)
def test_hidden_and_system_folders_and_the_bare_closing_word_are_no_orders(name: str) -> None:
    assert parse_folder(name, "closed") is None


@pytest.mark.parametrize("mark", ["закрыт", "ЗАКРЫТ", "закрыт."])
def test_the_closing_word_may_be_any_word(mark: str) -> None:
    folder = parse_folder(f"a00017732 {mark}", "закрыт")
    assert folder is not None
    assert (folder.number, folder.closed) == ("a00017732", True)
    still_open = parse_folder("a00017732 closed", "закрыт")
    assert still_open is not None
    assert not still_open.closed


@pytest.mark.parametrize("mark", ["(закрыт)", "закрыт.", "[ЗАКРЫТ]"])
def test_a_closing_word_that_is_set_with_its_brackets_or_full_stop_closes_too(mark: str) -> None:
    folder = parse_folder(f"a00017732 {mark}", mark)
    assert folder is not None
    assert (folder.number, folder.closed) == ("a00017732", True)


def test_without_a_closing_word_nothing_is_closed_by_name() -> None:
    folder = parse_folder("a00017732 closed", "")
    assert folder is not None
    assert not folder.closed


@given(
    st.from_regex(r"[a-zA-Z0-9]{1,12}", fullmatch=True), st.sampled_from(["", " ", "_", "-", " - ", ". "]), st.data()
)
def test_closing_and_opening_a_folder_keeps_its_number(number: str, separator: str, data: st.DataObject) -> None:
    word = "".join(char.upper() if data.draw(st.booleans()) else char for char in "closed")
    closed, opened = parse_folder(f"{number}{separator}{word}", "closed"), parse_folder(number, "closed")
    if opened is not None and not opened.closed:
        assert closed is not None
        assert closed.closed
        assert closed.key == opened.key


@given(st.text())
def test_any_folder_name_is_read_or_refused_without_an_exception(name: str) -> None:
    folder = parse_folder(name, "closed")
    if folder is not None:
        assert folder.key
        assert folder.key == number_key(folder.key)


@given(st.text())
def test_the_key_of_a_key_is_itself(text: str) -> None:
    assert number_key(number_key(text)) == number_key(text)


@given(st.text())
def test_composed_and_decomposed_letters_are_one_number(text: str) -> None:
    assert number_key(unicodedata.normalize("NFD", text)) == number_key(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("raw", ["а00017732", "А00017732", "a00017732", " A00017732 "])
def test_cyrillic_and_latin_look_alikes_are_one_number(raw: str) -> None:
    assert number_key(raw) == "A00017732"


@pytest.mark.parametrize(
    "text", ["../etc", "a/b", "a\\b", "C:", "..", ".hidden", "", "a\0", "~", "x" * 65, "a\nb", "$R"]
)
def test_what_leads_elsewhere_is_never_asked_of_the_disk(text: str) -> None:
    assert not may_be_number(text)
