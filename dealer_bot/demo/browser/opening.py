"""`demo` in the browser: prints the address, opens it where there is a display, runs until Ctrl+C."""

import asyncio
import contextlib
import os
import shutil
import sys
import webbrowser
from contextlib import AsyncExitStack
from dataclasses import dataclass

from aiohttp import ClientError

from dealer_bot.demo.browser.show import Show
from dealer_bot.demo.expecting import NotSeen
from dealer_bot.demo.performance import DONE, FAILED, end_in_order, tell_failure
from dealer_bot.demo.screen import Screen
from dealer_bot.demo.words import Tongue

USUAL_PORT = 8080
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - only told apart; it is listened at when it is asked for


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page is to be opened; no port: the usual one, or any where that is taken."""

    host: str = "127.0.0.1"
    port: int | None = None
    may_open_browser: bool = True


def perform(language: str, place: Place) -> int:
    """The exit status of the command; stopping it by Ctrl+C is its usual end."""
    try:
        return asyncio.run(_perform(Tongue(language), place))
    except KeyboardInterrupt:
        return DONE


async def _perform(say: Tongue, place: Place) -> int:
    end_in_order()
    screen = Screen()
    async with AsyncExitStack() as serving:
        try:
            show = await _served(say, place, serving)
        except OSError as refused:
            screen.wrong(
                say(
                    f"Страница не открылась: {refused}. Выберите другой --port или --host.",
                    f"The page could not be opened: {refused}. Choose another --port or --host.",
                )
            )
            return FAILED
        screen.title(say("Автоцентр в браузере, без Telegram", "A dealership in the browser, without Telegram"))
        screen.lines([show.address])
        if place.host in EVERY_ADDRESS:
            screen.quiet_note(
                say(
                    f"С другого компьютера: вместо {place.host} адрес этого.",
                    f"From another machine: this one's address instead of {place.host}.",
                )
            )
        screen.quiet_note(say("Ctrl+C остановит.", "Ctrl+C stops it."))
        if place.may_open_browser and _has_display():
            await asyncio.to_thread(webbrowser.open, show.address)
        return await _run(show, screen)


async def _served(say: Tongue, place: Place, serving: AsyncExitStack) -> Show:
    """At the port that was asked for; else at the usual one, or anywhere if that is taken. Raises OSError."""
    show = Show(say, place.host, USUAL_PORT if place.port is None else place.port)
    try:
        await serving.enter_async_context(show.serving())
    except OSError:
        if place.port is not None:
            raise
        show = Show(say, place.host, 0)
        await serving.enter_async_context(show.serving())
    return show


async def _run(show: Show, screen: Screen) -> int:
    try:
        with contextlib.suppress(asyncio.CancelledError):
            await show.run()
    except (NotSeen, ClientError) as missing:
        if show.house is not None:
            tell_failure(show.house, screen, str(missing))
        return FAILED
    if show.house is not None:
        shutil.rmtree(show.house.folder, ignore_errors=True)
    return DONE


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
