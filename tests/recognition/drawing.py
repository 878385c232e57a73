"""Pictures for tests: bars on paper, as a camera might have them."""

import io

import numpy as np
from PIL import Image

from dealer_bot.domain.code128 import modules_of

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


def sheet_of(digits: str, remark: str) -> bytes:
    """A sheet with one code as a JPEG; another remark makes other bytes of the same picture."""
    out = io.BytesIO()
    on_paper(bars(digits)).save(out, "JPEG", comment=remark)
    return out.getvalue()
