"""The ground of the state machine and of the races: one server and one loop in memory for all that is tried on them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.machine.ground import Ground
from tests.quick_starts import quick_starts

__all__ = ["ground", "quick_starts"]

MEMORY = Path("/dev/shm")
"""A disk that forgets: here the order of things is tried; what a power cut leaves is tried elsewhere."""


@pytest.fixture
def ground() -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        made = Ground(Path(folder))
        yield made
        made.close()
