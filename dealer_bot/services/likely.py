"""Which open orders a picture's reading means."""

from collections.abc import Sequence

from database import order_words, orders
from dealer_bot.domain.matching import nearest, pieces_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.plates import plate_key


def of_barcodes(barcodes: Sequence[str]) -> list[WorkOrder]:
    """Open orders with exactly one of these barcodes, newest first: what no order has was misread, or is no order's."""
    found = {order.id: order for barcode in barcodes for order in orders.living_of_barcode(barcode)}
    return sorted(found.values(), key=lambda order: -order.id)


def of_plates(plates: Sequence[str]) -> list[int]:
    """Up to three ids of open orders with these plates or nearly these, the likeliest first. Reads all plates."""
    keys = list(dict.fromkeys(filter(None, map(plate_key, plates))))
    pieces = dict.fromkeys(piece for key in keys for piece in pieces_of(key))
    return nearest(keys, order_words.plates_with(list(pieces)))
