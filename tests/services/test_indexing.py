"""The index follows the folders: what settles, changes, closes and returns."""

import json
import os
import sys

import pytest

from dealer_bot.services.index_writing import CHUNK
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


@pytest.mark.parametrize("time_ns", [10**19, -(10**19)], ids=["2286", "1653"])
async def test_a_time_that_nobody_can_have_written_at_keeps_no_order_from_being_found(
    shop: Dealership, time_ns: int
) -> None:
    """A share whose clock is wrong, or that gives a file without a time its own beginning of time."""
    os.utime(shop.put("a1") / "content.txt", ns=(time_ns, time_ns))
    os.utime(shop.write("a2", None), ns=(time_ns, time_ns))
    shop.put("a3")
    assert sorted(await shop.rest()) == ["opened a1", "opened a3", "unreadable a2"]
    os.utime(shop.put("a1", OTHER_PHONE, vehicle="Geely") / "content.txt", ns=(time_ns, time_ns))
    shop.write("a2", b'{"phone": "+375297777777"}')
    assert sorted(await shop.rest()) == ["mended a2", "phone_changed a1"]
    shop.start()
    assert await shop.rest() == []


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


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        *((None, "no_content"), (b"", "empty"), (b"{", "malformed"), (b"{}", "no_phone")),
        *((b'{"phone": "12"}', "phone_invalid"), (b'{"order": "a2", "phone": "+375298888808"}', "order_mismatch")),
        *((b" " * 70_000, "too_big"), (b"\xff\xfe\x00", "encoding")),
    ],
)
async def test_what_cannot_be_read_is_an_order_with_a_reason_and_mends(
    shop: Dealership, card: bytes | None, reason: str
) -> None:
    shop.write("a1", card)
    assert await shop.rest() == ["unreadable a1"]
    assert shop.orders() == {"a1": ("unreadable", reason)}
    shop.put("a1")
    assert await shop.rest() == ["mended a1"]
    assert shop.orders() == {"a1": ("open", None)}


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


@pytest.mark.parametrize("closed", ["a00017732 closed", "a00017732_CLOSED", "A00017732closed"])
async def test_a_folder_with_the_closing_word_is_closed_at_the_next_look(shop: Dealership, closed: str) -> None:
    shop.put()
    shop.put("a2")
    await shop.rest()
    shop.rename("a00017732", closed)
    assert await shop.look(2000) == ["closed a00017732"]
    assert (shop.order().folder, shop.order().reason, shop.order().ended_at) == (closed, "closed_mark", shop.now)


async def test_a_folder_that_is_gone_ends_its_order(shop: Dealership) -> None:
    shop.put()
    shop.put("a2")
    await shop.rest()
    shop.remove("a00017732")
    assert await shop.look(2000) == ["gone a00017732"]
    assert await shop.look(2000) == []


async def test_if_an_open_and_a_closed_folder_exist_the_open_one_counts(shop: Dealership) -> None:
    shop.put()
    shop.put("a00017732 closed", OTHER_PHONE)
    await shop.rest()
    assert shop.orders() == {"a00017732": ("open", None)}
    shop.remove("a00017732")
    assert await shop.rest() == ["closed a00017732"]


async def test_orders_closed_before_the_first_look_are_listed_and_told_to_nobody(shop: Dealership) -> None:
    shop.put("a1 closed", client_name="Пётр")
    assert await shop.rest() == []
    assert shop.orders() == {"a1 closed": ("closed", "closed_mark")}
    assert shop.order("A1").client_name == "Пётр"


@pytest.mark.parametrize("restarted", [False, True])
async def test_a_reopened_folder_is_the_same_order(shop: Dealership, restarted: bool) -> None:
    shop.put()
    shop.put("a2")
    await shop.rest()
    before = shop.order()
    shop.rename("a00017732", "a00017732 closed")
    await shop.look(2000)
    if restarted:
        shop.start()
    shop.rename("a00017732 closed", "a00017732")
    assert await shop.rest() == ["reopened a00017732"]
    assert shop.order() == before


async def test_an_old_number_with_another_phone_is_a_new_order(shop: Dealership) -> None:
    shop.put()
    shop.put("a2")
    await shop.rest()
    old = shop.order()
    shop.remove("a00017732")
    await shop.look(2000)
    shop.put(phone=OTHER_PHONE)
    assert await shop.rest() == ["opened a00017732"]
    assert (shop.order().id != old.id, shop.order().phone) == (True, OTHER_PHONE)


