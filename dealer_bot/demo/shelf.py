"""The store as it is on the disk."""

import asyncio
import time
from pathlib import Path

from dealer_bot.demo.expecting import PATIENCE_S, NotSeen
from dealer_bot.demo.samples import Samples
from dealer_bot.demo.words import Tongue


async def kept(folder: Path, count: int, samples: Samples, say: Tongue) -> list[str]:
    """The files of a stage, once there are `count` that are samples byte for byte. Raises NotSeen."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
        found = [(path, samples.name_of_file(path)) for path in files]
        if sum(1 for _, name in found if name) >= count:
            return [_line(path, name, say) for path, name in found]
        if time.monotonic() > deadline:
            told = f"{len(files)} / {count}"
            raise NotSeen(say(f"на диске в {folder} файлов: {told}", f"files on the disk in {folder}: {told}"))
        await asyncio.sleep(0.1)


def tree(folder: Path, say: Tongue) -> list[str]:
    """A folder and all in it, as lines with sizes."""
    return [folder.name, *_branches(folder, "", say)]


def _branches(folder: Path, indent: str, say: Tongue) -> list[str]:
    lines = []
    inside = sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name))
    for number, path in enumerate(inside, 1):
        fork, below = ("└── ", "    ") if number == len(inside) else ("├── ", "│   ")
        if path.is_dir():
            lines += [f"{indent}{fork}{path.name}", *_branches(path, indent + below, say)]
        else:
            size = say.size(path.stat().st_size)
            lines.append(f"{indent}{fork}{path.name}".ljust(52) + size.rjust(10))
    return lines


def _line(path: Path, sample: str | None, say: Tongue) -> str:
    origin = say(f"байт в байт {sample}", f"byte for byte {sample}") if sample else "?"
    return f"{path.parent.name}/{path.name}, {say.size(path.stat().st_size)}, {origin}"
