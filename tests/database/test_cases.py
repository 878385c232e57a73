"""Who waits for care, told by what was said and not by clocks."""

from database import cases
from tests.database.chats import NOW, PETER, VERA, Chats, chats

__all__ = ["chats"]

PETER_ID, VERA_ID = 1, 4


def _said(chats: Chats, number: int, side: str, case_id: int, at: int) -> None:
    author, address = (VERA_ID, VERA) if side == "care" else (PETER_ID, PETER)
    chats.does(
        "INSERT INTO messages (source_address, source_message_id, case_id, client_id, author_id, side, kind, text, at,"
        " burst_id) VALUES (?, ?, ?, ?, ?, ?, 'text', 'words', ?, 1)",
        *(address, number, case_id, PETER_ID, author, side, at),
    )


def test_an_answer_that_was_begun_before_the_question_was_on_record_is_an_answer(chats: Chats) -> None:
    case_id = chats.database.write_now(cases.opened, PETER_ID, NOW)
    _said(chats, 1, "client", case_id, NOW)
    assert [each.client_id for each in chats.database.read_now(cases.waiting)] == [PETER_ID]
    _said(chats, 2, "care", case_id, NOW - 5)
    assert chats.database.read_now(cases.waiting) == []
