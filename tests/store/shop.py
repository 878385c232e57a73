"""A small store with one order, and a file in the spool that is to go there."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from dealer_bot.store.shelving import Shelved, shelve

NAME = "20261121-143205_Анна_0007.jpg"
UNFINISHED = "7"
PICTURE = bytes(range(256)) * 20_000  # five chunks


class Shop:
    """A store with one order, and one file in the spool."""

    def __init__(self, base: Path) -> None:
        self.root, self.spool = base / "store", base / "spool" / "7"
        self.order = self.root / "a00017732"
        self.order.mkdir(parents=True)
        (self.root / "a00017731").mkdir()
        self.spool.parent.mkdir()
        self.spool.write_bytes(PICTURE)
        self.sha256 = hashlib.sha256(PICTURE).hexdigest()

    def shelve(self, still_open: Callable[[], bool] = lambda: True, name: str = NAME, stage: str = "Body") -> Shelved:
        return shelve(self.spool, self.order, stage, name, self.sha256, UNFINISHED, still_open)

    def files(self) -> dict[str, bytes]:
        return {str(at.relative_to(self.root)): at.read_bytes() for at in self.root.rglob("*") if at.is_file()}


def at_look(number: int, act: Callable[[], object]) -> Callable[[], bool]:
    """Do something to the folder while the file is on its way, at the n-th look of the shelver."""
    looks = iter(range(1, 1000))

    def still_open() -> bool:
        if next(looks) == number:
            act()
        return True

    return still_open
