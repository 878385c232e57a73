"""The index follows the folders: what comes, closes, leaves and returns."""

import os
import sys

import pytest

from dealer_bot.services.index_writing import CHUNK
from tests.services.stores import OTHER_PHONE, Dealership


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
