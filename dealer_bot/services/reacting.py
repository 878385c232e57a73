"""A reaction on one side is the bot's reaction on the other: wherever the same message lies."""

from database import conversations, outbox, people
from database.connection import Database
from database.conversations import Message
from database.outbox import Recipient
from dealer_bot.domain.people import Person


class Reacting:
    def __init__(self, database: Database) -> None:
        self._db = database

    async def react(self, address: str, telegram_id: int, emoji: str, inbox_id: int, now: int) -> None:
        """T1 of a reaction; an empty emoji takes it away. What nobody else has is passed over in silence."""
        await self._db.write(_react, address, telegram_id, emoji, inbox_id, now)


def _react(address: str, telegram_id: int, emoji: str, inbox_id: int, now: int) -> None:
    person = people.by_address(address)
    message = conversations.by_copy_or_source(address, telegram_id)
    if person is None or message is None or not _may(person, message):
        return
    if message.source_address == address:
        for recipient in outbox.recipients(message.id):
            _show(message, recipient, emoji, inbox_id, now)
        return
    author = people.by_id(message.author_id)
    is_client = message.side == "client"
    phone = author.phone if author is not None and is_client else None
    order_id = message.order_id if is_client else message.order_id or message.about_id
    _show(message, Recipient(message.source_address, phone, is_client, order_id, None), emoji, inbox_id, now)


def _may(person: Person, message: Message) -> bool:
    """Who has left can't show a client anything; a client reacts to what he wrote, and to what reached him as one."""
    is_of_client, is_own = message.side == "client", message.author_id == person.id
    is_as_staff = is_of_client is not is_own
    return person.active and (person.role.is_staff or (person.connected and not is_as_staff))


def _show(message: Message, recipient: Recipient, emoji: str, inbox_id: int, now: int) -> None:
    if recipient.address is None or recipient.reason is not None:
        return  # it has not come there yet
    outbox.add_reaction(
        key=f"w{message.id}:{recipient.address}:{inbox_id}",
        message_id=message.id,
        order_id=recipient.order_id,
        at=now,
        address=recipient.address,
        to_phone=recipient.to_phone,
        to_client=recipient.to_client,
        emoji=emoji,
    )
