"""Generated stores for measuring: folders and cards as 1C writes them."""

import json
import random
from pathlib import Path

_LETTERS = "АВЕІКМНОРСТХ"


def fill(root: Path, orders: int, seed: int = 1) -> None:
    """Make `orders` open work orders, the same for the same seed."""
    chance = random.Random(seed)
    for n in range(orders):
        folder = root / f"a{n:08d}"
        folder.mkdir(parents=True)
        (folder / "content.txt").write_text(
            json.dumps(_card(folder.name, chance), ensure_ascii=False, indent=3), "utf-8"
        )


def _card(number: str, chance: random.Random) -> dict[str, str]:
    letters = "".join(chance.choices(_LETTERS, k=2))
    return {
        "order": number,
        "barcode": str(chance.randrange(10**36, 10**37)),
        "phone": f"+37529{chance.randrange(1_000_000, 9_999_999)}",
        "plate_number": f"{chance.randrange(10_000):04d} {letters}-{chance.randrange(1, 8)}",
    }
