"""The question where something belongs, made from rows at the moment it is shown."""

from database import holds, orders, places
from dealer_bot.domain.holds import Hold
from dealer_bot.domain.stages import Stages
from dealer_bot.domain.views import HoldView, Spot

OTHERS = 3
"""More orders than these are looked for, not chosen from."""


def question(hold_id: int, stages: Stages) -> HoldView | None:
    hold = holds.by_id(hold_id)
    if hold is None:
        return None
    about = orders.order_by_id(hold.order_id) if hold.order_id else None
    is_open = hold.settled_at is None
    return HoldView(
        hold_id=hold.id,
        kind=hold.kind,
        number=about.number if about else None,
        count=holds.count(hold.id),
        spots=_spots(hold, stages) if is_open else (),
        others=_others(hold, stages) if is_open else (),
        is_open=is_open,
        placed=spot(hold.placed_order_id, hold.placed_stage, stages),
    )


def spot(order_id: int | None, folder: str | None, stages: Stages) -> Spot | None:
    """None where the order or the stage is no more."""
    order = orders.order_by_id(order_id) if order_id else None
    stage = stages.by_folder(folder)
    return Spot(order.id, order.number, order.plate, stage.code, stage.label) if order and stage else None


def recent_spots(person_id: int, stages: Stages) -> list[Spot]:
    """The last orders this person was in, each with its stage."""
    found = [spot(order_id, folder, stages) for order_id, folder in places.recent(person_id, OTHERS + 2)]
    return [each for each in found if each is not None]


def _spots(hold: Hold, stages: Stages) -> tuple[Spot, ...]:
    if hold.kind not in ("idle", "switch"):
        return ()
    named = (spot(hold.left_order_id, hold.left_stage, stages), spot(hold.order_id, hold.stage, stages))
    return tuple(each for each in named if each is not None)


def _others(hold: Hold, stages: Stages) -> tuple[Spot, ...]:
    if hold.kind == "switch":
        return ()
    found = (each for each in recent_spots(hold.person_id, stages) if each.order_id != hold.order_id)
    return tuple(list(found)[:OTHERS])
