"""The time for a picture is spent once, however many parts its work has."""

from dealer_bot.recognition.budget import Budget


def test_a_part_ends_with_the_whole_and_the_whole_goes_on_after_a_part() -> None:
    assert not Budget(0.0).part(60.0)
    whole = Budget(60.0)
    assert not whole.part(0.0) and whole


def test_on_a_busy_machine_one_part_may_take_the_patience_of_the_whole() -> None:
    whole = Budget(60.0)
    assert 60.0 < whole.part(1.0).left_s <= whole.left_s + 1.0


def test_what_is_left_is_what_has_not_been_worked() -> None:
    whole = Budget(0.05)
    assert whole.left_s > 0
    while whole:
        sum(range(10_000))
    assert whole.left_s == 0.0
