"""The stages of a work order, as the dealership lists them."""

from dataclasses import dataclass
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Stage:
    """A subfolder of an order: its folder name and what people call it."""

    folder: str
    label: str

    @property
    def code(self) -> str:
        """Short and stable: a button of last year means the same stage after the list was reordered."""
        return f"{crc32(self.folder.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages in order; `service` names the one that clients never see."""

    all: tuple[Stage, ...]
    service: str

    def has(self, folder: str | None) -> bool:
        return self.by_folder(folder) is not None

    def is_hidden(self, folder: str | None) -> bool:
        return folder == self.service

    def label(self, folder: str | None) -> str:
        stage = self.by_folder(folder)
        return stage.label if stage else folder or ""

    def by_folder(self, folder: str | None) -> Stage | None:
        return next((stage for stage in self.all if stage.folder == folder), None)

    def by_code(self, code: str) -> Stage | None:
        return next((stage for stage in self.all if stage.code == code), None)
