"""What the tests of the database share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from database.connection import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/t.sqlite3")
    made.open()
    yield made
    made.close()
