"""Which open orders a picture's reading means."""

from collections.abc import Sequence

from database import order_words, orders
from dealer_bot.domain.matching import OFFERED, pieces_of
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.plate_choice import Choice, chosen, is_twin
from dealer_bot.domain.plate_search import pieces_in
from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Reading, Row


def of_barcodes(barcodes: Sequence[str]) -> list[WorkOrder]:
    """Open orders with exactly one of these barcodes, newest first: what no order has was misread, or is no order's."""
    found = {order.id: order for barcode in barcodes for order in orders.living_of_barcode(barcode)}
    return sorted(found.values(), key=lambda order: -order.id)


def of_reading(reading: Reading) -> Choice:
    """Open orders that may be meant where no barcode is certain. Bars that resemble other orders than a plate means
    make the plate a question too."""
    choice = of_rows(reading.rows)
    by_bars = [order.id for barcode in reading.alike for order in orders.living_of_barcode(barcode)]
    if choice.sure is None:
        return Choice(tuple(dict.fromkeys((*by_bars, *choice.likely)))[:OFFERED])
    likely = tuple(dict.fromkeys((*choice.likely[:1], *by_bars, *choice.likely[1:])))[:OFFERED]
    return Choice(likely, choice.sure if not by_bars or choice.likely[0] in by_bars else None)


def of_rows(rows: Sequence[Row]) -> Choice:
    """Open orders whose plates these rows may be. Reads all plates."""
    choice = chosen(rows, order_words.plates_with(pieces_in(rows)))
    if choice.sure is None or is_the_only(choice.likely[0], choice.sure):
        return choice
    return Choice(choice.likely)


def is_the_only(order_id: int, plate: str) -> bool:
    """Whether this order is open, has this plate, and no other open one has it or one a symbol away."""
    order = orders.order_by_id(order_id)
    if order is None or not order.is_living or plate_key(order.plate or "") != plate:
        return False
    near = order_words.plates_with(pieces_of(plate))
    return not any(is_twin(plate, known) for known_id, known in near if known_id != order_id)
