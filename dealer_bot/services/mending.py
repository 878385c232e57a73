"""What was written anew: both versions stay, and every copy that has gone is edited."""

from dataclasses import dataclass
from typing import Any

from database import conversations, inbox, media, orders, outbox, people, screens
from database.conversations import Message
from database.outbox import Recipient
from dealer_bot.domain.messages import WITHOUT_CAPTION, Handed, parts_of
from dealer_bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Uncarried:
    """What its author has to know: another file that no copy can take, words that are nobody's, a closed order."""

    key: str
    order: str = ""


FILE = Uncarried("file-not-replaced")
NOWHERE = Uncarried("edit-nowhere")


def revise(handed: Handed, inbox_id: int, now: int) -> Uncarried | None:
    """None where all of the new version is carried, or nothing of it concerns anybody."""
    message = conversations.by_source(handed.address, handed.message_id)
    author = people.by_address(handed.address)
    if message is None and handed.kind not in WITHOUT_CAPTION and not inbox.is_again(inbox_id):
        return NOWHERE
    if message is None or author is None or not author.active or not _may_mend(author, message.side):
        return None
    if message.kind != handed.kind or message.kind in WITHOUT_CAPTION:
        return None if message.kind == handed.kind else FILE  # a place that moves is passed on once
    if inbox.is_again(inbox_id) and conversations.is_revised_after(message.id, handed.sent_at):
        return None  # what he wrote later stands
    version = conversations.revise(message.id, handed.text, handed.entities, handed.handed_in_at(now))
    if version is not None:
        _carry(message, handed.text, version, inbox_id, now)
    has_file = handed.unique_id is None or media.unique_id_of(message.id) in (None, handed.unique_id)
    return _too_late(message) if has_file else FILE


def _too_late(message: Message) -> Uncarried | None:
    """What a client of a closed order has got already stays as it is."""
    order = orders.order_by_id(message.order_id) if message.order_id else None
    if order is None or order.state not in ("closed", "gone") or message.side != "staff":
        return None
    chats = [each.address for each in outbox.recipients(message.id) if each.to_client and each.address is not None]
    is_there = any(conversations.copies_in(chat, message.id) for chat in chats)
    return Uncarried("edit-closed", order.number) if is_there else None


def _carry(message: Message, text: str, version: int, inbox_id: int, now: int) -> None:
    before, after = set(parts_of(message.kind, message.text)), set(parts_of(message.kind, text))
    for recipient in outbox.recipients(message.id):
        for part in sorted(before | after):
            op = "edit" if part in before & after else "send" if part in after else "delete"
            _carry_edit(message.id, version, recipient, part, op, inbox_id, now)
    screens.touch_burst_of(message.id, now)


def _may_mend(author: Person, side: str) -> bool:
    """The role is looked at again: who has left can't change what he told a client."""
    return side == "client" or (author.is_crew if side == "staff" else author.role.is_staff)


def _carry_edit(
    message_id: int, version: int, recipient: Recipient, part: int, op: str, inbox_id: int, now: int
) -> None:
    """What has not gone yet is rendered from the newest version anyway; only a part it did not have is added."""
    if op != "send" and recipient.address is None:
        return
    if op == "edit" and recipient.to_client and recipient.address is not None:
        for copy in _older_copies(recipient.address, message_id, part):
            _queue(message_id, version, recipient, {"part": part, "copy": copy}, op, inbox_id, now)
    _queue(message_id, version, recipient, {"part": part} if part else None, op, inbox_id, now)


def _older_copies(address: str, message_id: int, part: int) -> list[int]:
    """He had the same media sent once more: what came before is mended, too."""
    return [copy for copy, n, _ in conversations.copies_in(address, message_id) if n == part][:-1]


def _queue(
    message_id: int,
    version: int,
    recipient: Recipient,
    args: dict[str, Any] | None,
    op: str,
    inbox_id: int,
    now: int,
) -> None:
    known = args or {}
    which = f"{known.get('part', 0)}:{known.get('copy', 0)}"
    outbox.add_delivery(
        key=f"e{message_id}:{version}:{recipient.address or recipient.to_phone}:{which}:{inbox_id}",
        message_id=message_id,
        order_id=recipient.order_id,
        at=now,
        address=recipient.address,
        to_phone=recipient.to_phone,
        to_client=recipient.to_client,
        op=op,
        state="queued" if recipient.reason is None else "held",
        reason=recipient.reason,
        args=args,
    )
