"""The state of things in words."""

from datetime import datetime, tzinfo

from dealer_bot.bot.texts import Texts, why_not_sent
from dealer_bot.domain.failures import Failed, Held
from dealer_bot.services.overview import Failures, Storage
from dealer_bot.services.protocol_formats import thing_named
from dealer_bot.services.room import GB

SHOWN = 500
NAMED_ORDERS = 3
LONGEST_FOLDER = 60
"""Letters of a folder's name, which may have 255: twenty of them and their reasons fit into one message."""


def failures_text(shown: Failures, t: Texts) -> str:
    lines = [t("state-failed", count=shown.total) if shown.total else t("state-failed-none")]
    if shown.waiting:
        lines += ["", t("state-waiting"), *(_waits(each, t) for each in shown.waiting)]
    if shown.late:
        lines += ["", t("state-late", count=shown.late_total)]
    if shown.dead:
        lines += ["", t("state-dead", count=shown.dead)]
    return "\n".join(lines)


def failed_text(one: Failed, timezone: tzinfo, t: Texts) -> str:
    nobody, at = t("card-no-name"), datetime.fromtimestamp(one.at / 1000, timezone)
    text = f"{one.text[:SHOWN]}…" if len(one.text) > SHOWN else one.text
    lines = [
        " · ".join(part for part in (one.order, t(f"failed-{one.state}"), f"{at:%d.%m.%Y %H:%M}") if part),
        f"{one.author or nobody} → {one.to or nobody}",
        text or f"({thing_named(one.kind, t.language)})",
    ]
    if one.reason:
        lines.append(t("failed-why", reason=one.reason))
    if one.state == "unknown":
        lines.append(t("failed-twice"))
    return "\n".join(lines)


def storage_text(shown: Storage, t: Texts) -> str:
    lines = [t("state-folders", count=shown.total) if shown.total else t("state-folders-none")]
    lines += [f"{_folder(name)}: {_reason(reason, t)}" for name, reason in shown.troubled]
    lines += ["", t("state-room")]
    for space in shown.spaces:
        free = t("room-free", gb=round(space.free / GB, 1)) if space.free is not None else t("room-silent")
        lines.append(f"{t(f'room-{space.what}')}: {free}")
    return "\n".join(lines)


def _waits(held: Held, t: Texts) -> str:
    key, more = f"waits-{held.reason}", "…" if len(held.orders) > NAMED_ORDERS else ""
    orders = f" ({', '.join(held.orders[:NAMED_ORDERS])}{more})" if held.orders else ""
    return f"{t(key if t.has(key) else 'waits-other')}: {held.count}{orders}"


def _folder(name: str) -> str:
    return name if len(name) <= LONGEST_FOLDER else f"{name[: LONGEST_FOLDER - 1]}…"


def _reason(reason: str, t: Texts) -> str:
    return t("card-ambiguous") if reason == "ambiguous" else why_not_sent(reason, t)
