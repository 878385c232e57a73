"""Generated stores for measuring: folders and cards as 1C writes them."""

import json
import random
from pathlib import Path

_LETTERS = "АВЕІКМНОРСТХ"


def made(orders: int, seed: int = 1) -> list[dict[str, str]]:
    """The cards of so many orders, the same for the same seed."""
    chance = random.Random(seed)
    return [_card(f"a{10_000 + n:08d}", chance) for n in range(orders)]


def fill(root: Path, orders: int, seed: int = 1) -> list[dict[str, str]]:
    """Make `orders` open work orders; their cards."""
    cards = made(orders, seed)
    for card in cards:
        folder = root / card["order"]
        folder.mkdir(parents=True)
        (folder / "content.txt").write_text(json.dumps(card, ensure_ascii=False, indent=3), "utf-8")
    return cards


def _card(number: str, chance: random.Random) -> dict[str, str]:
    letters = "".join(chance.choices(_LETTERS, k=2))
    return {
        "order": number,
        "barcode": str(chance.randrange(10**36, 10**37)),
        "phone": f"+37529{chance.randrange(1_000_000, 9_999_999)}",
        "plate_number": f"{chance.randrange(10_000):04d} {letters}-{chance.randrange(1, 8)}",
    }
