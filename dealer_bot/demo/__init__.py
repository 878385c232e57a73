"""A whole dealership on this machine, without Telegram: the strict server, the bot, people, and what became of it."""

from dealer_bot.settings import Settings


def main(settings: Settings, keep: bool = False) -> int:
    """Play the main job and print what is seen; 0 done, 1 something did not come, 130 stopped by Ctrl+C.

    With `keep` everything goes on running until Ctrl+C, and the folder stays.
    """
    from dealer_bot.demo.performance import perform  # each child of the demo imports this package too

    return perform(settings, keep)
