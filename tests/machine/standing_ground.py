"""The ground of the state machine and of the races: one server and one loop in memory for all that is tried on them."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import certifi
import pytest

from tests.machine.ground import Ground

MEMORY = Path("/dev/shm")
"""A disk that forgets: here the order of things is tried; what a power cut leaves is tried elsewhere."""
AUTHORITIES = Path(certifi.where())


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ground]:
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        monkeypatch.setattr(certifi, "where", lambda: few_authorities(Path(folder)))
        made = Ground(Path(folder))
        yield made
        made.close()


def few_authorities(folder: Path) -> str:
    """All authorities of the world take 60 ms at each start of the bot, and nothing is encrypted here."""
    end, few = "-----END CERTIFICATE-----\n", folder / "authorities.pem"
    if not few.exists():
        few.write_text(AUTHORITIES.read_text(encoding="utf-8").partition(end)[0] + end, encoding="utf-8")
    return str(few)
