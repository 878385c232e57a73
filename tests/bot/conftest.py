"""A whole dealership for each story: the real bot on the strict server, a real store and database in a folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from dealer_bot.sandbox import Sandbox
from tests.bot.ear import Ear, listening_ear
from tests.bot.narrow import cut_labels
from tests.bot.world import World
from tests.quick_starts import lay_database, quick_starts

__all__ = ["quick_starts"]


@pytest.fixture
async def ear(tmp_path: Path) -> AsyncIterator[Ear]:
    lay_database(tmp_path / "t.sqlite3")
    async with Sandbox() as server, listening_ear(server, tmp_path / "t.sqlite3") as made:
        yield made


@pytest.fixture(params=["once", "each turn twice"])
async def world(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[World]:
    """Every story runs twice: as it is, and with the result of each turn dropped once and its update fed again."""
    async with World(tmp_path, repeat_each=request.param == "each turn twice") as made:
        yield made
        assert cut_labels(made.server.journal.entries) == [], "cut on a phone"
