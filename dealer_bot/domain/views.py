"""What a screen is to show: facts alone; two equal views look the same."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardView:
    """A work order before it is entered. `seen` names the client that is shown: a tap confirms him and nobody else."""

    order_id: int
    number: str
    state: str
    reason: str | None
    plate: str | None
    vehicle: str | None
    client_name: str | None
    last_four: str | None
    client_state: str
    seen: str
    stages: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class PinView:
    """The one pinned line: where what is shot now goes."""

    order_id: int
    number: str
    state: str
    plate: str | None
    stage: str
    hidden: bool
    client_name: str | None
    client_state: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """What became of a burst. `waits`: reasons of undelivered messages with their numbers, sorted by name."""

    burst_id: int
    order_id: int | None
    number: str | None
    stage: str | None
    hidden: bool
    media: int
    kept: int
    too_big: int
    lost: int
    held: tuple[tuple[str, int], ...]
    deliveries: int
    delivered: int
    texts: int
    texts_delivered: int
    waits: tuple[tuple[str, int], ...]
    store_away: bool
    disk_fails: bool
    taken_back: tuple[tuple[str, int], ...] = ()

    @property
    def may_be_recalled(self) -> bool:
        """Something of it has gone to the client, or is still to go."""
        return self.deliveries + self.texts > 0


@dataclass(frozen=True, slots=True)
class Spot:
    """An order and a stage as a button names them."""

    order_id: int
    number: str
    plate: str | None
    stage_code: str
    stage: str


@dataclass(frozen=True, slots=True)
class HoldView:
    """A question where `count` messages belong. `spots`: the places it names; `others`: orders he was in lately.

    `is_open` is False once it was answered; then `placed` says where to, None if they were deleted.
    """

    hold_id: int
    kind: str
    number: str | None
    count: int
    spots: tuple[Spot, ...]
    others: tuple[Spot, ...]
    is_open: bool
    placed: Spot | None


@dataclass(frozen=True, slots=True)
class Hit:
    """An open order that a picture may show."""

    order_id: int
    number: str
    plate: str | None


@dataclass(frozen=True, slots=True)
class ReadingView:
    """What was read in the pictures of one message or album.

    `found`: looking, over (nobody asks any more), barcode, plate (then `hits` are to choose from), sure_plate (there is
    one hit), or nothing (then `cause` says why).
    """

    found: str
    hits: tuple[Hit, ...] = ()
    cause: str | None = None

    @property
    def sure(self) -> Hit | None:
        """The one order that has a barcode of the picture, or clearly its plate."""
        is_sure = self.found == "sure_plate" or (self.found == "barcode" and len(self.hits) == 1)
        return self.hits[0] if is_sure else None


@dataclass(frozen=True, slots=True)
class NoPlaceView:
    """The pinned line of somebody who has left his order, or his case."""

    is_care: bool = False


@dataclass(frozen=True, slots=True)
class CaseView:
    """The one pinned line of whoever answers a client of care's. `phone` is whole."""

    case_id: int
    client_name: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class MenuView:
    """The commands that Telegram offers somebody: those of his role alone."""

    role: int


View = CardView | PinView | CaseView | StatusView | HoldView | ReadingView | NoPlaceView | MenuView
