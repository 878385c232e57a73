"""The pictures and the film that people of the demo send, known by their bytes wherever they turn up."""

from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "samples"


class Samples:
    def __init__(self) -> None:
        self._names = {sha256(path.read_bytes()).hexdigest(): path.name for path in FOLDER.iterdir() if path.is_file()}

    def names(self) -> list[str]:
        return sorted(self._names.values())

    def read(self, name: str) -> bytes:
        return (FOLDER / name).read_bytes()

    def name_of(self, digest: str | None) -> str | None:
        """Which sample has exactly these bytes."""
        return self._names.get(digest or "")

    def name_of_file(self, path: Path) -> str | None:
        """Which sample a file is, byte for byte."""
        return self.name_of(sha256(path.read_bytes()).hexdigest())
