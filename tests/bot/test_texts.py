"""Every sentence is there in both languages, is said somewhere, and comes out whole."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup
from fluent.runtime import FluentResource
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import dealer_bot
from dealer_bot.bot import keyboards, screens
from dealer_bot.bot.texts import LANGUAGES, LOCALES, Texts, texts, texts_for, why_not_sent
from dealer_bot.domain.content import NO_CONTENT, TWO_CANDIDATES
from dealer_bot.domain.phones import PhoneProblem
from dealer_bot.domain.traces import DENIED, NOT_A_FILE
from dealer_bot.domain.views import CardView

ROOT = Path(dealer_bot.__file__).parent
SPEAKING = [path for room in ("bot", "services", "domain") for path in (ROOT / room).rglob("*.py")]
CODE = [*SPEAKING, *(ROOT.parent / "database").glob("*.py")]
CARD_TROUBLES = (
    *("malformed", "encoding", "empty", "too_big", "duplicate_key", "order_mismatch", NO_CONTENT, TWO_CANDIDATES),
    *(DENIED, NOT_A_FILE, *PhoneProblem),
)
CLIENT_STATES = ("no_phone", "not_connected", "inactive", "stopped", "blocked", "connected")
PROGRAMS_LOOK_FOR = {
    "state-not_connected": "не подключён",
    "status-not_connected": "не подключён",
    "state-blocked": "заблокировал бота",
    "status-blocked": "заблокировал бота",
    "care-answered-blocked": "заблокировал бота",
    "care-unsent-blocked": "заблокировал бота",
    "order-closed": "закрыт",
    "media-closed": "закрыт",
    "card-closed": "закрыт",
    "pin-closed": "закрыт",
    "closed-mark": "закрыт",
    "answer": "Ответить",
}
SAYERS = {"t", "DealerError", "is_key"}


class Variables(Visitor):
    """What a message asks for; `numbers` are those it counts by."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.numbers: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        if isinstance(node.selector, ftl.VariableReference):
            self.numbers.add(node.selector.id.name)
        self.generic_visit(node)


@cache
def messages(language: str) -> dict[str, ftl.Message]:
    body = FluentResource((LOCALES / f"{language}.ftl").read_text(encoding="utf-8")).body
    assert not [each for each in body if isinstance(each, ftl.Junk)], "a line that Fluent can't read"
    found = [each for each in body if isinstance(each, ftl.Message)]
    assert len({each.id.name for each in found}) == len(found), "a key that is there twice"
    return {each.id.name: each for each in found}


def variables(message: ftl.Message) -> Variables:
    found = Variables()
    found.visit(message)
    return found


def literals(node: ast.expr | None) -> Iterator[str]:
    """The strings an argument can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from literals(node.body)
        yield from literals(node.orelse)


def said(tree: ast.AST) -> Iterator[str]:
    """Keys that the code surely asks for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            is_double = isinstance(node.func, ast.Call) and getattr(node.func.func, "id", "") == "texts"
            if (name in SAYERS or is_double) and node.args:
                yield from literals(node.args[0])
            if name == "alert_admins" and len(node.args) > 1:
                yield from literals(node.args[1])
            for keyword in node.keywords:
                if keyword.arg == "notice":
                    yield from literals(keyword.value)


def mentioned(tree: ast.AST) -> tuple[set[str], set[str]]:
    """All strings in the code, and the beginnings of those that are put together."""
    whole = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    begun = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            begun.add(str(node.values[0].value))
    return whole, begun


@cache
def trees() -> list[ast.Module]:
    return [ast.parse(path.read_text(encoding="utf-8")) for path in CODE]


def test_every_key_that_is_asked_for_is_there() -> None:
    asked = {key for tree in trees() for key in said(tree)} - {
        "greeting",
        "role-now",
        "digest",
        "weeks",
    }  # put together from several
    assert len(asked) > 50
    for language in LANGUAGES:
        assert asked - set(messages(language)) == set(), language


