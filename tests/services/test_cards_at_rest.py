"""When a card is looked at and when it is read: not before it has come to rest, and soon after it has changed."""

import json
import os

import pytest

from tests.services.stores import OTHER_PHONE, PHONE, Dealership


async def test_a_new_folder_is_usable_after_two_equal_looks_a_second_apart(shop: Dealership) -> None:
    shop.put()
    assert await shop.look() == []
    assert shop.order().state == "settling"
    assert await shop.look(999) == []
    assert await shop.look(1) == ["opened a00017732"]
    assert (shop.order().state, shop.order().phone) == ("open", PHONE)


async def test_a_card_that_is_still_being_written_does_not_settle(shop: Dealership) -> None:
    shop.write("a1", b'{"phone": "+3752988')
    await shop.look()
    for length in range(20, 26):
        shop.write("a1", b'{"phone": "+375298888808"}'[:length])
        assert await shop.look(1500) == []
    shop.write("a1", b'{"phone": "+375298888808"}')
    assert await shop.look(1000) == []
    assert await shop.look(1000) == ["opened a1"]


async def test_a_card_written_again_within_one_tick_of_its_clock_is_read_again(shop: Dealership) -> None:
    folder = shop.put("a1", PHONE)
    card = folder / "content.txt"
    tick = card.stat().st_mtime_ns
    await shop.look()
    with card.open("r+b") as file:
        file.write(json.dumps({"phone": OTHER_PHONE}).encode())
    os.utime(card, ns=(tick, tick))
    await shop.look(1000)
    assert shop.order("A1").phone == OTHER_PHONE


async def test_on_a_share_slower_than_the_rest_itself_a_card_rests_from_when_it_was_seen(shop: Dealership) -> None:
    """Woken at once after a look of five seconds, the next one comes a moment after the card was seen."""
    shop.put("a1")
    await shop.rest()
    shop.put("a1", OTHER_PHONE)
    shop.look_takes_ms = 5000
    await shop.look(2000)
    shop.look_takes_ms = 0
    assert await shop.look(100) == []
    assert (await shop.indexer.look_at("a1", shop.now + 100)) == shop.order("A1")
    assert (shop.order("A1").state, shop.order("A1").phone) == ("settling", PHONE)
    assert await shop.look(1000) == ["phone_changed a1"]


async def test_a_new_folder_of_a_slow_share_rests_from_when_its_card_was_read(shop: Dealership) -> None:
    shop.look_takes_ms = 5000
    shop.write("a1", b'{"phone": "+3752')
    await shop.look()
    shop.look_takes_ms = 0
    assert await shop.look(100) == []
    shop.put("a1")
    assert await shop.rest() == ["opened a1"]


async def test_a_card_replaced_before_it_settled_by_one_with_an_old_time_is_read_anew(shop: Dealership) -> None:
    """Copied with its time, or by a share whose clock is slow: the time says nothing about what was read."""
    card = shop.put("a1", PHONE) / "content.txt"
    os.utime(card, ns=(10**18, 10**18))
    await shop.look()
    shop.put("a1", OTHER_PHONE)
    os.utime(card, ns=(10**18, 10**18 + 1))
    await shop.look(1000)
    assert await shop.look(1000) == ["opened a1"]
    assert shop.order("A1").phone == OTHER_PHONE


@pytest.mark.parametrize("look_takes_ms", [0, 150])
async def test_on_a_local_disk_a_changed_card_is_seen_by_the_next_look_from_the_first_one_on(
    shop: Dealership, look_takes_ms: int
) -> None:
    """Neither the reading of a first start nor the listing of every folder, once in a while, puts the next look off."""
    shop.look_takes_ms = look_takes_ms
    for number in range(9):
        shop.put(f"a{number}")
    for after_ms in (0, 2000, 31_000, 2000):
        await shop.look(after_ms)
        shop.put("a1", f"+37529888{shop.now % 10_000:04}")
        await shop.look(2000)
        assert shop.order("A1").state == "settling"
        await shop.rest()


