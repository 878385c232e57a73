"""The two languages of the command line, side by side where each sentence is used."""

from dataclasses import dataclass

from dealer_bot.domain.plain_text import shown


@dataclass(frozen=True, slots=True)
class Tongue:
    """Chooses between a Russian and an English sentence by the setting LANGUAGE."""

    language: str

    def __call__(self, russian: str, english: str) -> str:
        return english if self.language == "en" else russian


def table(rows: list[tuple[str, ...]]) -> str:
    """Columns under each other, two spaces between them."""
    rows = [tuple(map(shown, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)
