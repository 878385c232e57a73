"""A store that can't be trusted closes nothing; a restart, a slow share and a second process harm nothing."""

import pytest

from database import orders
from dealer_bot.domain.orders import OrderChange
from tests.services.stores import OTHER_PHONE, Dealership


def take_away(shop: Dealership) -> None:
    shop.root.rename(shop.base / "away")


def bring_back(shop: Dealership) -> None:
    if shop.root.exists():
        for left in shop.root.iterdir():
            left.rmdir()
        shop.root.rmdir()
    (shop.base / "away").rename(shop.root)


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("kind", ["missing", "empty", "strange"])
async def test_a_store_that_went_away_closes_nothing_and_writes_nothing(
    shop: Dealership, kind: str, restarted: bool
) -> None:
    shop.put("a1")
    shop.put("a2")
    await shop.rest()
    before = shop.orders()
    take_away(shop)
    if kind != "missing":
        shop.root.mkdir()
    if kind == "strange":
        (shop.root / "b1").mkdir()
    if restarted:
        shop.start()
    assert await shop.rest() == []
    assert not shop.indexer.available
    assert shop.orders() == before
    assert await shop.indexer.look_at("b1", shop.now) is None
    bring_back(shop)
    assert await shop.rest() == []
    assert shop.indexer.available
    assert shop.orders() == before


async def test_before_the_first_look_nothing_is_available_and_nothing_ended(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.start()
    assert (shop.indexer.available, shop.indexer.is_complete) == (False, False)
    assert shop.orders() == {"a1": ("open", None)}
    assert await shop.look(2000) == []
    assert (shop.indexer.available, shop.indexer.is_complete) == (True, True)


async def test_what_closed_changed_and_came_while_nobody_looked_is_told_after_a_start(shop: Dealership) -> None:
    for name in ("a1", "a2", "a3", "a4"):
        shop.put(name)
    await shop.rest()
    shop.rename("a1", "a1 closed")
    shop.remove("a2")
    shop.put("a3", OTHER_PHONE)
    shop.put("a5")
    shop.start()
    assert sorted(await shop.rest()) == ["closed a1", "gone a2", "opened a5", "phone_changed a3"]


async def test_a_folder_that_was_settling_when_the_process_died_settles_after_a_start(shop: Dealership) -> None:
    shop.put("a1")
    await shop.look()
    shop.start()
    assert await shop.rest() == ["opened a1"]


async def test_a_dealership_that_points_to_another_store_gets_the_other_one(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.root = shop.base / "real"
    shop.root.mkdir()
    shop.put("b1", OTHER_PHONE)
    shop.start()
    assert sorted(await shop.rest()) == ["gone a1", "opened b1"]


async def test_another_store_that_is_not_there_yet_closes_nothing(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.root = shop.base / "real"
    shop.root.mkdir()
    shop.start()
    assert await shop.rest() == []
    assert shop.orders() == {"a1": ("open", None)}


async def test_an_index_written_by_another_process_is_read_again(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    bot = shop.indexer
    shop.start()
    shop.put("a2")
    assert await shop.rest() == ["opened a2"]
    for _ in range(3):
        shop.now += 2000
        assert await bot.step(shop.now) == []
    bot.close()
    assert shop.orders() == {"a1": ("open", None), "a2": ("open", None)}


async def test_what_is_told_is_told_within_the_transaction_that_writes_it(shop: Dealership) -> None:
    states: list[str | None] = []

    def on_change(changes: list[OrderChange], _now: int) -> None:
        for change in changes:
            inside = orders.order_by_id(change.order_id)
            states.append(inside.state if inside else None)

    shop.hear = on_change
    shop.put("a1")
    shop.put("a2")
    await shop.rest()
    shop.rename("a1", "a1 closed")
    await shop.rest()
    assert states == ["open", "open", "closed"]


async def test_if_the_told_fails_the_change_is_not_written_and_is_told_again(shop: Dealership) -> None:
    failures = [0]

    def on_change(changes: list[OrderChange], _now: int) -> None:
        failures[0] += 1
        if failures[0] == 1:
            raise ValueError("once")

    shop.hear = on_change
    shop.put("a1")
    await shop.look()
    with pytest.raises(ValueError, match="once"):
        await shop.look(2000)
    assert shop.order("A1").state == "settling"
    assert await shop.look(2000) == ["opened a1"]
    assert [change.kind for change in shop.told] == ["opened"]


async def test_a_clock_set_back_delays_nothing_for_long(shop: Dealership) -> None:
    shop.put("a1")
    await shop.rest()
    shop.now -= 3_600_000
    shop.put("a1", OTHER_PHONE)
    assert await shop.rest() == ["phone_changed a1"]
