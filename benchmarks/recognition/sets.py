"""The pictures that are scored: the same for the same number, none of them like another."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from benchmarks.recognition.camera import Chance, Pixels, Shot, bent, photographed
from benchmarks.recognition.cars import Car, scene_of
from benchmarks.recognition.plate_drawing import OTHERS, belarusian, some_plate
from benchmarks.recognition.sheets import WorkOrder, printed

SHEET_KINDS = ("whole page", "whole page, bent", "half", "close", "12 MP")
CAR_KINDS = ("clean", "blur", "night", "dirt", "glare")


@dataclass(frozen=True, slots=True)
class Example:
    """One picture (BGR), what is the matter with it, and what stands in it."""

    kind: str
    picture: Pixels
    truth: str


def some_barcode(chance: Chance) -> str:
    """As 1C makes them: a beginning that all share, then the order's own digits."""
    return "28000743662783824426" + "".join(map(str, chance.integers(0, 10, 17)))


def kind_of_sheet(seed: int) -> str:
    return SHEET_KINDS[seed % len(SHEET_KINDS)]


def sheet(seed: int) -> Example:
    """A printed work order on a bench: far away, far and bent, half of it, close, or far in a photo sent as a file."""
    chance = np.random.default_rng(seed)
    kind = kind_of_sheet(seed)
    order = WorkOrder(f"a{chance.integers(10**8):08}", some_barcode(chance), some_plate(chance), "Geely", "Анна")
    page = printed(order, 250, module_mm=float(chance.uniform(0.25, 0.4)), odd_first=bool(chance.random() < 0.5))
    share = {"half": 0.5, "close": 0.28}.get(kind, 1.0)
    scene = _on_bench(page.crop((0, 0, page.width, round(page.height * share))), chance)
    if kind.endswith("bent"):
        scene = bent(scene, chance)
    shot = Shot(
        side=4000 if kind == "12 MP" else 1280,
        tilt=0.08,
        roll=7,
        blur=float(chance.uniform(0.3, 0.8)) * (2.5 if kind == "12 MP" else 1),
        motion=float(chance.uniform(0, 1.6)),
        noise=float(chance.uniform(2, 7)),
        light=float(chance.uniform(0.6, 1.05)),
        quality=int(chance.integers(70, 88)),
    )
    return Example(kind, photographed(scene, shot, chance), order.barcode)


def _on_bench(page: Image.Image, chance: Chance) -> Pixels:
    edge = round(max(page.size) * float(chance.uniform(0.04, 0.12)))
    bench = Image.new(
        "RGB", (page.width + 2 * edge, page.height + 2 * edge), tuple(chance.integers(40, 140, 3).tolist())
    )
    bench.paste(page, (edge, edge))
    if chance.random() < 0.25:
        bench = bench.rotate(90 * int(chance.integers(1, 4)), expand=True)
    return np.ascontiguousarray(np.asarray(bench)[..., ::-1])


def car(seed: int) -> Example:
    """A Belarusian car from a few steps away, at an angle, in one of five conditions."""
    chance = np.random.default_rng(seed)
    kind = CAR_KINDS[seed % len(CAR_KINDS)]
    plate = some_plate(chance)
    one = Car(
        belarusian(plate, has_flag=bool(chance.random() < 0.8)),
        int(chance.uniform(90, 320)),
        dirt=float(chance.uniform(0.3, 0.7)) if kind == "dirt" else 0.0,
        glare=float(chance.uniform(0.4, 0.8)) if kind == "glare" else 0.0,
    )
    return Example(kind, photographed(scene_of(one, chance), _shot_of_car(kind, chance), chance), plate)


def other_plate(seed: int) -> Example:
    """Plates on two lines and of other countries, in one of four conditions."""
    chance = np.random.default_rng(seed)
    kind = tuple(OTHERS)[seed % len(OTHERS)]
    look = OTHERS[kind](chance)
    condition = ("clean", "blur", "night", "dirt")[chance.integers(4)]
    width = chance.uniform(110, 320) * (0.55 if len(look.lines) > 1 else 1)
    one = Car(look, int(width), dirt=float(chance.uniform(0.3, 0.6)) if condition == "dirt" else 0.0)
    return Example(kind, photographed(scene_of(one, chance), _shot_of_car(condition, chance), chance), look.text)


def _shot_of_car(kind: str, chance: Chance) -> Shot:
    return Shot(
        tilt=0.2,
        roll=12,
        blur=float(chance.uniform(1.2, 2.2)) if kind == "blur" else 0.7,
        motion=float(chance.uniform(0, 5)) if kind == "blur" else 0.0,
        light=float(chance.uniform(0.12, 0.35)) if kind == "night" else float(chance.uniform(0.7, 1.05)),
        noise=11.0 if kind == "night" else 5.0,
        quality=int(chance.integers(65, 88)),
    )
