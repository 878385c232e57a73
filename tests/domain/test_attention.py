"""Attention words are found however they are written, and marked where they stand."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.attention import DEFAULT, Watch
from dealer_bot.domain.attention_list import BrokenList, words_of
from dealer_bot.domain.messages import Piece, excerpt, units

WATCH = Watch(DEFAULT)


def marked(text: str, watch: Watch = WATCH) -> list[str]:
    """The marked parts of a text, cut as Telegram does: by UTF-16 units."""
    raised, raw = watch.look(text), text.encode("utf-16-le")
    marks = raised.marks if raised else ()
    return [raw[each.offset * 2 : (each.offset + each.length) * 2].decode("utf-16-le") for each in marks]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Очень ДОРОГО и грязно!", ["ДОРОГ", "гряз"]),
        ("неплохой", ["плох"]),
        ("мне не  \n\t нравится", ["не  \n\t нрав"]),
        ("не\u00a0нравится", ["не\u00a0нрав"]),
        ("плoxо и дopoгo", ["плox", "дopoг"]),  # Latin o, x, p
        ("πлохо", ["πлох"]),
        ("п\u200bло\u00adх\u2060о", ["п\u200bло\u00adх\u2060"]),
        ("п̶л̶о̶х̶о̶", ["п̶л̶о̶х̶"]),
        ("😀😀 дорого 👨‍👩‍👧 гряз", ["дорог", "гряз"]),
        ("всё хорошо", []),
        ("не очень нравится", []),
        ("", []),
    ],
)
def test_a_word_is_found_in_disguise_and_marked_where_it_stands(text: str, parts: list[str]) -> None:
    assert marked(text) == parts


def test_yo_is_ye_however_it_is_composed() -> None:
    watch = Watch(("ещё", "чёрт"))
    for text in ("еще", "ЕЩЁ", unicodedata.normalize("NFD", "ещё"), "черт", "ЧЁРТ"):
        assert watch.look(text) is not None, text


def test_an_accent_that_makes_another_letter_counts() -> None:
    assert Watch(("мой",)).look("мои") is None


def test_words_come_in_the_order_of_the_list_and_marks_never_overlap() -> None:
    raised = Watch(("дорого", "дорог", "рога")).look("дорога и дорого")
    assert raised is not None and raised.words == ("дорого", "дорог", "рога")
    assert [(each.offset, each.length) for each in raised.marks] == [(0, 6), (9, 6)]


@given(st.text(), st.sampled_from(DEFAULT), st.text())
def test_whatever_stands_around_it_a_word_is_found(before: str, word: str, after: str) -> None:
    raised = WATCH.look(f"{before} {word} {after}")
    assert raised is not None and word in raised.words


@given(st.text(alphabet=st.characters(codec="utf-16"), max_size=200))
def test_marks_lie_within_the_text_and_never_overlap(text: str) -> None:
    raised = Watch(("а", "o", " ", "1")).look(text)
    end = 0
    for mark in raised.marks if raised else ():
        assert mark.offset >= end and mark.length > 0
        end = mark.offset + mark.length
    assert end <= units(text)


def test_the_time_grows_with_the_text_and_no_faster() -> None:
    watch = Watch(("аааааааааааааааааааааааааб", "плох"))
    begun = time.process_time()
    assert watch.look("а" * 200_000) is None
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_the_list_is_read_in_whichever_encoding_it_was_saved(encoding: str) -> None:
    text = "# слова\r\nATTENTION_WORDS = [\r\n  'плох', \"не нрав\",\r\n]\r\n"
    assert words_of(text.encode(encoding)) == ("плох", "не нрав")


@pytest.mark.parametrize(
    ("text", "why", "line"),
    [
        ("", "name", 0),
        ("WORDS = ['a']", "name", 0),
        ("ATTENTION_WORDS = ['a'", "syntax", 1),
        ("\nATTENTION_WORDS = ['a\n]", "syntax", 2),
        ("ATTENTION_WORDS = 'плох'", "list", 1),
        ("ATTENTION_WORDS = [\n 'плох'\n 'гряз']", "comma", 2),
        ("ATTENTION_WORDS = ['плох', 7]", "word", 1),
        ("ATTENTION_WORDS = ['плох', '']", "word", 1),
        ("ATTENTION_WORDS = ['плох', '\\u200b']", "word", 1),
        ("ATTENTION_WORDS = [open('x').read()]", "word", 1),
        ("ATTENTION_WORDS = list('x')", "list", 1),
        ("ATTENTION_WORDS = [" + "'a'," * 3000 + "]", "big", 1),
    ],
)
def test_what_is_no_list_is_refused_with_its_line(text: str, why: str, line: int) -> None:
    with pytest.raises(BrokenList) as refused:
        words_of(text.encode())
    assert (refused.value.why, refused.value.line) == (why, line)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    try:
        words_of(b"ATTENTION_WORDS = " + data)
    except BrokenList:
        return


def test_an_empty_list_watches_nothing() -> None:
    assert words_of(b"ATTENTION_WORDS = []") == ()
    assert Watch(()).look("плохо") is None


def test_a_long_text_is_shown_around_its_word() -> None:
    text = "а" * 5_000 + " плохо " + "б" * 5_000
    (mark,) = WATCH.look(text).marks  # type: ignore[union-attr]
    piece = excerpt(Piece(text, ({"type": "bold", "offset": mark.offset, "length": mark.length},)), mark.offset, 3_500)
    (shown,) = piece.entities
    assert piece.text[shown["offset"] : shown["offset"] + shown["length"]] == "плох"
    assert units(piece.text) <= 3_500 and piece.text[0] == piece.text[-1] == "…"
