"""What the courier carries and what became of it. A parcel knows facts; how they look is the messenger's matter."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One outbox row of a parcel."""

    outbox_id: int
    message_id: int | None
    media_id: int | None
    kind: str
    file_id: str | None
    text: str
    entities: str | None
    part: int = 0
    payload: str | None = None


@dataclass(frozen=True, slots=True)
class Blob:
    """A file made for a reply."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One call to one chat: a prompt, a notice, a message, an album, an edit or a deletion.

    `copies` are the Telegram ids of what is edited or deleted; `reply_to` is one in the same chat.
    `case_id` is set for those who may answer it; `reaction` is an emoji to be shown, an empty one takes it away.
    """

    address: str
    kind: str
    op: str
    items: tuple[Item, ...]
    to_client: bool = False
    language: str | None = None
    side: str | None = None
    author: str | None = None
    order_id: int | None = None
    order_number: str | None = None
    order_closed: bool = False
    plate: str | None = None
    stage: str | None = None
    client_name: str | None = None
    phone: str | None = None
    author_role: int | None = None
    heading: bool = False
    silent: bool = False
    reply_to: int | None = None
    copies: tuple[int, ...] = ()
    had_heading: bool = False
    notice: str | None = None
    args: dict[str, Any] = field(default_factory=dict)
    case_id: int | None = None
    reaction: str | None = None
    body: str | None = None
    blob: Blob | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram took it; ids in the order of the items."""

    message_ids: tuple[int, ...]


STORE, DISK = "store", "disk"
"""What a file waits for: the store, or the server's own disk. People are told of both."""


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not taken; worth another try `after_s` from now. `for_chat`: Telegram asked this chat to wait."""

    after_s: float
    for_chat: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Nobody there: the chat blocked the bot (`blocked`), or can't be written to, or the message is no more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take it as it is. `album`: one of several was refused, singly they may go."""

    reason: str
    album: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """Handed over, and the answer was lost: it may or may not have arrived."""

    reason: str


Outcome = Sent | Later | Gone | Refused | Unknown


@dataclass(frozen=True, slots=True)
class Fetched:
    """Whole on the local disk."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TooBig:
    """Telegram's server does not hand out files of this size."""


FetchOutcome = Fetched | TooBig | Later | Gone
