"""What came of showing a card, a pinned line or a status line, and when to try again."""

from dataclasses import dataclass

from database import chats, screens
from database.screens import Screen
from dealer_bot.domain.parcels import Gone, Later, Outcome, Sent, Unknown
from dealer_bot.domain.views import View

RETRY_MS, RETRY_FIRST_MS = 5_000, 500
"""A line that is old for a moment can wait; one that is not there yet is waited for."""
UNSURE = "?"
"""Instead of a hash: it was sent once, and nobody knows whether it arrived."""


@dataclass(frozen=True, slots=True)
class Show:
    """A screen as it is to look; `renew`: as a new message below what has been written since."""

    screen: Screen
    view: View | None
    view_hash: str
    renew: bool
    language: str | None

    @property
    def target(self) -> int | None:
        """The message to be edited; None: a new one."""
        return None if self.renew else self.screen.telegram_message_id

    @property
    def is_shown(self) -> bool:
        """Or was sent twice, and nobody knows whether it arrived."""
        return not self.renew and self.view_hash == self.screen.shown_hash

    @property
    def lacks_pin(self) -> bool:
        return self.screen.slot == "pin" and (self.screen.telegram_message_id is None or not self.screen.pinned)

    @property
    def is_to_be_pinned(self) -> bool:
        """Now that it lies in the chat."""
        return self.screen.slot == "pin" and self.target is None


def settle(show: Show, outcome: Outcome, pin: Outcome | None, now: int) -> None:
    """Write down what lies in the chat now. Runs inside the courier's transaction."""
    screen = show.screen
    message_id, shown_hash, is_pinned = screen.telegram_message_id, screen.shown_hash, screen.pinned
    again_at = screen.renew_at if not show.renew and (screen.renew_at or 0) > now else None
    if isinstance(outcome, Sent):
        message_id, shown_hash = outcome.message_ids[0], show.view_hash
        is_pinned = isinstance(pin, Sent) if pin is not None else screen.pinned
        again_at = _pin_at(show, pin, now) or again_at
    elif isinstance(outcome, Later):
        again_at = now + _wait_ms(screen, outcome)
        if outcome.for_chat:
            chats.pause(screen.address, again_at)
    elif isinstance(outcome, Gone) and outcome.reason == "message":
        message_id, shown_hash, is_pinned, again_at = None, None, False, now
    elif isinstance(outcome, Unknown):
        shown_hash, again_at = _unsure(screen, show.view_hash, now)
    elif not isinstance(outcome, Gone) or outcome.reason != "void":
        shown_hash, again_at = show.view_hash if message_id else None, None  # not taken: nothing until it changes
    is_soon = again_at == now  # what is only half done does not wait for its turn
    screens.shown(screen, message_id, shown_hash, is_pinned, now, again_at, is_soon)


def _pin_at(show: Show, pin: Outcome | None, now: int) -> int | None:
    if isinstance(pin, Later | Unknown):
        return now + RETRY_MS
    return now if show.is_to_be_pinned else None


def _wait_ms(screen: Screen, outcome: Later) -> int:
    """As long as Telegram said; what somebody has asked to see comes sooner than what only changes."""
    if outcome.for_chat:
        return int(outcome.after_s * 1000)
    return RETRY_FIRST_MS if screen.telegram_message_id is None else RETRY_MS


def _unsure(screen: Screen, view_hash: str, now: int) -> tuple[str | None, int | None]:
    """An edit may be repeated as often as one likes; a message is sent once more and no third time."""
    if screen.telegram_message_id is not None:
        return None, now + RETRY_MS
    return (view_hash, None) if screen.shown_hash == UNSURE else (UNSURE, now + RETRY_FIRST_MS)
