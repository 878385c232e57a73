"""The settings for a command."""

from dealer_bot.cli.outcome import Refused
from dealer_bot.settings import Settings, SettingsError, load


def settings_or_refusal() -> Settings:
    """The settings, or a refusal that names everything wrong with them."""
    try:
        return load()
    except SettingsError as error:
        raise Refused("; ".join(map(str, error.problems))) from None
