"""What the buttons of administrators and of care carry: the same wire format as in callbacks.py."""

from aiogram.filters.callback_data import CallbackData

from dealer_bot.bot.callbacks import Number, RowId


class WriteToClient(CallbackData, prefix="c2"):
    """Write to this person as care does, outside orders."""

    person_id: RowId


class WriteAbout(CallbackData, prefix="c7"):
    """Into this order, to write to its client; to this person as care does, once the order is closed."""

    order_id: RowId
    person_id: RowId


class PassToCare(CallbackData, prefix="c3"):
    """Care shall see this message of a client's."""

    message_id: RowId


class ReadProtocol(CallbackData, prefix="v1"):
    """A page of the protocol of an order, or outside (0), beside this piece of this message: older, newer or newest."""

    order_id: Number
    message_id: Number = 0
    piece: Number = 0
    newer: bool = False


class TakeProtocol(CallbackData, prefix="v2"):
    """The protocol as a file."""

    order_id: Number
    as_page: bool


class Administer(CallbackData, prefix="z0"):
    """The administrator's menu."""


class ChooseProtocol(CallbackData, prefix="v0"):
    """Which order's protocol."""


class ReadHistory(CallbackData, prefix="v3"):
    """A page of all that the client of a case and the dealership said, as ReadProtocol has it."""

    case_id: RowId
    message_id: Number = 0
    piece: Number = 0
    newer: bool = False


class ListWaiting(CallbackData, prefix="c4"):
    """Who waits for an answer of care's."""


class TurnWaiting(CallbackData, prefix="c5"):
    """A page of who waits; with a case the one on which that is."""

    page: Number = 0
    case_id: Number = 0


class CloseCase(CallbackData, prefix="c6"):
    """This talk with care is over."""

    case_id: RowId


class ListPeople(CallbackData, prefix="z1"):
    """A page of staff (s), clients (c), inactive people (i), administrators (a), employees (e) or care (h)."""

    group: str
    page: Number = 0


class ShowPerson(CallbackData, prefix="z2"):
    """Somebody's card."""

    person_id: RowId


class SetRole(CallbackData, prefix="z4"):
    """He has this level from now on; `was`: the one he who asks was shown, 0 before he has been asked."""

    person_id: RowId
    role: RowId
    was: Number


class SetActive(CallbackData, prefix="z5"):
    """The bot is open to him, or not; `sure`: he who asks has been asked."""

    person_id: RowId
    active: bool
    sure: bool


class AskName(CallbackData, prefix="z6"):
    """Another name for him."""

    person_id: RowId


class StopSending(CallbackData, prefix="z7"):
    """What he handed in and has not gone yet shall not go."""

    person_id: RowId


class InviteStaff(CallbackData, prefix="z8"):
    """A link for somebody new; 0: which level it shall give."""

    role: Number = 0


class FindPerson(CallbackData, prefix="z9"):
    """Look for somebody by name or phone."""


class ReadAudit(CallbackData, prefix="x1"):
    """Who changed what: about somebody, or all (0)."""

    person_id: Number = 0
    page: Number = 0


class ShowReady(CallbackData, prefix="f7"):
    """What a ready answer would say to the client of this case."""

    canned_id: RowId
    case_id: RowId


class SendReady(CallbackData, prefix="f2"):
    """Send it."""

    canned_id: RowId
    case_id: RowId


class ListReady(CallbackData, prefix="f3"):
    """The answers that admins keep."""


class OpenReady(CallbackData, prefix="f4"):
    """One of them."""

    canned_id: RowId


class RemoveReady(CallbackData, prefix="f5"):
    """It is kept no more."""

    canned_id: RowId


class AddReady(CallbackData, prefix="f6"):
    """A new one."""


class ListFailures(CallbackData, prefix="x2"):
    """What did not arrive, and why."""

    page: Number = 0


class ShowFailed(CallbackData, prefix="x3"):
    """One delivery that failed."""

    outbox_id: RowId


class RetryFailed(CallbackData, prefix="x4"):
    """Send it once more."""

    outbox_id: RowId


class RetryAll(CallbackData, prefix="x0"):
    """Send all of it once more; `sure`: he who asks has been asked."""

    sure: bool


class HandleAgain(CallbackData, prefix="x5"):
    """Updates that were set aside shall be handled once more."""


class ReleaseOrder(CallbackData, prefix="x6"):
    """What a late client of a closed order has not got goes to him."""

    order_id: RowId


class ShowStorage(CallbackData, prefix="x7"):
    """Folders in trouble, and the room on the disks."""

    page: Number = 0


class ShowToday(CallbackData, prefix="x8"):
    """The figures of today."""


class DrawWeeks(CallbackData, prefix="x9"):
    """A picture of the last weeks."""
