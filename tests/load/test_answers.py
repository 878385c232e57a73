"""The measure itself: what counts as an answer, and whose time it took."""

import pytest

from dealer_bot.sandbox.journal import Entry
from tests.load.answers import Answers, percentile
from tests.load.traffic import Question

PETER = 7
ASKED = Question(PETER, "passed on", "Передано", update_id=1)
AGAIN = Question(PETER, "passed on", "Передано", update_id=2)


def _call(at: float, text: str = "Передано: Анна.", outcome: str = "accepted", until: float | None = None) -> Entry:
    params = {"chat_id": str(PETER), "text": text}
    return Entry(0, "sendMessage", at, params, outcome, accepted=True, ended_at=until or at)


def _refused(at: float, code: int) -> Entry:
    params = {"chat_id": str(PETER), "text": "Передано: Анна."}
    return Entry(0, "sendMessage", at, params, "refused", code=code, ended_at=at)


@pytest.mark.parametrize(
    ("before", "ours_s"),
    [
        ([], 5.0),
        ([_refused(11, 502)], 5.0),
        ([_refused(11, 429)], 4.0),
        ([_refused(11, 429), _refused(11.5, 429)], 3.5),
        ([_call(9, "Скол", "hung", until=13)], 2.0),
        ([_call(9, "Скол", "hung", until=13), _refused(12, 429)], 2.0),
        ([_call(11, "Скол", "cut")], 5.0),
    ],
)
def test_what_telegram_kept_shut_is_not_counted_and_all_else_is(before: list[Entry], ours_s: float) -> None:
    (answered,) = Answers([*before, _call(15)], [ASKED], {1: 10.0}).answered()
    assert (answered.raw_s, answered.ours_s) == (5.0, ours_s)


def test_a_repeat_after_a_lost_answer_answers_nobody_else() -> None:
    calls = [_call(11, outcome="hung", until=31), _call(32), _call(33)]
    first, second = Answers(calls, [ASKED, AGAIN], {1: 10.0, 2: 12.0}).answered()
    assert (first.raw_s, second.raw_s) == (1.0, 21.0)


def test_a_question_that_got_no_answer_is_told() -> None:
    assert Answers([_call(11)], [ASKED, AGAIN], {1: 10.0, 2: 10.0}).unanswered() == [AGAIN]


def test_the_time_without_a_bot_is_not_counted() -> None:
    (answered,) = Answers([_call(15)], [ASKED], {1: 10.0}, downs=[(11.0, 14.0)]).answered()
    assert answered.ours_s == 2.0


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile(range(100), 0.95) == 95
    assert percentile([], 0.95) == 0
