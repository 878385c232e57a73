"""Nothing that people write is lost, torn inside a symbol, or marked in another place."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dealer_bot.domain.messages import (
    CAPTION_ROOM,
    TEXT_ROOM,
    WITHOUT_CAPTION,
    parts_of,
    piece_of,
    pieces_of,
    units,
)

TELEGRAM_CAPTION, TELEGRAM_TEXT = 1024, 4096
FAMILY, FLAG, TONE, KEYCAP, ACCENT = "👨‍👩‍👧‍👦", "🇧🇾", "👍🏽", "1\ufe0f\u20e3", "é̈"
SYMBOLS = st.sampled_from(
    ["a", "я", " ", "\n", "<b>", "&amp;", "🚗", FAMILY, FLAG, TONE, KEYCAP, ACCENT, "\u200b", "漢"]
)
TEXTS = st.lists(SYMBOLS, max_size=400).map("".join) | st.text(max_size=300)
KINDS = st.sampled_from(["text", "photo", "video", "voice", "document", "video_note"])
ROOMS = st.integers(30, 200)
LENGTHS = st.sampled_from(
    [0, 1, CAPTION_ROOM - 1, CAPTION_ROOM, CAPTION_ROOM + 1, 1024, TEXT_ROOM, TEXT_ROOM + 1, 4096]
)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[dict[str, object]]]:
    """A text with marks as Telegram gives them: within the text, in order of their beginning."""
    text = draw(TEXTS.filter(bool))
    spots = sorted(draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 60)), max_size=5)))
    marks: list[dict[str, object]] = []
    for start, length in spots:
        words = text[start : start + length]
        marks.append({"type": "bold", "offset": units(text[:start]), "length": units(words)})
    return text, marks


def under(text: str, mark: dict[str, object]) -> bytes:
    """The words a mark lies on, as Telegram counts."""
    offset, length = mark["offset"], mark["length"]
    assert isinstance(offset, int) and isinstance(length, int)
    return text.encode("utf-16-le", "surrogatepass")[offset * 2 : (offset + length) * 2]


@given(TEXTS, ROOMS)
def test_the_pieces_are_the_whole_text_in_order(text: str, room: int) -> None:
    assert "".join(piece.text for piece in pieces_of(text, None, room)) == text


@given(TEXTS, ROOMS)
def test_no_piece_is_empty_or_larger_than_its_room(text: str, room: int) -> None:
    assert all(0 < units(piece.text) <= room for piece in pieces_of(text, None, room))


@given(TEXTS)
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.lists(st.sampled_from([FAMILY, TONE, KEYCAP, ACCENT, "я"]), max_size=300), ROOMS)
def test_no_symbol_is_torn(symbols: list[str], room: int) -> None:
    """Words without spaces: the only places to cut are between the symbols."""
    edges, at = {0}, 0
    for symbol in symbols:
        at += len(symbol)
        edges.add(at)
    cut = 0
    for piece in pieces_of("".join(symbols), None, room):
        cut += len(piece.text)
        assert cut in edges


@given(st.integers(1, 200), ROOMS)
def test_no_flag_is_torn(flags: int, room: int) -> None:
    for piece in pieces_of(FLAG * flags, None, room // 4 * 4):
        assert len(piece.text) % 2 == 0


def test_a_text_is_cut_at_a_line_end_sooner_than_at_a_space_and_at_a_space_sooner_than_in_a_word() -> None:
    assert [each.text for each in pieces_of("один два\nтри четыре", None, 16)] == ["один два\n", "три четыре"]
    assert [each.text for each in pieces_of("один два три четыре", None, 16)] == ["один два три ", "четыре"]
    assert [each.text for each in pieces_of("сорокдвабуквыаа", None, 10)] == ["сорокдвабу", "квыаа"]


def test_one_symbol_larger_than_the_room_still_ends() -> None:
    text = "a" + "\u0301" * 500
    assert "".join(piece.text for piece in pieces_of(text, None, 100)) == text


def test_a_lone_surrogate_is_carried_like_any_other() -> None:
    text = "до\ud83dпосле" * 50
    assert "".join(piece.text for piece in pieces_of(text, None, 60)) == text


@given(marked(), ROOMS)
def test_marks_stay_on_the_same_words(given_text: tuple[str, list[dict[str, object]]], room: int) -> None:
    text, marks = given_text
    pieces = pieces_of(text, json.dumps(marks), room)
    expected = b"".join(under(text, mark) for mark in marks)
    found = [(n, mark) for n, piece in enumerate(pieces) for mark in piece.entities]
    assert all(mark["offset"] >= 0 and mark["offset"] + mark["length"] <= units(pieces[n].text) for n, mark in found)
    carried = b"".join(under(pieces[n].text, mark) for n, mark in found)
    assert len(carried) == len(expected) and sorted(carried) == sorted(expected)


@given(marked())
def test_a_short_text_keeps_its_marks_as_they_were(given_text: tuple[str, list[dict[str, object]]]) -> None:
    text, marks = given_text
    if units(text) <= CAPTION_ROOM:
        for kind in ("text", "photo"):
            piece = piece_of(kind, text, json.dumps(marks), 0)
            assert piece is not None and (piece.text, list(piece.entities)) == (text, marks)


def test_what_a_mark_carries_besides_its_place_is_kept() -> None:
    link = {"type": "text_link", "offset": 5, "length": 100, "url": "https://example.org/a"}
    pieces = pieces_of("x" * 110, json.dumps([link]), 50)
    assert [mark["url"] for piece in pieces for mark in piece.entities] == [link["url"]] * 3


@given(KINDS, LENGTHS, st.sampled_from(["я", "🚗", FAMILY, "слово "]))
def test_every_part_has_words_and_together_they_are_the_message(kind: str, length: int, filler: str) -> None:
    text = (filler * length)[:length]
    parts = [piece_of(kind, text, None, part) for part in parts_of(kind, text)]
    assert all(part is not None for part in parts)
    said = "".join(part.text for part in parts if part is not None)
    assert said == ("" if kind in WITHOUT_CAPTION else text)


@given(KINDS, TEXTS, st.integers(0, 20))
def test_a_part_exists_exactly_where_it_is_numbered(kind: str, text: str, part: int) -> None:
    assert (piece_of(kind, text, None, part) is not None) == (part in parts_of(kind, text))


@given(KINDS, LENGTHS, LENGTHS)
def test_an_edit_that_shortens_leaves_no_part_of_the_old_text(kind: str, before: int, after: int) -> None:
    old, new = "с" * before, "н" * after
    pieces = [piece_of(kind, new, None, part) for part in parts_of(kind, old)]
    assert not any("с" in piece.text for piece in pieces if piece is not None)
    assert all(piece is None for piece in pieces[len(parts_of(kind, new)) :])


@given(st.sampled_from(["photo", "video"]), LENGTHS)
def test_there_is_room_for_what_the_dealership_adds(kind: str, length: int) -> None:
    longest_name, longest_number, plate, label, author = 100, 64, 40, 48, 64
    heading = longest_name + longest_number + plate + label + author + len("«» ·  ·  · \n\n")
    for part in parts_of(kind, "я" * length):
        piece = piece_of(kind, "я" * length, None, part)
        room = TELEGRAM_TEXT if part else TELEGRAM_CAPTION
        assert piece is not None and units(piece.text) + heading <= room


def test_the_symbols_here_are_what_they_seem() -> None:
    assert (len(FAMILY), len(FLAG), len(TONE), len(KEYCAP)) == (7, 2, 2, 3)
    assert len(ACCENT) > 1 and unicodedata.category(ACCENT[-1]) == "Mn"
