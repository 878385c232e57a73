"""Pictures that say in plain words what a program would read in them: their stories are about what follows."""

import asyncio
from pathlib import Path

from dealer_bot.domain.readings import Miss, Reading


def picture(*, barcodes: str = "", plates: str = "", cause: str = "", takes: str = "") -> bytes:
    """Words apart by spaces; `takes`: the name of a gate that must be opened before it is read."""
    return f"barcodes={barcodes}\nplates={plates}\ncause={cause}\ntakes={takes}".encode()


class PlainWords:
    """A recogniser of such pictures. `begun`: how many were begun; whatever else they are shows nothing."""

    def __init__(self) -> None:
        self.begun = 0
        self.files: list[Path] = []
        self._gates: dict[str, asyncio.Event] = {}

    def gate(self, name: str) -> asyncio.Event:
        return self._gates.setdefault(name, asyncio.Event())

    async def read(self, path: Path) -> Reading:
        self.begun += 1
        self.files.append(path)
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        said = dict(line.split("=", 1) for line in lines if "=" in line)
        if name := said.get("takes"):
            await self.gate(name).wait()
        barcodes, plates = (tuple(said.get(name, "").split()) for name in ("barcodes", "plates"))
        cause = said.get("cause") or (None if barcodes or plates else "nothing_found")
        return Reading(barcodes, plates, Miss(cause) if cause else None)
