"""The planted bugs of `make sabotage` still fit the code: none has rotted since it was written."""

import ast

import pytest

from tests.sabotage import PLANTS
from tests.sabotage.plants import ROOT, Plant

ENOUGH = 25


def test_there_are_enough_of_them_and_none_is_there_twice() -> None:
    names = [plant.name for plant in PLANTS]
    assert len(set(names)) == len(names) >= ENOUGH


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_bug_fits_the_code_and_leaves_it_readable(plant: Plant) -> None:
    sources: dict[str, str] = {}
    for edit in plant.edits:
        source = sources.setdefault(edit.file, (ROOT / edit.file).read_text(encoding="utf-8"))
        assert source.count(edit.old) == 1, f"{edit.file} holds {source.count(edit.old)} times: {edit.old}"
        sources[edit.file] = source.replace(edit.old, edit.new)
        assert sources[edit.file] != source
    for source in sources.values():
        ast.parse(source)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_the_tests_that_must_find_it_are_there(plant: Plant) -> None:
    assert plant.found_by
    for found_by in plant.found_by:
        file, _, name = found_by.partition("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
        assert name.partition("[")[0] in tests | {""}
