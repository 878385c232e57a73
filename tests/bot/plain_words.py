"""Pictures that say in plain words what a program would read in them: their stories are about what follows."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from dealer_bot.domain.plates import plate_key
from dealer_bot.domain.readings import Miss, Reading, Row

CLEARLY = 3
"""Times that a plate is read which stands there clearly."""


def picture(
    *, barcodes: str = "", plates: str = "", doubtful: str = "", alike: str = "", cause: str = "", takes: str = ""
) -> bytes:
    """Words apart by spaces; `doubtful`: plates read but once; `alike`: barcodes that bars resemble; `takes`: a gate to
    be opened before it is read."""
    words = {"barcodes": barcodes, "plates": plates, "doubtful": doubtful, "alike": alike, "cause": cause}
    return "\n".join(f"{name}={said}" for name, said in (words | {"takes": takes}).items()).encode()


class PlainWords:
    """A recogniser of such pictures. `begun`: how many were begun; whatever else they are shows nothing."""

    def __init__(self) -> None:
        self.begun = 0
        self.files: list[Path] = []
        self._gates: dict[str, asyncio.Event] = {}

    def gate(self, name: str) -> asyncio.Event:
        return self._gates.setdefault(name, asyncio.Event())

    async def read(self, path: Path, known: Sequence[str]) -> Reading:
        self.begun += 1
        self.files.append(path)
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        said = dict(line.split("=", 1) for line in lines if "=" in line)
        if name := said.get("takes"):
            await self.gate(name).wait()
        words = {name: tuple(said.get(name, "").split()) for name in ("barcodes", "plates", "doubtful", "alike")}
        cause = said.get("cause") or (None if any(words.values()) else "nothing_found")
        plates, doubtful = words["plates"], words["doubtful"]
        rows = [Row(plate_key(plate), CLEARLY) for plate in plates] + [Row(plate_key(plate)) for plate in doubtful]
        kept = Miss(cause) if cause else None
        return Reading(words["barcodes"], plates + doubtful, kept, tuple(rows), words["alike"])
