"""`python -m dealer_bot.sandbox`: the server as a process; prints its address, runs until it is told to stop."""

import argparse
import asyncio
import contextlib
import signal
from pathlib import Path

from dealer_bot.sandbox.server import Sandbox


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dealer_bot.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default="42:TEST", help="of the only bot that this server knows")
    parser.add_argument("--files", type=Path, help="where --local keeps files")
    parser.add_argument("--local", action="store_true", help="files without limits, read from this disk")
    parser.add_argument("--flood", action="store_true", help="refuse what comes too fast, as Telegram does")
    parser.add_argument("--seed", type=int, default=0, help="of faults that strike by chance")
    parser.add_argument("--name", default="Сервис", help="the bot's name")
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(parser.parse_args()))


async def _serve(options: argparse.Namespace) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):  # Windows: Ctrl+C arrives as KeyboardInterrupt
        loop.add_signal_handler(signal.SIGTERM, stopped.set)
        loop.add_signal_handler(signal.SIGINT, stopped.set)
    async with Sandbox(**vars(options)) as server:
        print(f"Bot API server: {server.url}", flush=True)
        await stopped.wait()


if __name__ == "__main__":
    main()
