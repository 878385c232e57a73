"""A whole dealership on this machine, without Telegram: the strict server, the bot, people, and what became of it."""

from dealer_bot.settings import Settings


def main(settings: Settings, keep: bool = False) -> int:
    """Play the main job in the terminal and print what is seen.

    0 done, 1 something did not come, 130 stopped by Ctrl+C. With `keep` everything goes on running until Ctrl+C, and
    the folder stays.
    """
    from dealer_bot.demo.performance import perform  # each child of the demo imports this package too

    return perform(settings, keep)


def main_in_browser(settings: Settings, host: str, port: int | None, may_open_browser: bool) -> int:
    """A page with everybody's phones until Ctrl+C; 0 stopped, 1 something did not start."""
    from dealer_bot.demo.browser.opening import Place, perform

    return perform(settings.language, Place(host, port, may_open_browser))
