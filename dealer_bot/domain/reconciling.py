"""What the folders of the store mean for the orders that are known."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dealer_bot.domain.numbers import FolderName, parse_folder


@dataclass(slots=True)
class Census:
    """The folders of one look by order: open ones and closed ones of each number's key."""

    open: dict[str, list[str]] = field(default_factory=dict)
    closed: dict[str, list[str]] = field(default_factory=dict)
    others: int = 0

    def counts(self, key: str) -> list[str]:
        """The folders that count for a number: the open ones if there are any."""
        return self.open.get(key) or self.closed.get(key) or []

    def is_closed(self, key: str) -> bool:
        return key in self.closed and key not in self.open

    def __contains__(self, key: object) -> bool:
        return key in self.open or key in self.closed


class FolderNames:
    """Folder names read once: a look meets the same twenty thousand every two seconds."""

    def __init__(self, closed_mark: str) -> None:
        self._mark = closed_mark
        self._read: dict[str, tuple[FolderName, str] | None] = {}

    def of(self, name: str) -> tuple[FolderName, str] | None:
        """What the name says and its number's key; None if it isn't an order's folder."""
        try:
            return self._read[name]
        except KeyError:
            folder = parse_folder(name, self._mark)
            self._read[name] = found = (folder, folder.key) if folder else None
            return found

    def census(self, names: Iterable[str]) -> Census:
        census, present = Census(), {}
        for name in names:
            present[name] = found = self.of(name)
            if found is None:
                census.others += 1
                continue
            folder, key = found
            (census.closed if folder.closed else census.open).setdefault(key, []).append(name)
        self._read = present
        return census
