"""`demo` in the browser: prints the address, opens it where there is a display, runs until Ctrl+C."""

import asyncio
import contextlib
import os
import shutil
import sys
import webbrowser
from dataclasses import dataclass

from aiohttp import ClientError

from dealer_bot.demo.browser.show import Show
from dealer_bot.demo.expecting import NotSeen
from dealer_bot.demo.performance import DONE, FAILED, end_in_order, tell_failure
from dealer_bot.demo.screen import Screen
from dealer_bot.demo.words import Tongue

USUAL_PORT = 8080


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
    ports = (USUAL_PORT, 0) if place.port is None else (place.port,)
    for port in ports:
        try:
            return await _show(Show(say, place.host, port), screen, say, place.may_open_browser)
        except OSError as taken:
            reason = taken
    screen.wrong(say(f"Порт не открылся: {reason}", f"The port could not be opened: {reason}"))
    return FAILED


async def _show(show: Show, screen: Screen, say: Tongue, may_open_browser: bool) -> int:
    code = DONE
    async with show.serving():
        screen.title(say("Автоцентр в браузере, без Telegram", "A dealership in the browser, without Telegram"))
        screen.lines([show.address])
        screen.quiet_note(say("Ctrl+C остановит.", "Ctrl+C stops it."))
        if may_open_browser and _has_display():
            await asyncio.to_thread(webbrowser.open, show.address)
        try:
            with contextlib.suppress(asyncio.CancelledError):
                await show.run()
        except (NotSeen, ClientError) as missing:
            code = FAILED
            if show.house is not None:
                tell_failure(show.house, screen, str(missing))
    if show.house is not None and code == DONE:
        shutil.rmtree(show.house.folder, ignore_errors=True)
    return code


def _has_display() -> bool:
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
