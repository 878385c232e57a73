"""What the demo looks like in a terminal."""

import asyncio
import os
import shutil
import sys
import textwrap
from typing import Protocol

NAMES_WIDTH = 13
WIDEST = 110
PAUSE_S = 0.7

BOLD, DIM, RED, GREEN, BLUE, CYAN = "1", "2", "31", "32", "34", "36"


class Audience(Protocol):
    """Whoever is shown the story: a terminal, the pages of a browser."""

    async def step(self, text: str) -> None:
        """The next step of the story."""

    async def acts(self, name: str, text: str) -> None:
        """What a person is about to do."""

    def bot_shows(self, name: str, text: str, buttons: str = "") -> None:
        """What the bot shows to a person."""

    def command(self, line: str, output: str) -> None:
        """A command as it was typed, and what it printed."""

    def fact(self, text: str) -> None:
        """Something that was looked up: on the disk, in the server's journal."""

    def lines(self, lines: list[str]) -> None:
        """Lines of something longer, as they are."""


class Screen:
    """Prints steps, chats and facts; colours and pauses for reading only where a person sits in front of it."""

    def __init__(self) -> None:
        self._is_watched = sys.stdout.isatty()
        self._has_colour = self._is_watched and "NO_COLOR" not in os.environ
        self._width = min(shutil.get_terminal_size().columns, WIDEST) if self._is_watched else WIDEST
        self._steps = 0

    def title(self, text: str) -> None:
        self._print(f"\n{self._paint(text, BOLD)}")

    async def step(self, text: str) -> None:
        if self._is_watched and self._steps:
            await asyncio.sleep(PAUSE_S)
        self._steps += 1
        self._print(f"\n{self._paint(f'{self._steps}. {text}', BOLD)}")

    async def acts(self, name: str, text: str) -> None:
        self._said(name, text, BLUE)

    def bot_shows(self, name: str, text: str, buttons: str = "") -> None:
        self._said(f"  → {name}", text, CYAN)
        if buttons:
            self._said("", buttons, DIM, DIM)

    def command(self, line: str, output: str) -> None:
        """Nothing of it is wrapped."""
        self._print(f"  {self._paint(f'$ {line}', BOLD)}")
        self.lines(output.splitlines())

    def fact(self, text: str) -> None:
        first, *others = self._wrapped(text, self._width - 4).splitlines()
        self._print(f"  {self._paint('✓', GREEN)} {first}")
        self.lines([f"  {line}" for line in others])

    def lines(self, lines: list[str]) -> None:
        for line in lines:
            self._print(f"  {line}")

    def wrong(self, text: str) -> None:
        self._print(f"\n{self._paint(text, RED)}")

    def quiet_note(self, text: str) -> None:
        self._print(f"  {self._paint(text, DIM)}")

    def _said(self, name: str, text: str, colour: str, words: str = "") -> None:
        body = self._wrapped(text, self._width - NAMES_WIDTH - 5).splitlines() or [""]
        for number, line in enumerate(body):
            label = name[:NAMES_WIDTH].ljust(NAMES_WIDTH) if number == 0 else " " * NAMES_WIDTH
            self._print(f"  {self._paint(label, colour)} {self._paint('│', DIM)} {self._paint(line, words)}".rstrip())

    def _wrapped(self, text: str, width: int) -> str:
        return "\n".join(textwrap.fill(line, max(width, 20)) for line in text.splitlines())

    def _paint(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self._has_colour and code and text.strip() else text

    @staticmethod
    def _print(text: str) -> None:
        print(text, flush=True)
