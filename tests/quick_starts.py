"""What every start of the bot does alike, done once: here it starts thousands of times."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType, MethodType

import certifi
import pytest
from aiogram.dispatcher.event.handler import CallableObject
from aiogram.filters import Filter

from database.connection import Database


@pytest.fixture(scope="session", autouse=True)
def quick_starts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For all tests beside whose conftest this is imported."""
    with pytest.MonkeyPatch.context() as patch:
        _trust_few_authorities(patch, tmp_path_factory.mktemp("starts"))
        _read_signatures_once(patch)
        yield


def _trust_few_authorities(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """All authorities of the world take 30 ms, and nothing is encrypted here."""
    end, few = "-----END CERTIFICATE-----\n", folder / "authorities.pem"
    few.write_text(Path(certifi.where()).read_text(encoding="utf-8").partition(end)[0] + end, encoding="utf-8")
    patch.setattr(certifi, "where", lambda: str(few))


def _read_signatures_once(patch: pytest.MonkeyPatch) -> None:
    """aiogram asks a thousand functions at each start what they take, 50 ms: most are one empty lambda of its own."""
    read = CallableObject.__post_init__
    known: dict[object, tuple[bool, set[str], bool]] = {}

    def read_once(asked: CallableObject) -> None:
        kind = _kind(asked.callback)
        if kind in known:
            asked.awaitable, asked.params, asked.varkw = known[kind]
            return
        read(asked)
        if kind is not None:
            known[kind] = asked.awaitable, asked.params, asked.varkw

    patch.setattr(CallableObject, "__post_init__", read_once)


def _kind(callback: object) -> object:
    """What takes the same as this: functions of the same code, filters of the same class. None: who knows."""
    if hasattr(callback, "__wrapped__"):
        return None
    if isinstance(callback, FunctionType):
        return callback.__code__
    if isinstance(callback, MethodType):
        return MethodType, callback.__func__
    return type(callback) if isinstance(callback, Filter) else None


def lay_database(path: Path) -> None:
    """An empty one, as its first opening leaves it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_empty_database())


@cache
def _empty_database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.sqlite3"
        database = Database(f"sqlite:///{path}")
        database.open()
        database.close()
        return path.read_bytes()
