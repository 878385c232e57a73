"""Pictures for tests: bars on paper, as a camera might have them."""

import io

import cv2
import numpy as np
from PIL import Image

from dealer_bot.domain.code128 import modules_of
from dealer_bot.recognition.picture import Grey

BARCODE = "2800074366278382442612315631864110402"


def bars(digits: str = BARCODE, module: int = 3, height: int = 120, *, odd_first: bool = False) -> Image.Image:
    """One code with blank paper around it."""
    row = np.repeat([0 if black else 255 for black in modules_of(digits, odd_first=odd_first)], module)
    strip = np.tile(row.astype(np.uint8), (height, 1))
    return Image.fromarray(np.pad(strip, ((height // 3,) * 2, (module * 12,) * 2), constant_values=255))


def on_paper(*codes: Image.Image, size: tuple[int, int] = (1280, 1600)) -> Image.Image:
    """Codes under each other on one sheet."""
    paper = Image.new("L", size, 245)
    for place, code in enumerate(codes, 1):
        paper.paste(code, ((size[0] - code.width) // 2, place * size[1] // (len(codes) + 1) - code.height // 2))
    return paper


def seen_from_afar(*codes: Image.Image, tilt: int = 40, angle: float = 2.0, side: int = 600, blur: float = 0.7) -> Grey:
    """Sheets as a phone sees them from far away: askew, soft, grainy, less than a pixel and a half to a module."""
    paper = on_paper(*(codes or (bars(module=4, height=210),)), size=(1500, 2000))
    paper = paper.rotate(angle, Image.Resampling.BICUBIC, fillcolor=110)
    corners = np.array([(0, 0), (2400, 0), (1500, 2000), (0, 3200)], np.float32)
    seen = corners + np.array([(tilt, tilt), (-tilt, 0), (0, -tilt), (0, 0)], np.float32)
    askew = cv2.warpPerspective(np.asarray(paper), cv2.getPerspectiveTransform(corners, seen), (1500, 2000))
    small = cv2.resize(askew, (side * 3 // 4, side), interpolation=cv2.INTER_AREA)
    grain = np.random.default_rng(1).normal(0, 4, small.shape)
    soft = cv2.GaussianBlur(small, (0, 0), blur) * 0.8 + grain
    return np.asarray(np.clip(soft, 0, 255), np.uint8)


def sheet_of(digits: str, remark: str) -> bytes:
    """A sheet with one code as a JPEG; another remark makes other bytes of the same picture."""
    out = io.BytesIO()
    on_paper(bars(digits)).save(out, "JPEG", comment=remark)
    return out.getvalue()


def photo_of(picture: Grey) -> bytes:
    """As Telegram sends it."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=85)
    return out.getvalue()
