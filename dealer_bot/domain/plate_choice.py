"""Which open order the plates of a picture mean, and whether that is certain enough to open it without a question."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp, inf, log

from dealer_bot.domain.matching import OFFERED, distance
from dealer_bot.domain.plate_costs import LOST_AT_AN_END, cost_of
from dealer_bot.domain.plate_forms import CLEAR, MOST, best_belief, fitted
from dealer_bot.domain.plate_search import near
from dealer_bot.domain.readings import Row

SURE_COST, SURE_LEAD = 0.25, 0.4
"""An order is opened at once if its plate costs no more than this, and the next one so much more."""

SURE_TIMES = 2
"""One reading alone may have taken one symbol for another."""

SURE_AGAINST = 3
"""For each reading of a whole plate that is not this one there are so many of this one."""

SHORTEST_SURE = 5
"""Symbols: a card may say anything where a plate belongs."""

_SOFT = 0.36
"""Half of all that was read must speak for a plate that costs no more than SURE_COST."""

_WHOLE = 0.35
"""What fits a plate's form at this cost or less is read as a whole plate."""

_NEAR = 2.5
_LOST = 2
"""What costs more, or has lost more symbols, was read of something else, or of a part."""

_NEARLY, _IN_PART = 1.7, 2.15
"""What is offered costs no more: nearly all of a plate that was clearly read, or four symbols of seven as they are."""

_AS_NEAR = 0.2
"""Where more plates than can be offered cost hardly more than the nearest one, a part of them says nothing."""

_Cost = tuple[float, int, str]
"""What it costs to believe in an order, its id below zero (the newer of equals comes first), its plate."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Up to three ids of open orders, the likeliest first; `sure`: the plate of the first, if it may be opened."""

    likely: tuple[int, ...] = ()
    sure: str | None = None


@dataclass(frozen=True, slots=True)
class _Heard:
    """A row, and what it costs to believe that it is a whole plate."""

    row: Row
    form_cost: float

    @property
    def weight(self) -> float:
        return self.row.times * exp(-3 * self.form_cost)


def chosen(rows: Sequence[Row], known: Iterable[tuple[int, str]]) -> Choice:
    """Among `known` (id, plate key). Whether a plate one symbol away is open too, the caller looks up by `is_twin`."""
    heard = [_Heard(row, min(fitted(row.text).values(), default=MOST)) for row in rows]
    closer = near(rows, known)
    costs = _costs(closer, lambda plate: soft_cost(heard, plate))
    sure = costs[0][2] if costs and _is_sure(heard, costs) else None
    if sure or best_belief(rows) >= CLEAR:
        return Choice(_ids(cost for cost in costs if cost[0] <= _NEARLY), sure)
    return Choice(_ids(_holding_parts(_costs(closer, lambda plate: part_cost(heard, plate)))))


def is_twin(one: str, other: str) -> bool:
    """Whether two plates are the same, or one symbol apart."""
    return distance(one, other, 1) is not None


def soft_cost(heard: Sequence[_Heard], plate: str) -> float:
    """The soft minimum over all readings of what it costs to believe that they were of this plate.

    0: all of them say it. The more of them say something else, the more it costs.
    """
    told = sum(each.weight * exp(-cost_of(each.row.text, plate) / _SOFT) for each in heard)
    return -_SOFT * log(told / sum(each.weight for each in heard)) if told else inf


def part_cost(heard: Sequence[_Heard], plate: str) -> float:
    """The same where only parts were read: each different one makes it cheaper, what else was read says nothing."""
    told = sum(exp(-cost_of(each.row.text, plate) / _SOFT) for each in heard)
    return -_SOFT * log(told) if told else inf


def _costs(known: Iterable[tuple[int, str]], cost_of_plate: Callable[[str], float]) -> list[_Cost]:
    return sorted((round(cost_of_plate(plate), 6), -order_id, plate) for order_id, plate in known)


def _ids(costs: Iterable[_Cost]) -> tuple[int, ...]:
    return tuple(-minus_id for _, minus_id, _ in costs)[:OFFERED]


def _holding_parts(costs: Sequence[_Cost]) -> Iterator[_Cost]:
    """The nearest; none if too many plates hold the same parts: three of them would be a lottery."""
    as_near = {plate for cost, _, plate in costs if cost <= costs[0][0] + _AS_NEAR}
    if len(as_near) <= OFFERED:
        yield from (cost for cost in costs if cost[0] <= _IN_PART)


def _is_sure(heard: Sequence[_Heard], costs: Sequence[_Cost]) -> bool:
    """By cost, by lead, and by who speaks for it; a second plate that was clearly read always leads to a question."""
    cost, _, plate = costs[0]
    if len(plate) < SHORTEST_SURE or cost > SURE_COST:
        return False
    if len(costs) > 1 and costs[1][0] - cost < SURE_LEAD:
        return False
    others = [other for _, _, other in costs[1:]]
    if any(is_twin(plate, other) or cost_of(each.row.text, other) <= SURE_COST for each in heard for other in others):
        return False
    told = [(cost_of(each.row.text, plate), each) for each in heard]
    speaking = sum(each.row.times for of_this, each in told if of_this <= SURE_COST)
    against = sum(
        each.row.times for of_this, each in told if of_this > SURE_COST and _contradicts(each, plate, of_this)
    )
    return speaking >= SURE_TIMES and SURE_AGAINST * against <= speaking


def _contradicts(heard: _Heard, plate: str, of_this: float) -> bool:
    """Another whole plate, or nearly all of this one with something wrong or not seen: what the others saw in its place
    may be as doubtful. A small part says nothing against it."""
    is_nearly_whole = len(heard.row.text) >= len(plate) - _LOST
    return heard.form_cost <= _WHOLE or (is_nearly_whole and LOST_AT_AN_END <= of_this <= _NEAR)
