"""Prints the work orders of storage_sample and photographs them for the demo: python -m benchmarks.recognition.samples.

The files are in the repository; run this only to change them.
"""

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from benchmarks.recognition.camera import Pixels, Shot, photographed
from benchmarks.recognition.cars import Car, scene_of
from benchmarks.recognition.plate_drawing import belarusian
from benchmarks.recognition.sheets import WorkOrder, printed
from dealer_bot.domain.content import is_content_name, parse_content
from dealer_bot.domain.plates import plate_latin

ROOT = Path(__file__).resolve().parents[2]
STORE, SAMPLES = ROOT / "storage_sample", ROOT / "dealer_bot" / "samples"
DPI = 150
DEMO = "a00017732"


def main() -> None:
    for at, (folder, order) in enumerate(_orders()):
        page = printed(order, DPI).convert("1")
        page.save(folder / "work_order.png", optimize=True)
        page.save(folder / "work_order.pdf", resolution=DPI)
        _save(_car(order, at), folder / "car.jpg", 55)
        if order.number == DEMO:
            _save(_sheet_in_hand(order), SAMPLES / f"work_order_{DEMO}.jpg", 60)
            _save(_car(order, at), SAMPLES / f"car_front_{plate_latin(order.plate).replace('-', '')}.jpg", 60)


def _orders() -> Iterator[tuple[Path, WorkOrder]]:
    """Those whose card can be read: another one has nothing to print."""
    for folder in sorted(STORE.iterdir()):
        number = folder.name.split()[0]
        for card in filter(lambda path: is_content_name(path.name), folder.iterdir()):
            content = parse_content(card.read_bytes(), number, "BY")
            if content.barcode and content.plate_raw:
                name, vehicle = content.client_name or "", content.vehicle or ""
                yield folder, WorkOrder(number, content.barcode, content.plate_raw, vehicle, name)


def _car(order: WorkOrder, at: int) -> Pixels:
    chance = np.random.default_rng(at)
    scene = scene_of(Car(belarusian(plate_latin(order.plate)), 300), chance)
    return photographed(scene, Shot(tilt=0.06, roll=4, noise=1.5), chance)


def _sheet_in_hand(order: WorkOrder) -> Pixels:
    """The upper half of the page on a workbench, as a mechanic holds the phone who wants its barcode."""
    chance = np.random.default_rng(1)
    page = printed(order, 200)
    half = page.crop((0, 0, page.width, page.height // 2))
    bench = Image.new("RGB", (half.width + 300, half.height + 240), "#6d5b49")
    bench.paste(half, (150, 140))
    scene = np.ascontiguousarray(np.asarray(bench)[..., ::-1])
    return photographed(scene, Shot(tilt=0.04, roll=3, blur=0.5), chance)


def _save(picture: Pixels, path: Path, quality: int) -> None:
    cv2.imwrite(str(path), picture, (cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1))


if __name__ == "__main__":
    main()
