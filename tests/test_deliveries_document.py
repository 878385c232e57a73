"""Whoever wants to know why something was not sent finds its state and its reason in the document of deliveries."""

import ast
import re
from pathlib import Path

import pytest

from database import sql
from database.connection import Database

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "deliveries.md"


def _rows_after(heading: str) -> set[str]:
    """The first cells of the table with this heading."""
    _, found, table = DOCUMENT.read_text(encoding="utf-8").partition(f"| {heading} |")
    assert found
    return set(re.findall(r"^\| `(\w+)` ", table.partition("\n\n")[0], re.MULTILINE))


def _verdicts(state: str) -> set[str]:
    """The reasons that are given for this state where it is decided."""
    source = ast.parse((ROOT / "database" / "rights.py").read_bytes())
    pairs = [node.elts for node in ast.walk(source) if isinstance(node, ast.Tuple) and len(node.elts) == 2]
    told = [tuple(each.value for each in pair if isinstance(each, ast.Constant)) for pair in pairs]
    return {pair[1] for pair in told if len(pair) == 2 and pair[0] == state and isinstance(pair[1], str)}


def test_every_state_of_a_delivery_is_explained(database: Database) -> None:
    [(schema,)] = database.read_now(sql.rows, "SELECT sql FROM sqlite_master WHERE name = 'outbox'")
    states = re.search(r"state IN \(([^)]*)\)", schema)
    assert states is not None
    assert _rows_after("state") == set(re.findall(r"'(\w+)'", states[1]))


@pytest.mark.parametrize(("state", "heading"), [("held", "held for"), ("withdrawn", "withdrawn for")])
def test_every_verdict_is_explained(state: str, heading: str) -> None:
    found = _verdicts(state)
    assert found
    assert found <= _rows_after(heading)