async def test_one_look_that_took_long_puts_no_other_off(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.look_takes_ms = 2000
    await shop.look(2000)
    shop.look_takes_ms = 0
    shop.put("a1", OTHER_PHONE)
    await shop.look(2000)
    assert shop.order("A1").state == "settling"


async def test_a_share_that_takes_long_to_look_at_is_looked_at_as_often_as_it_was_set(shop: Dealership) -> None:
    """Until it takes no longer."""
    shop.put("a1")
    await shop.rest()
    shop.look_takes_ms = 2000
    await shop.look(2000)
    await shop.look(2000)
    shop.put("a1", OTHER_PHONE)
    await shop.look(2000)
    assert shop.order("A1").state == "open"
    shop.look_takes_ms = 0
    await shop.look(31_000)
    assert shop.order("A1").state == "settling"
    await shop.rest()
    shop.put("a1", PHONE)
    await shop.look(2000)
    assert shop.order("A1").state == "settling"


async def test_old_cards_are_read_once(shop: Dealership) -> None:
    card = shop.put("a1") / "content.txt"
    os.utime(card, ns=(10**18, 10**18))
    await shop.look()
    before = card.stat().st_atime_ns
    card.rename(card.with_name("away"))
    (card.with_name("away")).rename(card)
    assert await shop.look(1000) == ["opened a1"]
    assert card.stat().st_atime_ns == before


async def test_a_changed_phone_waits_until_it_has_settled_and_is_told(shop: Dealership) -> None:
    shop.put()
    await shop.rest()
    shop.put(phone=OTHER_PHONE)
    await shop.look(2000)
    assert (shop.order().state, shop.order().phone) == ("settling", PHONE)
    assert await shop.look(1000) == ["phone_changed a00017732"]
    assert (shop.order().state, shop.order().phone) == ("open", OTHER_PHONE)
    assert shop.told[-1].before is not None
    assert shop.told[-1].before.phone == PHONE


async def test_a_card_touched_without_a_change_tells_nothing(shop: Dealership) -> None:
    card = shop.put() / "content.txt"
    await shop.rest()
    os.utime(card)
    assert await shop.rest() == []
    assert shop.order().state == "open"


async def test_two_candidates_are_found_out_and_mended(shop: Dealership) -> None:
    shop.put("a1")
    shop.write("a1", b"{}", "Content.txt")
    await shop.rest()
    assert shop.orders() == {"a1": ("unreadable", "two_candidates")}
    (shop.root / "a1" / "Content.txt").unlink()
    assert await shop.rest() == ["mended a1"]


async def test_a_second_candidate_that_comes_later_is_found_out_by_a_thorough_look(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.write("a1", b"{}", "Content.txt")
    await shop.look(31_000)
    assert await shop.rest() == ["unreadable a1"]


async def test_a_second_card_that_comes_while_the_first_settles_is_found_out_before_anything_is_open(
    shop: Dealership,
) -> None:
    shop.put("a1")
    await shop.rest()
    shop.put("a1", OTHER_PHONE)
    await shop.look(2000)
    shop.write("a1", b'{"phone": "+375297777777"}', "Content.txt")
    assert await shop.rest() == ["unreadable a1"]
    assert shop.orders() == {"a1": ("unreadable", "two_candidates")}


async def test_a_second_card_beside_that_of_an_order_in_work_stops_it_at_the_next_look(shop: Dealership) -> None:
    shop.put("a1")
    shop.put("a2")
    await shop.rest()
    shop.write("a1", b'{"phone": "+375297777777"}', "Content.txt")
    shop.now += 2000
    await shop.indexer.step(shop.now, {shop.order("A1").id})
    assert shop.order("A1").state == "settling"
    assert await shop.rest() == ["unreadable a1"]
    assert shop.order("A1").reason == "two_candidates"


async def test_orders_in_work_are_looked_into_at_every_step(shop: Dealership) -> None:
    shop.put("a1")
    shop.put("a2")
    await shop.rest()
    await shop.look(2000)
    shop.put("a1", OTHER_PHONE)
    shop.put("a2", OTHER_PHONE)
    shop.now += 100
    await shop.indexer.step(shop.now, {shop.order("A1").id})
    assert (shop.order("A1").state, shop.order("A2").state) == ("settling", "open")
