"""An update on its way: as it came in, and as it is handled."""

from dataclasses import dataclass

from dealer_bot.domain.people import Person, Place


@dataclass(frozen=True, slots=True)
class Received:
    """One raw update; `payload` is ASCII JSON, `lane` the chat or user whose updates keep their order.

    `in_excess`: more of this lane than a person sends.
    """

    update_id: int
    lane: str
    payload: str
    in_excess: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """An update to be handled, with who came, where he is and what he was asked.

    `has_blocked`: as far as we know he has stopped the bot in Telegram.
    """

    inbox_id: int
    lane: str
    payload: str
    tries: int
    due_at: int
    received_at: int
    person: Person | None
    place: Place | None
    state: str | None
    data: str
    has_blocked: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What a turn leaves behind: prompts (address, body), screens (address, slot, subject), its dialogue's state."""

    prompts: tuple[tuple[str, str], ...] = ()
    screens: tuple[tuple[str, str, str], ...] = ()
    fsm: tuple[str | None, str] | None = None
    told_closed: int | None = None
