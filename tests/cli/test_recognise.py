"""`recognise` prints what stands in pictures, a line a file, and says what it could not do."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Dealership
from tests.recognition.drawing import BARCODE, bars, on_paper


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "sheet.png"
    on_paper(bars()).save(path)
    return path


def test_each_file_is_a_line_of_json_even_if_it_is_no_picture(
    dealership: Dealership, sheet: Path, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("no picture", encoding="utf-8")
    said = dealership.types("recognise", "--json", str(sheet), str(notes))
    assert said.code == 0
    assert [json.loads(line) for line in said.out.splitlines()] == [
        {"file": str(sheet), "barcodes": [BARCODE], "plates": []},
        {"file": str(notes), "barcodes": [], "plates": [], "cause": "unreadable_file"},
    ]


def test_for_people_the_same_in_words(dealership: Dealership, sheet: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.jpg"
    empty.touch()
    said = dealership.types("recognise", str(sheet), str(empty))
    assert said.out.splitlines() == [f"{sheet}: {BARCODE}", f"{empty}: это не картинка, или она повреждена"]


def test_a_file_that_is_not_there_is_named_after_the_others_are_read(dealership: Dealership, sheet: Path) -> None:
    said = dealership.types("recognise", "--json", "nowhere.jpg", str(sheet))
    assert (said.code, len(said.out.splitlines())) == (1, 1)
    assert said.err == "dealer_bot: нет такого файла: nowhere.jpg\n"


def test_without_a_file_it_is_wrong_usage(dealership: Dealership) -> None:
    assert dealership.types("recognise").code == 2


def test_without_tesseract_it_says_so_and_reads_what_it_can(
    dealership: Dealership, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = dealership.types("recognise", "--json", str(sheet))
    assert said.code == 0
    assert json.loads(said.out)["barcodes"] == [BARCODE]
    assert "tesseract" in said.err and "apt-get install" in said.err


def test_with_orders_it_names_the_one_that_would_be_opened(dealership: Dealership, sheet: Path) -> None:
    dealership.order("a00017732", json.dumps({"order": "a00017732", "barcode": BARCODE, "phone": "+375290000001"}))
    dealership.order("a00017733 closed", json.dumps({"order": "a00017733", "barcode": BARCODE}))
    (told,) = dealership.types("recognise", "--json", "--orders", str(sheet)).out.splitlines()
    assert (json.loads(told)["order"], json.loads(told)["candidates"]) == ("a00017732", ["a00017732"])


def test_two_orders_of_one_barcode_are_offered_and_a_foreign_barcode_means_none(
    dealership: Dealership, sheet: Path, tmp_path: Path
) -> None:
    for number in ("a00017732", "a00017733"):
        dealership.order(number, json.dumps({"order": number, "barcode": BARCODE, "phone": "+375290000001"}))
    on_paper(bars("280007436627838244261231563186411")).save(tmp_path / "foreign.png")
    said = dealership.types("recognise", "--json", "--orders", str(sheet), str(tmp_path / "foreign.png"))
    both, none = map(json.loads, said.out.splitlines())
    assert (both["order"], sorted(both["candidates"])) == (None, ["a00017732", "a00017733"])
    assert (none["order"], none["candidates"]) == (None, [])
