"""The demo from curtain to curtain: starts everything, plays, stops everything."""

import asyncio
import contextlib
import shutil
import signal
import time
from collections.abc import Coroutine
from typing import Any

from aiohttp import ClientError

from dealer_bot.demo.expecting import NotSeen
from dealer_bot.demo.house import House, house
from dealer_bot.demo.screen import Screen
from dealer_bot.demo.words import Tongue
from dealer_bot.settings import Settings

DONE, FAILED, INTERRUPTED = 0, 1, 130
LOG_LINES = 15


def perform(settings: Settings, keep: bool) -> int:
    """The exit status of the command."""
    try:
        return asyncio.run(_perform(Tongue(settings.language), keep))
    except KeyboardInterrupt:
        return INTERRUPTED


async def _perform(say: Tongue, keep: bool) -> int:
    end_in_order()
    screen, began = Screen(), time.monotonic()
    async with house(say) as made:
        code = INTERRUPTED
        with contextlib.suppress(asyncio.CancelledError):
            code = await _play(made, screen)
            if keep and code == DONE:
                await _stay(made, screen)
        ended = await made.stop()
    codes = ", ".join(f"{name} {status}" for name, status in ended.items())
    took = f"{time.monotonic() - began:.0f}"
    screen.title(
        say(
            f"Показ занял {took} с, всё остановлено; коды выхода: {codes}",
            f"The show took {took} s, all is stopped; exit codes: {codes}",
        )
    )
    _clear(made, screen, keep or code == FAILED)
    return code


def end_in_order() -> None:
    """Ctrl+C, SIGTERM and a closed terminal stop the story where it is; the children are stopped after it."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    for name in ("SIGTERM", "SIGINT", "SIGHUP"):
        with contextlib.suppress(NotImplementedError, AttributeError):  # Windows: asyncio.run does it for Ctrl+C
            loop.add_signal_handler(getattr(signal, name), task.cancel)


async def _play(made: House, screen: Screen) -> int:
    say = made.say
    screen.title(say("Автоцентр на этом компьютере, без Telegram", "A dealership on this machine, without Telegram"))
    screen.fact(say(f"хранилище: {made.store}", f"store: {made.store}"))
    try:
        await _play_with_programs(made, screen)
    except (NotSeen, ClientError) as missing:
        tell_failure(made, screen, str(missing))
        return FAILED
    return DONE


async def _play_with_programs(made: House, screen: Screen) -> None:
    """Raises NotSeen, ClientError."""
    say, server = made.say, await made.start_server()
    from dealer_bot.demo.story import Story  # takes its seconds while the server takes the same ones
    from dealer_bot.sandbox import SandboxClient

    await made.server_answers()
    screen.fact(say(f"сервер Bot API: процесс {server.pid}, {made.url}", f"server: process {server.pid}, {made.url}"))
    bot = await made.start_bot()
    screen.fact(say(f"бот: процесс {bot.pid}", f"bot: process {bot.pid}"))
    async with SandboxClient(made.url) as tg:
        await made.bot_polls(tg)
        screen.fact(say("бот ждёт сообщений", "the bot waits for messages"))
        story = Story(made, tg, screen, lambda name, phone: tg.person(name, phone, language_code=say.language))
        await _while_programs_run(made, story.play())


async def _while_programs_run(made: House, work: Coroutine[Any, Any, None]) -> None:
    """The work to its end. Raises what it raises, and NotSeen as soon as a program has ended by itself."""
    playing = asyncio.create_task(work)
    ends = [asyncio.create_task(program.wait()) for program in made.programs.values()]
    try:
        await asyncio.wait([playing, *ends], return_when=asyncio.FIRST_COMPLETED)
        if any(end.done() for end in ends):
            raise NotSeen(made.say("Программа завершилась сама.", "A program has ended by itself."))
        await playing
    finally:
        for task in (playing, *ends):
            task.cancel()
        await asyncio.gather(playing, *ends, return_exceptions=True)


async def _stay(made: House, screen: Screen) -> None:
    """Until Ctrl+C, or until one of the programs ends by itself."""
    say = made.say
    screen.title(say("Сервер и бот работают дальше. Ctrl+C остановит их.", "All goes on running. Ctrl+C stops it."))
    screen.lines([made.url, str(made.folder)])
    ends = [asyncio.create_task(program.wait()) for program in made.programs.values()]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)


def tell_failure(made: House, screen: Screen, reason: str) -> None:
    say = made.say
    screen.wrong(reason)
    for name, program in made.programs.items():
        if program.returncode is not None:
            screen.wrong(
                say(
                    f"{name}: процесс завершился, код {program.returncode}",
                    f"{name}: the process has ended, code {program.returncode}",
                )
            )
    if made.bot_log.is_file():
        screen.quiet_note(say(f"Последнее из {made.bot_log}:", f"The end of {made.bot_log}:"))
        screen.lines(made.bot_log.read_text("utf-8", "replace").splitlines()[-LOG_LINES:])


def _clear(made: House, screen: Screen, stays: bool) -> None:
    if stays:
        screen.quiet_note(made.say(f"Папка осталась: {made.folder}", f"The folder stays: {made.folder}"))
    else:
        shutil.rmtree(made.folder, ignore_errors=True)
