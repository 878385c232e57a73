"""Pinned messages; a pin comes back to the bot as an update."""

from typing import Any

from aiogram.methods import PinChatMessage, UnpinAllChatMessages, UnpinChatMessage

from dealer_bot.sandbox.outgoing import quoted
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import Chat, World


def pin(world: World, request: PinChatMessage) -> bool:
    chat = world.chat_for_bot(request.chat_id)
    message = world.find(chat, request.message_id)
    if message is None or message.service:
        raise bad_request("message to pin not found")
    if message.id in chat.pinned:
        return True
    chat.pinned.append(message.id)
    world.touch(message)
    silent = bool(given(request, "disable_notification"))
    notice = world.add(chat, world.bot, {"pinned_message": quoted(message)}, silent=silent)
    notice.service = True
    world.updates.add("message", notice.body)
    return True


def unpin(world: World, request: UnpinChatMessage) -> bool:
    """Without a message: the one pinned last."""
    chat = world.chat_for_bot(request.chat_id)
    last = chat.pinned[-1] if chat.pinned else 0
    number = last if request.message_id is None else request.message_id
    if world.find(chat, number) is None:
        raise bad_request("message to unpin not found")
    _unpin(world, chat, [number])
    return True


def unpin_all(world: World, request: UnpinAllChatMessages) -> bool:
    chat = world.chat_for_bot(request.chat_id)
    _unpin(world, chat, list(chat.pinned))
    return True


def _unpin(world: World, chat: Chat, numbers: list[int]) -> None:
    for number in numbers:
        if number in chat.pinned:
            chat.pinned.remove(number)
            world.touch(chat.messages[number])


METHODS: tuple[tuple[type[Method], Any], ...] = (
    (PinChatMessage, pin),
    (UnpinChatMessage, unpin),
    (UnpinAllChatMessages, unpin_all),
)
