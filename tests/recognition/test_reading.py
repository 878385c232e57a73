"""One picture is read for all that tells an order, and no longer than it takes."""

from pathlib import Path

import pytest

from dealer_bot.domain.readings import Miss
from dealer_bot.recognition import plates
from dealer_bot.recognition.reading import read
from tests.recognition.drawing import BARCODE, photo_of, seen_from_afar

SAMPLES = Path(__file__).resolve().parents[2] / "dealer_bot" / "samples"
SHEET = SAMPLES / "work_order_a00017732.jpg"
needs_tesseract = pytest.mark.skipif(plates.program_of("") is None, reason="tesseract is not on this machine")


@needs_tesseract
def test_where_an_open_orders_barcode_is_read_no_plate_is_looked_for() -> None:
    found = read(SHEET, "", [BARCODE])
    assert (found.barcodes, found.plates, found.rows, found.cause) == ((BARCODE,), (), (), None)


def test_bars_that_were_surely_read_resemble_no_open_order_however_alike_its_code_is() -> None:
    found = read(SHEET, "no such program", [f"{BARCODE[:-1]}3"])
    assert (found.barcodes, found.alike) == ((BARCODE,), ())


def test_what_bars_resemble_is_told_beside_why_they_were_not_read(tmp_path: Path) -> None:
    path = tmp_path / "far.jpg"
    path.write_bytes(photo_of(seen_from_afar(side=450)))
    assert read(path, "no such program", [BARCODE]).barcodes == (BARCODE,)
    found = read(path, "no such program", [f"{BARCODE[:-1]}3"])
    assert (found.barcodes, found.alike, found.cause) == ((), (f"{BARCODE[:-1]}3",), Miss.TOO_SMALL)
