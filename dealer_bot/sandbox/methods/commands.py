"""The command menu, by scope and language."""

import json
import re
from typing import Any

from aiogram.methods import DeleteMyCommands, GetMyCommands, SetMyCommands

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.outgoing import plain
from dealer_bot.sandbox.reading import Method, given
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import World

Json = dict[str, Any]

_COMMAND = re.compile(rf"[a-z0-9_]{{1,{limits.COMMAND_CHARS}}}")


def set_commands(world: World, request: SetMyCommands) -> bool:
    commands: list[Json] = [plain(command) for command in request.commands]
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    world.commands[_place(world, request)] = commands
    return True


def get_commands(world: World, request: GetMyCommands) -> list[Json]:
    return world.commands.get(_place(world, request), [])


def delete_commands(world: World, request: DeleteMyCommands) -> bool:
    world.commands.pop(_place(world, request), None)
    return True


def _check(command: Json) -> None:
    if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(command["description"]) <= limits.COMMAND_DESCRIPTION_CHARS:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def _place(world: World, request: Any) -> str:
    """A key of scope and language; a scope may name a chat that must exist."""
    scope = plain(given(request, "scope")) or {"type": "default"}
    if "chat_id" in scope:
        world.known_chat(scope["chat_id"])
    return json.dumps([scope, given(request, "language_code") or ""], sort_keys=True)


METHODS: tuple[tuple[type[Method], Any], ...] = (
    (SetMyCommands, set_commands),
    (GetMyCommands, get_commands),
    (DeleteMyCommands, delete_commands),
)
