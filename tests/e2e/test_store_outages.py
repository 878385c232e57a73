"""The store goes away under a running bot and comes back: people are served meanwhile, and nothing is lost."""

import asyncio
import contextlib
import os
import subprocess
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import under_way, violations
from tests.rig.disk import KEEPER
from tests.rig.failing_calls import Rule

ORDER, OTHER = "a00017732", "a00017733"
PETERS, ANNAS, BORISS, ADMINS = "+375298888808", "+375291112233", "+375291112234", "+375291112200"
BACK_WITHIN_S = 60
ANSWERED_WITHIN_S = 10.0
"""On a machine on which eight tests run at once; an outage lasts longer."""
AWAY = "Хранилище сейчас недоступно"
ASKED = 20
EVERY = 1 if os.environ.get("SOAK") else 6
MOST_CALLS = 40


@contextlib.contextmanager
def _unmounted(dealership: Dealership) -> Iterator[None]:
    """The mount point went with the share."""
    away = dealership.store.with_name("away")
    dealership.store.rename(away)
    yield
    assert not dealership.store.exists()
    away.rename(dealership.store)


@contextlib.contextmanager
def _empty(dealership: Dealership) -> Iterator[None]:
    """The mount point is there, a local folder."""
    with _unmounted(dealership):
        dealership.store.mkdir()
        yield
        assert list(dealership.store.rglob("*")) == []
        dealership.store.rmdir()


def _by_rule(does: str, writes_only: bool) -> Callable[[Dealership], contextlib.AbstractContextManager[None]]:
    @contextlib.contextmanager
    def broken(dealership: Dealership) -> Iterator[None]:
        dealership.disk.breaks([Rule("store", "*", does, lasting=True, writes_only=writes_only)])
        yield
        dealership.disk.heals()

    return broken


