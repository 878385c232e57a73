"""SIGTERM in the middle of the work: it stops in time, and nothing is lost or repeated."""

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations

ORDERS = {f"a0001700{n}": f"+37529700010{n}" for n in range(10)}
WHILE_THEY_GATHER_S = 8
"""Long enough for ten sends to run at once, and shorter than those that run are waited for."""
LONGEST_STOP_S = 20


async def _ten_at_work(dealership: Dealership) -> dict[str, PersonClient]:
    """An employee in each of ten orders, whose clients are connected."""
    for number, phone in ORDERS.items():
        dealership.add_order(number, phone)
    await dealership.begins()
    crew = {}
    for n, (number, phone) in enumerate(ORDERS.items()):
        await dealership.client(f"Клиент {number}", phone, number)
        crew[number] = await dealership.staff(f"Мастер {n}", f"+37529111220{n}")
        await dealership.enters(crew[number], number)
    await dealership.settles()
    return crew


async def _all_shoot(dealership: Dealership, crew: dict[str, PersonClient]) -> None:
    for number, person in crew.items():
        await dealership.shoots(person, number)


async def _stops_in_time(dealership: Dealership) -> None:
    code, took_s = await dealership.stops()
    assert code == 0
    assert took_s <= LONGEST_STOP_S


def _running(dealership: Dealership, method: str) -> int:
    return dealership.server.journal.now_running().count(method)


async def test_ten_downloads_that_run_are_begun_anew_after_a_restart(dealership: Dealership) -> None:
    crew = await _ten_at_work(dealership)
    await dealership.tg.fault("download", times=None, trickle=100)
    await _all_shoot(dealership, crew)
    await dealership.until(lambda: _running(dealership, "download") == 10)

    await _stops_in_time(dealership)
    await dealership.tg.clear_faults()
    await dealership.begins()
    await dealership.settles()
    await _stops_in_time(dealership)
    assert violations(dealership.evidence()) == []


async def test_ten_sends_that_run_may_end_and_are_not_repeated(dealership: Dealership) -> None:
    crew = await _ten_at_work(dealership)
    await dealership.tg.fault("sendPhoto", times=None, slow=WHILE_THEY_GATHER_S)
    await _all_shoot(dealership, crew)
    await dealership.until(lambda: _running(dealership, "sendPhoto") >= 8)

    await _stops_in_time(dealership)
    await dealership.tg.clear_faults()
    await dealership.begins()
    await dealership.settles()
    await _stops_in_time(dealership)
    assert violations(dealership.evidence()) == []


async def test_ten_sends_without_an_answer_hold_up_no_stop_and_are_repeated_at_most_once(
    dealership: Dealership,
) -> None:
    crew = await _ten_at_work(dealership)
    await dealership.tg.fault("sendPhoto", times=5, hang_before=True)
    await dealership.tg.fault("sendPhoto", times=5, hang_after=True)
    await _all_shoot(dealership, crew)
    await dealership.until(lambda: _running(dealership, "sendPhoto") == 10)

    await _stops_in_time(dealership)
    await dealership.tg.release_hung()
    await dealership.begins()
    await dealership.settles()
    await _stops_in_time(dealership)
    assert violations(dealership.evidence(), unanswered=1) == []