async def test_an_old_number_back_with_a_card_that_nobody_can_read_is_a_new_order_and_stays_one(
    shop: Dealership,
) -> None:
    """Whose it is, nobody can know: not even the same phone, written later, moves what was shot meanwhile."""
    shop.put()
    shop.put("a2")
    await shop.rest()
    old = shop.order()
    shop.rename("a00017732", "a00017732 closed")
    await shop.look(2000)
    shop.rename("a00017732 closed", "a00017732")
    shop.write("a00017732", b'{"phone": "+3752')
    assert await shop.rest() == ["unreadable a00017732"]
    new = shop.order()
    shop.put()
    assert await shop.rest() == ["mended a00017732"]
    assert (new.id != old.id, shop.order().id) == (True, new.id)


async def test_two_folders_of_one_number_are_both_ambiguous_until_one_leaves(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.put("A1", OTHER_PHONE)
    assert sorted(await shop.look(2000)) == ["ambiguous A1", "ambiguous a1"]
    assert {state for state, _ in shop.orders().values()} == {"ambiguous"}
    shop.remove("a1")
    assert await shop.rest() == ["gone a1", "mended A1"]
    assert shop.order("A1").phone == OTHER_PHONE


async def test_an_order_whose_folder_left_while_two_others_took_its_number_has_ended(shop: Dealership) -> None:
    """None of them is chosen, then or later."""
    shop.put("а1")  # a Cyrillic letter
    await shop.rest()
    shop.remove("а1")
    shop.put("a1", OTHER_PHONE)
    shop.put("A1", OTHER_PHONE)
    assert sorted(await shop.look(2000)) == ["ambiguous A1", "ambiguous a1", "gone а1"]
    shop.remove("A1")
    assert await shop.rest() == ["gone A1", "mended a1"]
    assert {state for state, _ in shop.orders().values()} == {"gone", "open"}
    assert shop.order("A1").phone == OTHER_PHONE


async def test_a_folder_spelled_anew_is_the_same_order(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    before = shop.order("A1").id
    shop.rename("a1", "А1")  # a Cyrillic letter now
    assert await shop.rest() == ["updated А1"]
    assert (shop.order("A1").id, shop.order("A1").folder) == (before, "А1")
    assert await shop.rest() == []


async def test_hidden_and_system_folders_are_counted_and_not_indexed(shop: Dealership) -> None:
    for name in (".dealer_bot", "$RECYCLE.BIN", "System Volume Information"):
        shop.put(name)
    shop.put("a1")
    shop.write("архив", None)
    await shop.rest()
    assert set(shop.orders()) == {"a1", "архив"}
    assert (shop.indexer.state.others, shop.indexer.state.without_card, shop.indexer.state.folders) == (3, 1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="symlinks need a privilege there")
async def test_a_symlinked_folder_is_refused_and_named(shop: Dealership) -> None:
    (shop.base / "outside").mkdir()
    (shop.root / "a1").symlink_to(shop.base / "outside")
    shop.put("a2")
    await shop.rest()
    assert shop.indexer.state.refused == ("a1",)
    assert set(shop.orders()) == {"a2"}


async def test_the_day_is_the_cards_else_the_folders_birth_and_stays(shop: Dealership) -> None:
    shop.put("a1", date="20.11.2026")
    shop.put("a2")
    await shop.rest()
    assert (shop.order("A1").day, shop.order("A1").day_source) == ("2026-11-20", "content")
    day, source = shop.order("A2").day, shop.order("A2").day_source
    assert source in ("birth", "seen")
    shop.now += 3 * 86_400_000
    shop.put("a2", vehicle="Geely Atlas")
    assert await shop.rest() == ["updated a2"]
    assert (shop.order("A2").day, shop.order("A2").day_source) == (day, source)


async def test_more_orders_than_one_transaction_takes_are_all_opened(shop: Dealership) -> None:
    for n in range(CHUNK + 7):
        shop.put(f"a{n:05d}")
    assert len(await shop.rest()) == CHUNK + 7
    assert {state for state, _ in shop.orders().values()} == {"open"}
    newest = shop.order(f"A{CHUNK + 6:05d}").id
    assert newest == max(shop.order(f"A{n:05d}").id for n in (0, 1, 250, CHUNK + 6)), "later numbers are newer"


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
