"""What the sample store has printed and photographed is what its cards say."""

from pathlib import Path

import pytest

from dealer_bot.domain.content import is_content_name, parse_content
from dealer_bot.domain.plate_forms import believed
from dealer_bot.domain.plates import plate_latin
from dealer_bot.recognition import barcodes, plates
from dealer_bot.recognition.picture import opened
from tests.recognition.test_plates import patient

STORE = Path(__file__).resolve().parents[2] / "storage_sample"
FOLDERS = sorted(STORE.iterdir())
PROGRAM = plates.program_of("")


def _card(folder: Path) -> tuple[str | None, str | None]:
    (card,) = (path for path in folder.iterdir() if is_content_name(path.name))
    content = parse_content(card.read_bytes(), folder.name.split()[0], "BY")
    return content.barcode, content.plate_raw


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_printed_work_order_has_the_barcode_of_its_card(folder: Path) -> None:
    assert barcodes.read(opened(folder / "work_order.png"))[0] == _card(folder)[0]
    assert (folder / "work_order.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(PROGRAM is None, reason="tesseract is not on this machine")
@pytest.mark.parametrize("folder", FOLDERS[::3], ids=lambda folder: folder.name)
def test_a_photographed_car_has_the_plate_of_its_card(folder: Path) -> None:
    assert PROGRAM is not None
    plate = _card(folder)[1]
    assert plate is not None
    assert next(iter(believed(plates.read(opened(folder / "car.jpg"), PROGRAM, patient())))) == plate_latin(plate)
