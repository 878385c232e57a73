"""What a planted bug is: text of ours replaced by worse text, and the test that must turn red of it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Edit:
    """`old` stands exactly once in `file`, a path from the root of the project."""

    file: str
    old: str
    new: str

    def is_possible(self, root: Path = ROOT) -> bool:
        path = root / self.file
        return path.is_file() and path.read_text(encoding="utf-8").count(self.old) == 1

    def apply(self, root: Path) -> None:
        """Raises ValueError if the text is not what it was when the bug was written."""
        if not self.is_possible(root):
            raise ValueError(f"{self.file} does not hold once: {self.old!r}")
        path = root / self.file
        path.write_text(path.read_text(encoding="utf-8").replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Plant:
    """One bug, by what it does to people. `found_by`: ids of pytest, at least one of which must fail."""

    name: str
    edits: tuple[Edit, ...]
    found_by: tuple[str, ...]


def plant(name: str, *edits: tuple[str, str, str], found_by: str | tuple[str, ...]) -> Plant:
    """A bug in short: (file, old, new) of each place."""
    return Plant(name, tuple(Edit(*each) for each in edits), (found_by,) if isinstance(found_by, str) else found_by)
