"""Which open orders the plates of a picture mean, as the index has them at this moment."""

from collections.abc import Callable

import pytest

from database import orders
from dealer_bot.domain.readings import Row
from dealer_bot.services import likely
from tests.services.stores import OTHER_PHONE, PHONE, Dealership

CLEARLY = (Row("0124MH1", 3),)


async def filled(shop: Dealership) -> int:
    shop.put("a00017732", PHONE, plate_number="0124 МН-1")
    shop.put("a00017741", OTHER_PHONE, plate_number="4455 АВ-7")
    await shop.rest()
    return _id(shop, "A00017732")


def _id(shop: Dealership, key: str) -> int:
    found = shop.database.read_now(orders.living_of_key, key)
    assert found is not None
    return found.id


async def test_a_clear_plate_of_one_open_order_is_sure(shop: Dealership) -> None:
    order_id = await filled(shop)
    choice = shop.database.read_now(likely.of_rows, CLEARLY)
    assert (choice.likely, choice.sure) == ((order_id,), "0124MH1")
    assert shop.database.read_now(likely.is_the_only, order_id, "0124MH1")


async def test_a_part_of_a_plate_offers_the_open_order_that_has_it(shop: Dealership) -> None:
    order_id = await filled(shop)
    choice = shop.database.read_now(likely.of_rows, (Row("24MH1", 2), Row("F24MH1"), Row("3040", 3)))
    assert (choice.likely, choice.sure) == ((order_id,), None)


@pytest.mark.parametrize(
    "change",
    [
        lambda shop: shop.rename("a00017732", "a00017732 closed"),
        lambda shop: shop.put("a00017732", PHONE, plate_number="0129 МН-1"),
        lambda shop: shop.put("b1", OTHER_PHONE, plate_number="0124 МК-1"),
        lambda shop: shop.put("b1", OTHER_PHONE, plate_number="0124МН1"),
    ],
    ids=["closed", "another plate", "a plate one symbol away", "the same plate"],
)
async def test_what_has_changed_since_the_picture_was_compared_opens_nothing(
    shop: Dealership, change: Callable[[Dealership], object]
) -> None:
    order_id = await filled(shop)
    change(shop)
    await shop.rest()
    assert not shop.database.read_now(likely.is_the_only, order_id, "0124MH1")
    assert shop.database.read_now(likely.of_rows, CLEARLY).sure is None


async def test_a_closed_order_is_not_offered(shop: Dealership) -> None:
    await filled(shop)
    shop.rename("a00017732", "a00017732 closed")
    await shop.rest()
    assert shop.database.read_now(likely.of_rows, CLEARLY).likely == ()
    assert shop.database.read_now(likely.of_rows, ()).likely == ()
