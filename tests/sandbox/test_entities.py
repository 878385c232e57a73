"""Text is parsed, trimmed and measured as Telegram does it."""

import pytest

from dealer_bot.sandbox.entities import commands_in, formatted
from dealer_bot.sandbox.refusal import Refusal


def test_offsets_are_counted_in_utf16_units():
    text, entities = formatted("😀 <b>Анна</b>", "HTML", None)
    assert text == "😀 Анна"
    assert entities == [{"type": "bold", "offset": 3, "length": 4}]


def test_nested_tags_and_links_are_kept():
    text, entities = formatted('<b>a<i>b</i></b> <a href="https://e.org/?a=1&amp;b=2">c</a>', "html", None)
    assert text == "ab c"
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bold", 0, 2),
        ("italic", 1, 1),
        ("text_link", 3, 1),
    ]
    assert entities[2]["url"] == "https://e.org/?a=1&b=2"


def test_escaped_characters_are_characters():
    assert formatted("&lt;b&gt; &amp; &quot;x&quot; &nbsp;", "HTML", None)[0] == '<b> & "x" &nbsp;'


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("я <font>a</font>", 'Unsupported start tag "font" at byte offset 3'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
    ],
)
def test_what_is_not_html_is_refused_with_its_place(source, reason):
    with pytest.raises(Refusal) as refused:
        formatted(source, "HTML", None)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    if "<b" not in source[2:] and source != "2 < 3":
        assert refused.value.description.endswith(reason)


def test_another_parse_mode_is_refused_rather_than_guessed():
    with pytest.raises(Refusal):
        formatted("*a*", "MarkdownV2", None)


def test_text_is_trimmed_and_its_entities_move_with_it():
    assert formatted("  ab  ", None, [{"type": "bold", "offset": 2, "length": 4}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )


def test_entities_out_of_range_are_cut_or_dropped():
    entities = [{"type": "bold", "offset": 1, "length": 50}, {"type": "italic", "offset": 9, "length": 2}]
    assert formatted("abc", None, entities)[1] == [{"type": "bold", "offset": 1, "length": 2}]


def test_commands_are_found_where_telegram_finds_them():
    assert commands_in("/order 177") == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert commands_in("😀 /start@bot") == [{"type": "bot_command", "offset": 3, "length": 10}]
    assert commands_in("a/b http://c/d") == []
