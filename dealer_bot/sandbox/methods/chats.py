"""Who the bot is, what a chat is, where a file lies, what the bot is doing."""

from typing import Any

from aiogram.methods import GetChat, GetFile, GetMe, SendChatAction, SetMessageReaction

from dealer_bot.sandbox.outgoing import plain
from dealer_bot.sandbox.reactions import EMOJI
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import World

Json = dict[str, Any]

_ACTIONS = frozenset({"typing", "choose_sticker", "find_location"}) | {
    f"{verb}_{what}" for verb in ("record", "upload") for what in ("photo", "video", "voice", "document", "video_note")
} - {"record_photo", "record_document"}
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: World, request: GetMe) -> Json:
    abilities = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
    return world.bot | abilities


def get_file(world: World, request: GetFile) -> Json:
    return world.files.describe(request.file_id, world.now())


def get_chat(world: World, request: GetChat) -> Json:
    chat = world.known_chat(request.chat_id)
    colours = {"accent_color_id": 0, "max_reaction_count": 11}
    pinned = {"pinned_message": chat.messages[chat.pinned[-1]].body} if chat.pinned else {}
    return chat.wire | colours | {"accepted_gift_types": dict.fromkeys(_GIFTS, False)} | pinned


def chat_action(world: World, request: SendChatAction) -> bool:
    if request.action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = world.chat_for_bot(request.chat_id)
    chat.actions.append({"action": request.action, "at": world.now()})
    world.sign(chat)
    return True


def react(world: World, request: SetMessageReaction) -> bool:
    """A bot may leave one emoji on a message; an empty list takes it away."""
    reactions: list[Json] = [plain(reaction) for reaction in given(request, "reaction") or []]
    message = world.find(world.chat_for_bot(request.chat_id), request.message_id)
    if message is None:
        raise bad_request("message to react not found")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if reactions and reactions[0].get("emoji") not in EMOJI:
        raise bad_request("REACTION_INVALID")
    message.reaction = reactions[0]["emoji"] if reactions else None
    world.touch(message)
    return True


METHODS: tuple[tuple[type[Method], Any], ...] = (
    (GetMe, get_me),
    (GetFile, get_file),
    (GetChat, get_chat),
    (SendChatAction, chat_action),
    (SetMessageReaction, react),
)
