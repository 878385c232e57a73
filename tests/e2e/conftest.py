"""A dealership with its bot as a process; whatever happens in a test, the log keeps no secret."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.e2e.dealership import Dealership


@pytest.fixture
async def dealership(tmp_path: Path) -> AsyncIterator[Dealership]:
    async with Dealership(tmp_path) as made:
        yield made
    assert made.secrets_in_log() == []
