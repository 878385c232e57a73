"""The folder explains itself, also after the rows have forgotten."""

import json

import pytest

from dealer_bot.domain.journals import journal_of


def _line(file: str, who: str = "Анна") -> str:
    return json.dumps({"file": file, "who": who}, ensure_ascii=False)


def _journal(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


A, B, C = _line("Body/1.jpg"), _line("Body/2.jpg"), _line("Damage/3.jpg")


def test_what_the_rows_know_is_said_and_no_more() -> None:
    assert journal_of(None, [A, B], lambda _: True) == _journal(A, B)
    assert journal_of(_journal(A, B), [A, B], lambda _: True) == _journal(A, B)


def test_a_file_that_lies_there_and_is_forgotten_keeps_its_line() -> None:
    assert journal_of(_journal(A, C), [B], lambda name: name == "Damage/3.jpg") == _journal(C, B)


def test_a_line_that_the_rows_know_otherwise_gives_way() -> None:
    assert journal_of(_journal(_line("Body/1.jpg", "Борис")), [A], lambda _: True) == _journal(A)


@pytest.mark.parametrize(
    "line", ["", "not json", "[]", "{}", '{"file": 5}', _line("../x/y"), _line("x"), _line("a/b/c"), _line("a/\0")]
)
def test_a_line_that_names_no_file_of_the_order_is_dropped(line: str) -> None:
    assert journal_of(_journal(line), [A], lambda _: True) == _journal(A)


def test_writing_again_changes_nothing() -> None:
    once = journal_of(_journal(C), [A, B], lambda _: True)
    assert journal_of(once, [A, B], lambda _: True) == once
