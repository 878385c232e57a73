"""The command menu: each role is shown only its own."""

from aiogram.methods import SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat

from dealer_bot.bot.texts import LANGUAGES, Texts, texts
from dealer_bot.domain.people import Role
from dealer_bot.domain.views import MenuView

FOR_EVERYONE = ("start", "help", "language")
OF_ROLE = {
    Role.ADMIN: ("order", "undo", "care", "admin", "stop", "help", "language"),
    Role.EMPLOYEE: ("order", "undo", "stop", "help", "language"),
    Role.CLIENT: ("menu", "care", "stop", "help", "language"),
    Role.CARE: ("care", "help", "language"),
}


def menu_of(view: MenuView, chat_id: int, t: Texts) -> SetMyCommands:
    role = Role(view.role)
    return SetMyCommands(
        commands=[_command(name, role, t) for name in OF_ROLE[role]], scope=BotCommandScopeChat(chat_id=chat_id)
    )


def menus_for_everyone(default: str) -> list[SetMyCommands]:
    """What whoever comes is shown: in the dealership's language, and in the other one where Telegram speaks it."""
    menus = []
    for language in LANGUAGES:
        commands = [_command(name, Role.CLIENT, texts(language)) for name in FOR_EVERYONE]
        menus.append(SetMyCommands(commands=commands, language_code=None if language == default else language))
    return menus


def _command(name: str, role: Role, t: Texts) -> BotCommand:
    is_of_staff = name in ("stop", "care") and role is not Role.CLIENT
    key = f"menu-{name}-staff" if is_of_staff else f"menu-{name}"
    return BotCommand(command=name, description=t(key))
