"""A dealership with its bot as a process; whatever happens in a test, the log keeps no secret."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.e2e.dealership import Dealership
from tests.e2e.process import ForkServer


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer]:
    with ForkServer() as server:
        yield server


@pytest.fixture
async def dealership(tmp_path: Path, forks: ForkServer) -> AsyncIterator[Dealership]:
    async with Dealership(tmp_path, forks) as made:
        yield made
    assert made.secrets_in_log() == []
