"""What became of each picture, and the table of all of them."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class Score:
    """One picture: what was the matter with it, what came of it each way, and the seconds of a processor ours took."""

    kind: str
    came: dict[str, bool]
    seconds: float


def bounds(count: int, of: int) -> tuple[float, float]:
    """Wilson's interval at 95 %: 0 of 200 is not zero."""
    z = 1.96
    middle, spread = count + z * z / 2, z * sqrt(count * (of - count) / of + z * z / 4)
    return (middle - spread) / (of + z * z), (middle + spread) / (of + z * z)


def table(scores: Iterable[Score]) -> str:
    """In Markdown; the last line with bounds."""
    by_kind: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_kind[score.kind].append(score)
        by_kind["all"].append(score)
    every = by_kind.pop("all")
    names = list(every[0].came)
    lines = ["| pictures | of | " + " | ".join(names) + " | median s |", "|---" * (len(names) + 3) + "|"]
    for kind, group in [*by_kind.items(), ("all", every)]:
        cells = [_share(group, name, with_bounds=kind == "all") for name in names]
        took = statistics.median(score.seconds for score in group)
        lines.append(f"| {kind} | {len(group)} | " + " | ".join(cells) + f" | {took:.2f} |")
    return "\n".join(lines)


def _share(group: list[Score], name: str, *, with_bounds: bool) -> str:
    count = sum(score.came[name] for score in group)
    low, high = bounds(count, len(group))
    return f"{count} ({max(low, 0):.1%} to {high:.1%})" if with_bounds else str(count)
