"""A dealership with a store of its own and a keyboard."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from database.connection import Database
from dealer_bot.cli.entry import main
from dealer_bot.settings import Settings, load

T = TypeVar("T")


@dataclass(frozen=True)
class Said:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Dealership:
    store: Path
    settings: Settings
    capsys: pytest.CaptureFixture[str]

    def types(self, *argv: str) -> Said:
        """One command, as from the keyboard."""
        self.capsys.readouterr()
        try:
            code = main(argv)
        except SystemExit as stopped:  # argparse leaves this way
            code = int(stopped.code or 0)
        printed = self.capsys.readouterr()
        return Said(code, printed.out, printed.err)

    def order(self, folder: str, card: str | bytes | None = None) -> Path:
        """A folder as the dealership makes it; `{}` stands for a card with nothing in it."""
        path = self.store / folder
        path.mkdir(parents=True)
        if card is not None:
            (path / "content.txt").write_bytes(card.encode() if isinstance(card, str) else card)
        return path

    def writes(self, fn: Callable[..., T], *args: Any) -> T:
        """Something the bot itself has written."""
        database = Database(self.settings.database_url)
        database.open()
        try:
            return database.write_now(fn, *args)
        finally:
            database.close()


@pytest.fixture
def dealership(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dealership:
    environ = {
        "BRANCH_PHOTO": str(tmp_path / "store"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/base/test.sqlite3",
        "SPOOL_DIR": str(tmp_path / "spool"),
        "LANGUAGE": "ru",
        "TIMEZONE": "Europe/Minsk",
        "PHONE_REGION": "BY",
        "CLOSED_MARK": "closed",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "store").mkdir()
    return Dealership(tmp_path / "store", load(), capsys)
