"""Our own pace: bursts pass, the average holds, one chat slows no other."""

import pytest

from dealer_bot.services.rates import Rates

PETER, IVAN = "tg:1", "tg:2"


def sent(rates: Rates, address: str, from_s: float, for_s: float) -> int:
    """How many messages go in this time to a chat that always has one waiting."""
    now, count = from_s, 0
    while (now := now + rates.wait_s(address, now)) < from_s + for_s:
        rates.spend(address, now)
        count += 1
    return count


def test_a_burst_passes_and_then_one_a_second() -> None:
    rates = Rates(overall=0, per_chat=1)
    assert sent(rates, PETER, 100.0, 60.0) == pytest.approx(20 + 60, abs=1)
    assert sent(rates, PETER, 160.0, 60.0) == pytest.approx(60, abs=1)


def test_a_chat_that_rested_has_its_burst_again_and_no_more() -> None:
    rates = Rates(overall=0, per_chat=1)
    sent(rates, PETER, 0.0, 60.0)
    assert sent(rates, PETER, 5_000.0, 0.001) == 20


def test_one_chat_does_not_slow_another() -> None:
    rates = Rates(overall=0, per_chat=1)
    sent(rates, PETER, 0.0, 0.5)
    assert rates.wait_s(PETER, 0.5) > 0 and rates.wait_s(IVAN, 0.5) == 0


def test_all_chats_together_keep_the_overall_pace() -> None:
    rates = Rates(overall=30, per_chat=0)
    now, count = 0.0, 0
    while (now := now + rates.wait_s(f"tg:{count}", now)) < 10.0:
        rates.spend(f"tg:{count}", now)
        count += 1
    assert count == pytest.approx(30 + 300, abs=2)


def test_an_album_costs_what_it_carries() -> None:
    rates = Rates(overall=0, per_chat=1)
    for _ in range(3):
        rates.spend(PETER, 0.0, 10)
    assert rates.wait_s(PETER, 0.0) == pytest.approx(11)
    assert rates.wait_s(PETER, 11.0) == 0


def test_the_wait_that_is_named_is_enough_and_not_too_long() -> None:
    rates = Rates(overall=7, per_chat=0.3)
    for _ in range(25):
        rates.spend(PETER, 50.0)
    wait_s = rates.wait_s(PETER, 50.0)
    assert rates.wait_s(PETER, 50.0 + wait_s - 0.01) > 0
    assert rates.wait_s(PETER, 50.0 + wait_s + 0.001) == 0


def test_zero_is_no_limit() -> None:
    rates = Rates(overall=0, per_chat=0)
    for _ in range(10_000):
        rates.spend(PETER, 0.0)
    assert rates.wait_s(PETER, 0.0) == 0


def test_a_rate_below_one_still_lets_the_first_go() -> None:
    rates = Rates(overall=0.5, per_chat=0)
    assert rates.wait_s(PETER, 0.0) == 0
    rates.spend(PETER, 0.0)
    assert rates.wait_s(PETER, 0.0) == pytest.approx(2.0)
