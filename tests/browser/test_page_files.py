"""The page's files, read as they lie: what must never stand in them, and what must."""

import re
from pathlib import Path

import pytest

from dealer_bot.demo.browser.page import FOLDER, TYPES

SCRIPTS = sorted(FOLDER.glob("script/*.js"))
WORDS = FOLDER / "script" / "words.js"
DANGEROUS = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|style=")


def sources() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS if path != WORDS)


def test_nothing_that_people_wrote_can_become_markup_or_script() -> None:
    assert [path.name for path in SCRIPTS if DANGEROUS.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_loaded_from_another_machine() -> None:
    loaded = re.compile(r"""(?:from|import\(|src=|href=|url\()\s*["'(]*(?:https?:)?//""")
    assert [path.name for path in FOLDER.rglob("*") if path.is_file() and loaded.search(path.read_text("utf-8"))] == []


def test_every_word_is_there_in_both_languages_and_used() -> None:
    pairs = dict(re.findall(r'^  (\w+): \[("[^"]*", "[^"]*")\],$', WORDS.read_text(encoding="utf-8"), re.M))
    lines = re.findall(r"^  (\w+): \[", WORDS.read_text(encoding="utf-8"), re.M)
    assert set(lines) == set(pairs)
    quoted = set(re.findall(r"""["'](\w+)["']""", sources() + WORDS.read_text(encoding="utf-8").split("};")[1]))
    begun = set(re.findall(r"t\(`(\w+_)\$", sources()))
    members = {"admin", "employee", "client", "care", "phones"}
    unused = [key for key in pairs if key not in quoted | members and not any(map(key.startswith, begun))]
    assert unused == []
    asked = set(re.findall(r"""\bt\(["'](\w+)["']""", sources()))
    assert asked - set(pairs) == set()


@pytest.mark.parametrize("path", [path for path in FOLDER.rglob("*") if path.is_file()], ids=lambda path: path.name)
def test_a_stranger_can_read_each_file(path: Path) -> None:
    assert path.suffix in TYPES
    assert path.read_bytes().count(b"\n") < 300
