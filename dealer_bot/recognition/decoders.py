"""The two programs that decode barcodes; either may be missing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from dealer_bot.recognition.picture import Grey

CODE_128 = "Code128"
_LONGEST = 80
"""Symbols; what is longer is no number of a work order."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One code as one program read it; `x`, `y` is its middle in the picture it was read from."""

    text: str
    kind: str
    by: str
    x: float
    y: float

    @property
    def is_bars_of_order(self) -> bool:
        """The kind that work orders are printed with."""
        return self.kind == CODE_128


Decode = Callable[[Grey], Iterator[Symbol]]


def available() -> dict[str, Decode]:
    """The programs that are there, by name, the more reliable first."""
    found = {"zxing": _zxing(), "zbar": _zbar()}
    return {name: decode for name, decode in found.items() if decode is not None}


def _zxing() -> Decode | None:
    try:
        import zxingcpp
    except (ImportError, OSError):
        return None
    format_ = zxingcpp.BarcodeFormat
    kinds = {format_.Code128: CODE_128, format_.QRCode: "QR", format_.EAN13: "EAN13", format_.Code39: "Code39"}
    wanted = zxingcpp.BarcodeFormats(list(kinds))

    def decode(grey: Grey) -> Iterator[Symbol]:
        for found in zxingcpp.read_barcodes(grey, formats=wanted, try_invert=False):
            corners = found.position
            around = (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)
            x, y = np.mean([(corner.x, corner.y) for corner in around], axis=0)
            yield from _symbol(found.text, kinds[found.format], "zxing", float(x), float(y))

    return decode


def _zbar() -> Decode | None:
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError):  # the package is there, the library of the system is not, or is broken
        return None
    symbol = pyzbar.ZBarSymbol
    kinds = {symbol.CODE128: CODE_128, symbol.QRCODE: "QR", symbol.EAN13: "EAN13", symbol.CODE39: "Code39"}
    names = {kind.name: name for kind, name in kinds.items()}
    wanted = list(kinds)

    def decode(grey: Grey) -> Iterator[Symbol]:
        for found in pyzbar.decode(grey, symbols=wanted):
            box, text = found.rect, found.data.decode(errors="replace")
            yield from _symbol(text, names[found.type], "zbar", box.left + box.width / 2, box.top + box.height / 2)

    return decode


def _symbol(text: str, kind: str, by: str, x: float, y: float) -> Iterator[Symbol]:
    if text.strip() and len(text) <= _LONGEST and text.isprintable():
        yield Symbol(text.strip(), kind, by, x, y)
