"""What was read in somebody's pictures, made from rows at the moment it is shown."""

from collections.abc import Iterable, Sequence

from database import orders, readings
from database.readings import Picture
from dealer_bot.domain.matching import OFFERED
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.plate_choice import SURE_COST
from dealer_bot.domain.plate_costs import cost_of
from dealer_bot.domain.plates import is_whole_plate, plate_key
from dealer_bot.domain.readings import Miss
from dealer_bot.domain.views import Hit, ReadingView
from dealer_bot.services import likely

UNKNOWN_BARCODE, UNKNOWN_PLATE = "unknown_barcode", "unknown_plate"


def reading_view(group_id: int) -> ReadingView | None:
    """A barcode that an open order has counts for more than any plate. None: it was forgotten long ago."""
    pictures = readings.of_group(group_id)
    if not pictures:
        return None
    if any(each.state == "wanted" for each in pictures):
        return ReadingView("looking")
    if all(each.state == "over" for each in pictures):
        return ReadingView("over")
    barcodes = [barcode for each in pictures for barcode in each.barcodes]
    if found := likely.of_barcodes(barcodes):
        return ReadingView("barcode", _hits(found))
    if alike := _living(order_id for each in pictures for order_id in each.likely):
        sure = _sure(pictures)
        return ReadingView("sure_plate", _hits([sure])) if sure else ReadingView("plate", _hits(alike[:OFFERED]))
    return ReadingView("nothing", cause=_cause(pictures, barcodes))


def _sure(pictures: Sequence[Picture]) -> WorkOrder | None:
    """The order whose plate every picture with a plate shows clearly: one that says something else, and we ask."""
    meant = {each.sure for each in pictures if each.likely or each.plates}
    found = _living(order_id for order_id in meant if order_id is not None)
    if len(meant) != 1 or not found:
        return None
    order, read = found[0], [plate_key(plate) for each in pictures for plate in each.plates]
    plate = plate_key(order.plate or "")
    is_still_read = any(cost_of(each, plate) <= SURE_COST for each in read)  # a card may have been corrected meanwhile
    return order if is_still_read and likely.is_the_only(order.id, plate) else None


def _living(order_ids: Iterable[int]) -> list[WorkOrder]:
    found = (orders.order_by_id(order_id) for order_id in dict.fromkeys(order_ids))
    return [order for order in found if order is not None and order.is_living]


def _hits(found: Sequence[WorkOrder]) -> tuple[Hit, ...]:
    return tuple(Hit(order.id, order.number, order.plate) for order in found)


def _cause(pictures: Sequence[Picture], barcodes: Sequence[str]) -> str:
    """What helps most to know: that all was well read, and no order has it; else why not."""
    if barcodes:
        return UNKNOWN_BARCODE
    if any(is_whole_plate(plate) for each in pictures for plate in each.plates):
        return UNKNOWN_PLATE
    return next((each.cause for each in pictures if each.cause), Miss.NOTHING_FOUND.value)