def test_every_key_is_said_somewhere() -> None:
    whole = {each for tree in trees() for each in mentioned(tree)[0]}
    begun = {each for tree in trees() for each in mentioned(tree)[1] if each.endswith("-") and len(each) > 4}
    unused = {
        key
        for key in messages("ru")
        if key not in whole and key.removesuffix("-order") not in whole and not key.startswith(tuple(begun))
    }
    assert unused == set()


def test_both_languages_say_the_same_with_the_same_arguments() -> None:
    ru, en = messages("ru"), messages("en")
    assert set(ru) == set(en)
    assert {key for key in ru if variables(ru[key]).names != variables(en[key]).names} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_comes_out_whole(language: str) -> None:
    t = Texts(language)
    for key, message in messages(language).items():
        asked = variables(message)
        for number in (0, 1, 2, 5, 21, 112):
            args: dict[str, Any] = {name: number if name in asked.numbers else f"<{name}>" for name in asked.names}
            text = t(key, **args)
            assert text.strip() == text and text and "{" not in text, key
            assert all(f"<{name}>" in text for name in asked.names - asked.numbers), key
            assert len(text) < 1000


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_key_or_argument_is_loud(language: str) -> None:
    with pytest.raises(KeyError):
        texts(language)("no-such-key")
    with pytest.raises(KeyError):
        texts(language)("card-order")


def test_russian_counts_as_russians_do() -> None:
    t = texts("ru")
    nouns = {1: "сообщение", 2: "сообщения", 5: "сообщений", 11: "сообщений", 21: "сообщение", 112: "сообщений"}
    shots = {1: "снимок ", 2: "снимка ", 5: "снимков ", 11: "снимков ", 21: "снимок ", 112: "снимков "}
    for number, noun in nouns.items():
        assert f"{number} {noun}" in t("come-back", count=number)
    for number, noun in shots.items():
        assert f"{number} {noun}" in t("waiting-media", count=number, order="a1", stage="Выдача")


def test_the_words_that_programs_look_for_stay() -> None:
    for key, words in PROGRAMS_LOOK_FOR.items():
        asked = variables(messages("ru")[key]).names
        assert words in texts("ru")(key, **dict.fromkeys(asked, "x")), key
    assert texts("ru")("answer") == "Ответить"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_wait_has_its_words(language: str) -> None:
    t = texts(language)
    assert all(t.has(f"state-{state}") for state in CLIENT_STATES)
    assert all(t.has(f"entered-{state}") for state in CLIENT_STATES if state != "connected")
    assert all(t.has(f"status-{wait}") for wait in (*screens.LOUD_WAITS, *screens.COUNTED_WAITS))


def test_whoever_chose_no_language_or_a_strange_one_is_spoken_to_in_the_dealerships() -> None:
    for chosen in (None, "", "de", "ru-RU", "../en"):
        assert texts_for(chosen, "ru").language == "ru"
    assert texts_for("en", "ru").language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_that_share_a_row_are_short_enough_to_be_read(language: str) -> None:
    t = texts(language)
    stages = (("a" * 8, "Приёмка", False), ("b" * 8, "Для сервисных нужд", True), ("c" * 8, "К" * 48, False))
    card = CardView(1, "a1", "open", None, None, None, None, None, "connected", "ffffff", stages)
    drawn: list[Any] = [
        keyboards.card(t, card),
        keyboards.contact(t),
        keyboards.working(t),
        keyboards.waiting_media(t, 1, "0" * 8),
    ]
    drawn += [keyboards.languages(), keyboards.answer(t, 1), keyboards.stop_really(t), keyboards.take_waiting(t)]
    for markup in drawn:
        assert isinstance(markup, InlineKeyboardMarkup | ReplyKeyboardMarkup)
        rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else markup.keyboard
        for row in rows:
            assert len(row) == 1 or all(len(button.text) <= 24 for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_trouble_with_a_card_is_told_as_what_it_is(language: str) -> None:
    told = [why_not_sent(reason, texts(language)) for reason in CARD_TROUBLES]
    assert len(set(told)) == len(told) and texts(language)("reason-other") not in told