@contextlib.contextmanager
def _mounted_read_only(dealership: Dealership) -> Iterator[None]:
    """As the system itself does it, where it lets us."""
    store = str(dealership.store)
    done = subprocess.run(("mount", "--bind", store, store), capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("mounting takes more rights than there are here")
    try:
        subprocess.run(("mount", "-o", "remount,ro,bind", store), capture_output=True, check=True)
        yield
    finally:
        subprocess.run(("umount", "-l", store), capture_output=True, check=True)


OUTAGES = {
    "unmounted": _unmounted,
    "empty": _empty,
    "hung": _by_rule("hang", writes_only=False),
    "full": _by_rule("ENOSPC", writes_only=True),
    "denied": _by_rule("EACCES", writes_only=False),
    "mounted read-only": _mounted_read_only,
}


async def _open_shop(dealership: Dealership) -> tuple[PersonClient, PersonClient, PersonClient, PersonClient]:
    """Maria, an administrator; Anna in an order; Peter, whose both orders are; Boris, who has yet to enter his."""
    dealership.add_order(ORDER, PETERS)
    dealership.add_order(OTHER, PETERS)
    await dealership.begins()
    maria = await dealership.staff("Мария", ADMINS, "admin")
    anna = await dealership.staff("Анна", ANNAS)
    boris = await dealership.staff("Борис", BORISS)
    peter = await dealership.client("Пётр", PETERS, ORDER, OTHER)
    await dealership.enters(anna, ORDER)
    await dealership.settles()
    return maria, anna, peter, boris


async def _seconds(asked: Awaitable[object], answered: Callable[[], Awaitable[object]]) -> float:
    begun_at = time.monotonic()
    await asked
    await answered()
    return time.monotonic() - begun_at


async def _answers(dealership: Dealership, boris: PersonClient) -> list[float]:
    """How long people wait: strangers who start, and an employee who looks for an order by its exact number."""
    took = []
    for number in range(ASKED):
        guest = await dealership.tg.person(f"Гость {number}")
        took.append(await _seconds(guest.starts(), lambda guest=guest: guest.sees("Здравствуйте", 15)))  # type: ignore[misc]
    for _ in range(ASKED // 4):
        after = max((message.id for message in await boris.chat()), default=0)
        took.append(
            await _seconds(
                boris.says(f"/order {OTHER}"), lambda after=after: boris.sees("Выберите стадию", 15, after=after)
            )
        )
    return took


async def _recovers(dealership: Dealership) -> None:
    back_at = time.monotonic()
    while found := violations(dealership.evidence()):
        assert time.monotonic() - back_at < BACK_WITHIN_S, found
        await asyncio.sleep(0.2)


@pytest.mark.parametrize("kind", OUTAGES)
async def test_people_are_served_while_the_store_is_away_and_all_is_shelved_when_it_is_back(
    dealership: Dealership, kind: str
) -> None:
    maria, anna, peter, boris = await _open_shop(dealership)
    with OUTAGES[kind](dealership):
        await dealership.shoots(anna, ORDER)
        await dealership.shoots_album(anna, ORDER, "Acceptance", 3)
        took = await _answers(dealership, boris)
        await dealership.enters(boris, OTHER, "Body")
        await dealership.shoots(boris, OTHER, "Body")
        await dealership.writes(boris, OTHER, "Нашли ещё один скол")
        await peter.sees("Нашли ещё один скол")
        await anna.sees(AWAY)
        await boris.sees(AWAY)
        await maria.sees("Хранилище недоступно")
        await dealership.until(lambda: all("fetched" in each for each in under_way(dealership.evidence())))
        assert sum(message.kind == "photo" for message in await peter.chat()) == 5
        assert dealership.rows("SELECT DISTINCT state FROM orders") == [("open",)]
        assert max(took) < ANSWERED_WITHIN_S, sorted(took)[-3:]
    await _recovers(dealership)
    await anna.sees("сохранено 4 из 4")
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []


async def test_a_bot_that_starts_and_stops_while_the_store_hangs_serves_people_and_loses_nothing(
    dealership: Dealership,
) -> None:
    _, anna, peter, boris = await _open_shop(dealership)
    assert (await dealership.stops())[0] == 0
    with OUTAGES["hung"](dealership):
        await dealership.begins()
        await dealership.shoots(anna, ORDER)
        took = await _answers(dealership, boris)
        await dealership.until(lambda: under_way(dealership.evidence()) == ["media 1: fetched"])
        assert [message.kind for message in await peter.chat()].count("photo") == 1
        code, stopped_in_s = await dealership.stops()
        assert (code, stopped_in_s < 20) == (0, True)
        assert max(took) < ANSWERED_WITHIN_S, sorted(took)[-3:]
    await dealership.begins()
    await dealership.settles(BACK_WITHIN_S)
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []


async def test_a_share_that_leaves_before_whichever_call_has_nothing_written_into_its_mount_point(
    dealership: Dealership,
) -> None:
    numbers = [f"a0002{call:03}" for call in range(MOST_CALLS)]
    for number in numbers:
        dealership.add_order(number, PETERS)
    _, anna, peter, _ = await _open_shop(dealership)
    dealership.expects(peter, *numbers)
    dealership.disk.counts("store", numbers[0], KEEPER)
    await dealership.enters(anna, numbers[0])
    await dealership.shoots(anna, numbers[0])
    await _recovers(dealership)
    away = dealership.store.with_name("store.away")
    for call in range(2, dealership.disk.counted() + 1, EVERY):
        await dealership.enters(anna, numbers[call])
        dealership.disk.breaks([Rule("store", numbers[call], "unmount", call, threads=KEEPER)])
        await dealership.shoots(anna, numbers[call])
        await dealership.until(away.is_dir)
        told = len(dealership.disk.told())
        await dealership.until(lambda told=told: len(dealership.disk.told()) > told or _is_done(dealership))  # type: ignore[misc]
        assert list(dealership.store.rglob("*")) == [], call
        dealership.disk.heals()
        dealership.store.rmdir()
        away.rename(dealership.store)
        await _recovers(dealership)
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []


def _is_done(dealership: Dealership) -> bool:
    """The share left before the last call of all: there is none to meet its absence."""
    return under_way(dealership.evidence()) == []


async def test_a_server_without_room_for_new_photos_says_so_and_fetches_them_when_there_is_room(
    dealership: Dealership,
) -> None:
    maria, anna, peter, _ = await _open_shop(dealership)
    dealership.disk.breaks([Rule("spool", "*", "ENOSPC", lasting=True, writes_only=True)])
    await dealership.shoots(anna, ORDER)
    await anna.sees("Пока НЕ сохранено", 30)
    await maria.sees("Диск сервера не принимает файлы", 30)
    dealership.disk.heals()
    await peter.sees_photo()
    await _recovers(dealership)
    await anna.sees("сохранено 1 из 1")
    assert (await dealership.stops())[0] == 0
    assert violations(dealership.evidence()) == []
