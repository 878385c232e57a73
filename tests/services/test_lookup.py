"""What a mechanic types opens the one order it means, or offers those it may mean."""

import asyncio
import time

import pytest

from tests.services.stores import OTHER_PHONE, PHONE, Dealership

BARCODE = "2800074366278382442612315631864110402"


async def filled(shop: Dealership) -> None:
    shop.put("a00017732", PHONE, plate_number="0124 МН-1", barcode=BARCODE, client_name="Пётр Щукин")
    shop.put("a00017741", OTHER_PHONE, plate_number="4455 АВ-7", barcode="77")
    shop.put("a00017702", "+375291112233", plate_number="1212 КК-5", barcode="77")
    shop.put("b5 closed", OTHER_PHONE)
    await shop.rest()


@pytest.mark.parametrize(
    ("text", "number", "by"),
    [
        *(("a00017732", "a00017732", "number"), ("А00017732", "a00017732", "number")),
        *((" A00017732 ", "a00017732", "number"), ("a000 17732", "a00017732", "number")),
        *(("7732", "a00017732", "number"), (BARCODE, "a00017732", "barcode"), ("0124МН1", "a00017732", "plate")),
        *(("0124 mh-1", "a00017732", "plate"), ("4455-ав-7", "a00017741", "plate")),
    ],
)
async def test_one_hit_by_number_barcode_or_full_plate_is_exact(
    shop: Dealership, text: str, number: str, by: str
) -> None:
    await filled(shop)
    found = await shop.lookup.find(text, shop.now)
    assert found.exact is not None
    assert (found.exact.number, found.by, found.more) == (number, by, False)


@pytest.mark.parametrize(
    ("text", "numbers", "by"),
    [
        *(
            ("177", {"a00017732", "a00017741", "a00017702"}, "number"),
            ("77", None, "barcode"),
            ("0124", {"a00017732"}, "plate"),
        ),
        *(("8808", {"a00017732"}, "phone"), ("щукин", {"a00017732"}, "name"), (PHONE, {"a00017732"}, "phone")),
        *(("80298888808", {"a00017732"}, "phone"), ("b5", set(), None), ("zzz", set(), None), ("", set(), None)),
        *(("../store", set(), None), ("..", set(), None), ("/", set(), None)),
    ],
)
async def test_several_hits_or_one_by_phone_or_name_are_to_choose_from(
    shop: Dealership, text: str, numbers: set[str] | None, by: str | None
) -> None:
    await filled(shop)
    found = await shop.lookup.find(text, shop.now)
    assert found.exact is None
    assert {order.number for order in found.orders} == (numbers if numbers is not None else {"a00017741", "a00017702"})
    assert found.by == by


@pytest.mark.parametrize("text", ["c77", "C77", "с77"])
async def test_an_exact_number_that_the_index_misses_is_looked_for_at_once(shop: Dealership, text: str) -> None:
    await filled(shop)
    shop.put("c77")
    found = await shop.lookup.find(text, shop.now)
    assert found.exact is not None
    assert (found.exact.number, found.exact.state, found.by) == ("c77", "settling", "number")
    assert await shop.rest() == ["opened c77"]


async def test_a_number_that_is_nowhere_is_not_found_and_ends_nothing(shop: Dealership) -> None:
    await filled(shop)
    before = shop.orders()
    assert (await shop.lookup.find("c99", shop.now)).orders == []
    assert shop.orders() == before


async def test_a_part_of_a_new_number_is_not_looked_for_on_the_disk(shop: Dealership) -> None:
    await filled(shop)
    shop.put("c12345")
    assert (await shop.lookup.find("1234", shop.now)).orders == []


async def test_opening_an_order_looks_at_its_card_at_once(shop: Dealership) -> None:
    await filled(shop)
    shop.put("a00017732", OTHER_PHONE)
    order = await shop.indexer.look_at("a00017732", shop.now + 100)
    assert order is not None
    assert (order.state, order.phone) == ("settling", PHONE)


async def test_an_order_found_while_a_look_goes_on_is_not_ended_by_it(shop: Dealership) -> None:
    await filled(shop)
    for n in range(300):
        shop.put(f"d{n}")
    shop.now += 2000
    look = asyncio.create_task(shop.indexer.step(shop.now))
    looked = 0
    while not look.done():
        name = f"c{looked}"
        shop.put(name)
        found = await shop.lookup.find(name, shop.now)
        assert found.exact is not None
        looked += 1
    assert [change.kind for change in await look] == []
    assert looked > 0
    told = await shop.rest()
    assert [one for one in told if not one.startswith("opened")] == []
    assert len(told) == 300 + looked


async def test_long_lists_come_by_pages(shop: Dealership) -> None:
    for n in range(20):
        shop.put(f"a{n:03d}", f"+37529111{n:04d}")
    await shop.rest()
    pages = [await shop.lookup.find("a0", shop.now, page) for page in range(3)]
    assert [(len(page.orders), page.more) for page in pages] == [(8, True), (8, True), (4, False)]
    assert len({order.id for page in pages for order in page.orders}) == 20


async def test_orders_of_one_client_come_by_pages_too_and_no_later_page_opens_anything(shop: Dealership) -> None:
    for n in range(10):
        shop.put(f"a{n:03d}", barcode="77")
    shop.put("77")
    await shop.rest()
    for text in (PHONE, "77"):
        pages = [await shop.lookup.find(text, shop.now, page) for page in (1, 2)]
        assert [page.exact for page in pages] == [None, None]
        assert not pages[1].more and pages[0].orders
    assert len((await shop.lookup.find(PHONE, shop.now)).orders) == 8
    assert (await shop.lookup.find("77", shop.now)).exact is not None
    assert (await shop.lookup.find("a0", shop.now, 2**63)).orders == []


async def test_a_search_is_quick(shop: Dealership) -> None:
    await filled(shop)
    started = time.perf_counter()
    for _ in range(20):
        await shop.lookup.find("177", shop.now)
    assert time.perf_counter() - started < 2
