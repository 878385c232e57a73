"""Taking messages back."""

from typing import Any

from aiogram.methods import DeleteMessage, DeleteMessages

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.reading import Method
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import Chat, Message, World


def delete(world: World, request: DeleteMessage) -> bool:
    chat = world.chat_for_bot(request.chat_id)
    message = world.find(chat, request.message_id)
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(world, chat, message)
    world.delete(message)
    return True


def delete_several(world: World, request: DeleteMessages) -> bool:
    """Those that are gone are passed over; one that can't be deleted fails the whole call."""
    if not request.message_ids:
        raise bad_request("message identifiers are not specified")
    if len(request.message_ids) > limits.DELETED_AT_ONCE:
        raise bad_request("too many message identifiers specified")
    chat = world.chat_for_bot(request.chat_id)
    found = [message for number in request.message_ids if (message := world.find(chat, number))]
    for message in found:
        _check_deletable(world, chat, message)
    for message in found:
        world.delete(message)
    return True


def _check_deletable(world: World, chat: Chat, message: Message) -> None:
    too_old = world.now() > message.at + limits.DELETE_WITHIN_S
    if chat.type == "private" and too_old:
        raise bad_request("message can't be deleted for everyone")
    if too_old or (chat.type != "private" and not message.by_bot):
        raise bad_request("message can't be deleted")


METHODS: tuple[tuple[type[Method], Any], ...] = ((DeleteMessage, delete), (DeleteMessages, delete_several))
