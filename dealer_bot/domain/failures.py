"""What did not get where it should, as administrators see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failed:
    """A delivery that ended badly. `state`: refused, unknown or gone; `to`: whose chat, where that is known."""

    outbox_id: int
    state: str
    reason: str | None
    order: str | None
    author: str | None
    to: str | None
    to_client: bool
    kind: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Held:
    """Messages that wait for clients for one reason, and the numbers of the orders they belong to."""

    reason: str
    count: int
    orders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A closed order whose client has connected since: what waits for him goes only if an admin lets it."""

    order_id: int
    number: str
    count: int
