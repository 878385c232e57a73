"""The document of failures is complete, and every test it names is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "failures.md"
LAST = {"I": 12, "A": 12, "B": 22, "C": 15, "D": 16, "E": 22, "F": 12, "S": 28, "T": 24}
"""The catalogue's sections, and the number of the last row of each."""

ROW = re.compile(r"^- \*\*([A-Z]\d+)\*\* (.*?)(?=^- \*\*|^#|\Z)", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WITHOUT_A_TEST = ("*(not yet)*", "*(not ours)*")


def _rows() -> list[tuple[str, str]]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


def _tests(file: Path) -> set[str]:
    """Names of the tests a file holds."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    if not file.is_file():
        return set()
    return {node.name for node in ast.parse(file.read_bytes()).body if isinstance(node, functions)}


def test_every_row_of_the_catalogue_is_there_once_and_in_order() -> None:
    expected = [f"{section}{number}" for section, last in LAST.items() for number in range(1, last + 1)]
    assert [row for row, _ in _rows()] == expected


@pytest.mark.parametrize(("row", "text"), _rows(), ids=[row for row, _ in _rows()])
def test_each_row_names_tests_that_exist_or_says_why_it_has_none(row: str, text: str) -> None:
    named = NAMED.findall(text)
    assert bool(named) is not text.rstrip().endswith(WITHOUT_A_TEST), row
    assert [f"{file}::{name}" for file, name in named if name not in _tests(ROOT / file)] == []


def test_every_test_named_anywhere_in_it_exists() -> None:
    named = NAMED.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert [f"{file}::{name}" for file, name in named if name not in _tests(ROOT / file)] == []
    assert DOCUMENT.read_text(encoding="utf-8").count("::test_") == len(named)
