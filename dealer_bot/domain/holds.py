"""When what an employee hands in is kept back until he says where it belongs."""

from dataclasses import dataclass
from typing import Literal

from dealer_bot.domain.people import Place

HoldKind = Literal["no_order", "idle", "switch", "closed", "move"]
AFTER_SWITCH_MS = 60_000
SLOW = frozenset({"video", "video_note", "animation", "document", "audio"})
"""Kinds that take long to upload: what was begun in one order may arrive in the next."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One question to one person. `order_id`, `stage`: where he was; `left_…`: where he had been just before.

    `placed_…`: the answer; None with `settled_at` set: what waited was deleted.
    """

    id: int
    person_id: int
    kind: HoldKind
    order_id: int | None
    stage: str | None
    left_order_id: int | None
    left_stage: str | None
    settled_at: int | None
    placed_order_id: int | None
    placed_stage: str | None

    def offers(self, order_id: int, stage: str) -> bool:
        """Whether this is one of the places that the question itself names."""
        return (order_id, stage) in ((self.order_id, self.stage), (self.left_order_id, self.left_stage))


def is_idle(place: Place, now: int, idle_ms: int) -> bool:
    """So long without activity that the order has to be asked for again."""
    return now - place.active_at >= idle_ms


def is_after_switch(place: Place, kind: str, now: int) -> bool:
    """A slow upload just after another order was left; a first entry and a change of stage leave none."""
    if kind not in SLOW or place.left_at is None or place.left_order_id in (None, place.order_id):
        return False
    return now - place.left_at < AFTER_SWITCH_MS
