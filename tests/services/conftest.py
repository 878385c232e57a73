"""What the tests of services share."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.stores import Dealership


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Dealership]:
    made = Dealership(tmp_path, int(time.time() * 1000))
    yield made
    made.close()
