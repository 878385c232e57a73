"""What buttons carry: a wire format that stays in chats for years. Short versioned prefixes, ids, never names."""

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

RowId = Annotated[int, Field(ge=1, lt=2**63)]
"""An id as the database has them: what can't be one is a strange button, not an error."""


Number = Annotated[int, Field(ge=0, lt=2**63)]
"""A page, a place in a list, or an id that may be none: 0."""


class ShowOrder(CallbackData, prefix="o1"):
    """Show the card of an order."""

    order_id: RowId


class EnterStage(CallbackData, prefix="s1"):
    """Enter an order's stage, confirming the client that the card shows."""

    order_id: RowId
    stage: str
    seen: str


class Resume(CallbackData, prefix="r1"):
    """Go back into an order and the stage one was in."""

    order_id: RowId


class TurnHits(CallbackData, prefix="d4"):
    """Another page of what a text has found; `asked`: the update that brought the text. Pages count from 1."""

    asked: RowId
    page: RowId


class OpenCalendar(CallbackData, prefix="d1"):
    """Look for an order by its day."""


class ShowDay(CallbackData, prefix="d2"):
    """Some of a day's orders; `day` as `date.toordinal` numbers it, pages from 1."""

    day: RowId
    page: RowId


class ShowMonth(CallbackData, prefix="d3"):
    """The month of this day, as `date.toordinal` numbers it."""

    day: RowId


class WrongCar(CallbackData, prefix="w1"):
    """Not this one: look for another."""


class PlaceWaiting(CallbackData, prefix="p2"):
    """Put what was shot without an order into this order and stage, or drop it."""

    keep: bool
    order_id: RowId
    stage: str


class PlaceHeld(CallbackData, prefix="h1"):
    """What waits for this answer belongs to this order and stage."""

    hold_id: RowId
    order_id: RowId
    stage: str


class DropHeld(CallbackData, prefix="h2"):
    """What waits for this answer is not wanted."""

    hold_id: RowId


class TakeBack(CallbackData, prefix="u1"):
    """Delete the client's copies of this burst."""

    burst_id: RowId


class WrongPlace(CallbackData, prefix="w2"):
    """This burst does not belong where it went: offer other places."""

    burst_id: RowId


class MoveBurst(CallbackData, prefix="j1"):
    """This burst belongs to this order and stage."""

    burst_id: RowId
    order_id: RowId
    stage: str


class MoveElsewhere(CallbackData, prefix="j2"):
    """Find the order to which this burst belongs."""

    burst_id: RowId


class Repeat(CallbackData, prefix="u2"):
    """Send once more what of this burst may not have arrived."""

    burst_id: RowId


class RepeatOne(CallbackData, prefix="u3"):
    """Send this one delivery once more."""

    outbox_id: RowId


class ShowPhone(CallbackData, prefix="e1"):
    """Say the whole phone of an order's client; it is written down who asked."""

    order_id: RowId


class Speak(CallbackData, prefix="l1"):
    """Choose the language."""

    language: str


class Invite(CallbackData, prefix="i1"):
    """A link that leads the order's client to the bot."""

    order_id: RowId


class PauseReceiving(CallbackData, prefix="q1"):
    """Send me nothing more."""

    really: bool


class ResumeReceiving(CallbackData, prefix="b1"):
    """Send to me again."""


class TakeWaiting(CallbackData, prefix="t1"):
    """What came meanwhile: now, or never."""

    wanted: bool


class AboutAnother(CallbackData, prefix="a1"):
    """What I wrote was about another of my orders."""

    message_id: RowId


class MoveWords(CallbackData, prefix="m1"):
    """What I wrote was about this order."""

    message_id: RowId
    order_id: RowId


class WriteToCase(CallbackData, prefix="c1"):
    """Write to the client of this case."""

    case_id: RowId


class MyOrder(CallbackData, prefix="y1"):
    """Show an order of my own."""

    order_id: RowId


class SendAgain(CallbackData, prefix="g1"):
    """Send me this order's media once more."""

    order_id: RowId


class AskPause(CallbackData, prefix="k1"):
    """I may want nothing more."""


class ChangePhone(CallbackData, prefix="n1"):
    """Another phone is mine now."""
