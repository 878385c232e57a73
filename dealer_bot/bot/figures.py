"""The figures of a day, and the evening's digest, in words."""

from typing import Any

from dealer_bot.bot.case_keys import how_long
from dealer_bot.bot.texts import Texts

NAMES = ("shots", "words", "answers", "delivered", "connected", "alerts", "open")
ROOM = 3_800


def figures_text(day: list[int], t: Texts) -> str:
    """A line each, in the order of NAMES."""
    return "\n".join(t(f"figure-{name}", count=count) for name, count in zip(NAMES, day, strict=True))


def waiting_text(waiting: list[tuple[str, int, str]], count: int, t: Texts) -> str:
    """(client, how long in ms, who answers him) of those who wait longest, of `count` in all."""
    if not count:
        return t("digest-nobody-waits")
    lines = [
        " · ".join(part for part in (client or t("card-no-name"), how_long(t, for_ms), owner) if part)
        for client, for_ms, owner in waiting
    ]
    return "\n".join([t("digest-waiting", count=count), *lines, *(["…"] if count > len(lines) else [])])


def digest_text(args: dict[str, Any], t: Texts) -> str:
    quiet, count = args["quiet"], args["quiet_count"]
    heading = t("digest-quiet", count=count) if count else t("digest-all-got")
    orders = [heading, *quiet, *(["…"] if count > len(quiet) else [])]
    waiting = waiting_text([tuple(each) for each in args["waiting"]], args["waiting_count"], t)
    parts = (t("digest-heading"), figures_text(args["day"], t), "\n".join(orders), waiting)
    return "\n\n".join(parts)[:ROOM]
