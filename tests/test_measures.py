"""The measures of the house: what a stranger can rely on when he opens any file."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for package in ("dealer_bot", "database") for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, Function):
            yield node


def _length(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {_name(path) for path in SOURCES if path.read_bytes().count(b"\n") > 300}
    assert long == set()


def test_nothing_is_executed_from_text() -> None:
    calls = [(path, node) for path in SOURCES for node in ast.walk(ast.parse(path.read_bytes()))]
    wrong = [_name(path) for path, node in calls if isinstance(node, ast.Call) and _called(node) in ("eval", "exec")]
    assert wrong == []


def _called(node: ast.Call) -> str:
    return getattr(node.func, "id", "")


def test_nine_functions_in_ten_are_under_twenty_lines() -> None:
    lengths = [_length(function) for path in SOURCES for function in _functions(path)]
    assert sum(length < 20 for length in lengths) >= 0.9 * len(lengths)


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [(f"{_name(path)}:{each.lineno}", _length(each)) for path in SOURCES for each in _functions(path)]
    assert [found for found in long if found[1] > 50] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [_name(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_bytes()))]
    edited_by_people = {"database/attention_words.py"}
    assert [name for name in silent if not name.endswith("__init__.py") and name not in edited_by_people] == []


def test_no_room_is_called_after_nothing() -> None:
    empty = {"utils", "util", "helpers", "helper", "manager", "misc", "common_utils"}
    assert [_name(path) for path in SOURCES if empty & set(path.relative_to(ROOT).with_suffix("").parts)] == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "raise Not" + "ImplementedError")))
    assert [_name(path) for path in SOURCES + TESTS if marks.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("role", ["admin", "employee", "client", "care"])
def test_handlers_read_call_and_say(role: str) -> None:
    """At most a dozen lines of body, no loop of tries, nothing sent past the turn."""
    wrong = []
    for path in sorted((ROOT / "dealer_bot" / "bot" / role).rglob("*.py")):
        for function in _functions(path):
            wrong += [f"{_name(path)}:{function.lineno} {fault}" for fault in _faults(function)]
    assert wrong == []


def _faults(function: Function) -> Iterator[str]:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    if body and (body[-1].end_lineno or 0) - body[0].lineno + 1 > 15:
        yield "is long"
    for node in ast.walk(function):
        if isinstance(node, ast.Await) and _is_said_directly(node.value):
            yield f"sends by itself in line {node.lineno}"


def _is_said_directly(node: ast.expr) -> bool:
    """`await message.answer(…)`, `await bot.send_…(…)`; a callback's own answer is no message."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    owner = node.func.value
    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
    return (name in ("message", "msg") and node.func.attr.startswith(("answer", "reply"))) or (
        name == "bot" and node.func.attr.startswith(("send_", "copy_", "forward_"))
    )
