"""The state of things in words."""

from datetime import datetime, tzinfo

from dealer_bot.bot.texts import Texts
from dealer_bot.domain.failures import Failed
from dealer_bot.services.overview import Failures, Storage
from dealer_bot.services.protocol_formats import thing_named
from dealer_bot.services.room import GB

SHOWN = 500


def failures_text(shown: Failures, t: Texts) -> str:
    lines = [t("state-failed", count=shown.total) if shown.total else t("state-failed-none")]
    if shown.waiting:
        lines += ["", t("state-waiting"), *(_waits(reason, count, t) for reason, count in shown.waiting)]
    if shown.late:
        lines += ["", t("state-late")]
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
    lines += [f"{folder}: {_reason(reason, t)}" for folder, reason in shown.troubled]
    lines += ["", t("state-room")]
    for space in shown.spaces:
        free = t("room-free", gb=round(space.free / GB, 1)) if space.free is not None else t("room-silent")
        lines.append(f"{t(f'room-{space.what}')}: {free}")
    return "\n".join(lines)


def _waits(reason: str, count: int, t: Texts) -> str:
    key = f"waits-{reason}"
    return f"{t(key if t.has(key) else 'waits-other')}: {count}"


def _reason(reason: str, t: Texts) -> str:
    if reason == "ambiguous":
        return t("card-ambiguous")
    keys = [f"reason-{each}" for each in reason.split(",")]
    return ", ".join(t(key if t.has(key) else "reason-other") for key in keys)
