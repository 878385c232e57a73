"""A work order as everybody sees it, and what can happen to one."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

State = Literal["settling", "open", "closed", "gone", "unreadable", "ambiguous"]
DaySource = Literal["content", "birth", "seen"]
ChangeKind = Literal[
    "opened", "closed", "gone", "reopened", "unreadable", "mended", "phone_changed", "updated", "ambiguous"
]

LIVING: tuple[State, ...] = ("settling", "open", "unreadable")
"""States in which an order is found and takes media."""


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """One visit of one car: one folder of the store. `plate` is as written for people, `plate_key` to compare."""

    id: int
    number: str
    folder: str
    state: State
    reason: str | None
    phone: str | None
    barcode: str | None
    plate: str | None
    plate_key: str | None
    vehicle: str | None
    client_name: str | None
    day: str | None
    day_source: DaySource | None
    ended_at: int | None = None
    confirmed_phone: str | None = None

    @property
    def is_confirmed(self) -> bool:
        """Somebody has looked at the client whom this order has now: more than half of mistyped phones are real."""
        return self.phone is not None and self.phone == self.confirmed_phone

    @property
    def is_living(self) -> bool:
        return self.state in LIVING


class Sighting(NamedTuple):
    """One folder as one look has read it: what a row will say. `looked_at` is None until the card has settled.

    The fields are the columns of a row, in their order.
    """

    number_key: str
    number: str
    folder: str
    state: State
    reason: str | None = None
    phone: str | None = None
    barcode: str | None = None
    plate: str | None = None
    plate_key: str | None = None
    vehicle: str | None = None
    client_name: str | None = None
    day: str | None = None
    day_source: DaySource | None = None
    mtime_ns: int | None = None
    size: int | None = None
    inode: int | None = None
    looked_at: int | None = None
    ended_at: int | None = None


@dataclass(frozen=True, slots=True)
class OrderChange:
    """What happened to an order: as it was (None: never seen before) and as it is."""

    order_id: int
    kind: ChangeKind
    before: WorkOrder | None
    after: WorkOrder
