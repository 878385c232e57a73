"""SIGTERM in the middle of the work: it stops in time, and nothing is lost or repeated."""

from dealer_bot.sandbox import PersonClient
from tests.e2e.dealership import Dealership
from tests.history import violations

ORDERS = {f"a0001700{n}": f"+37529700010{n}" for n in range(10)}
LONGEST_STOP_S = 20


async def _ten_clients(dealership: Dealership) -> PersonClient:
    """One employee, and ten clients with an order each."""
    for number, phone in ORDERS.items():
        dealership.add_order(number, phone)
    await dealership.begins()
    anna = await dealership.staff("Анна", "+375291112233")
    for number, phone in ORDERS.items():
        await dealership.client(f"Клиент {number}", phone, number)
    return anna


async def _one_photo_each(dealership: Dealership, anna: PersonClient) -> None:
    for number in ORDERS:
        await dealership.enters(anna, number)
        await dealership.shoots(anna, number)


async def _stops_in_time(dealership: Dealership) -> None:
    code, took_s = await dealership.stops()
    assert code == 0
    assert took_s <= LONGEST_STOP_S


def _running(dealership: Dealership, method: str) -> int:
    return dealership.server.journal.now_running().count(method)


async def test_ten_downloads_that_run_are_begun_anew_after_a_restart(dealership: Dealership) -> None:
    anna = await _ten_clients(dealership)
    boris = await dealership.staff("Борис", "+375291112234")
    first, second, *_ = ORDERS
    await dealership.enters(anna, first)
    await dealership.enters(boris, second)
    await dealership.tg.fault("download", times=None, trickle=100)
    for _ in range(5):
        await dealership.shoots(anna, first)
        await dealership.shoots(boris, second)
    await dealership.until(lambda: _running(dealership, "download") == 10)

    await _stops_in_time(dealership)
    await dealership.tg.clear_faults()
    await dealership.begins()
    await dealership.settles()
    await _stops_in_time(dealership)
    assert violations(dealership.evidence()) == []


async def test_ten_sends_that_run_may_end_and_are_not_repeated(dealership: Dealership) -> None:
    anna = await _ten_clients(dealership)
    await dealership.tg.fault("sendPhoto", times=None, slow=4)
    await _one_photo_each(dealership, anna)
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
    anna = await _ten_clients(dealership)
    await dealership.tg.fault("sendPhoto", times=5, hang_before=True)
    await dealership.tg.fault("sendPhoto", times=5, hang_after=True)
    await _one_photo_each(dealership, anna)
    await dealership.until(lambda: _running(dealership, "sendPhoto") == 10)

    await _stops_in_time(dealership)
    await dealership.tg.release_hung()
    await dealership.begins()
    await dealership.settles()
    await _stops_in_time(dealership)
    assert violations(dealership.evidence(), unanswered=1) == []
