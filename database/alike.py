"""Text as people write it, found by SQLite itself: a pattern that meets every spelling which folds to the same."""

from dealer_bot.domain.lookalikes import FOLD, fold

_TWINS: dict[str, str] = {}
for _cyrillic, _latin in FOLD.items():
    _TWINS[chr(_latin)] = _TWINS.get(chr(_latin), "") + chr(_cyrillic)


def pattern(fragment: str) -> str:
    """For GLOB: this fragment anywhere, whatever its case and alphabet."""
    return f"*{''.join(map(_letter, fold(fragment)))}*"


def _letter(folded: str) -> str:
    spellings = folded + _TWINS.get(folded, "")
    every = "".join(dict.fromkeys(spellings + spellings.lower()))
    return folded if every == "^" else f"[{every}]"
