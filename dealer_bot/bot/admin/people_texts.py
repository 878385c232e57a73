"""A person and his history in words."""

from datetime import datetime, tzinfo

from dealer_bot.bot.texts import Texts
from dealer_bot.domain.audit import Line
from dealer_bot.domain.lookalikes import fold
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.phones import grouped
from dealer_bot.services.personnel import Card

ROLES = ("admin", "employee", "client", "care")
TYPED = ("cli", "restore")
"""Who is no person but a command."""
SHORTEST_STEM, LONGEST_ENDING = 4, 2


def card_text(card: Card, t: Texts) -> str:
    who = card.person
    lines = [
        f"{who.name or t('card-no-name')} · {t(f'role-{who.role.name.lower()}')}",
        grouped(who.phone) if who.phone else t("person-no-phone"),
        t("person-connected" if who.connected else "person-not-connected"),
        t("person-is-open" if who.active else "person-is-closed"),
    ]
    if who.paused_at is not None:
        lines.append(t("state-stopped"))
    if card.waiting and not who.active:
        lines.append(t("person-waiting", count=card.waiting))
    return "\n".join(lines)


def role_question(who: Person, role: Role, is_self: bool, t: Texts) -> str:
    """What the new level gives and takes; the old one stays until it is answered."""
    if role is Role.ADMIN:
        key = "person-admin-give"
    elif who.role is Role.ADMIN:
        key = "person-admin-leave" if is_self else "person-admin-take"
    else:
        key = "person-role-really"
    before, after = (t(f"role-{each.name.lower()}") for each in (who.role, role))
    return t(key, name=who.called or t("card-no-name"), before=before, role=after)


def closing_question(who: Person, is_self: bool, t: Texts) -> str:
    return t("person-close-self" if is_self else "person-close-really", name=who.called or t("card-no-name"))


def role_meant(words: str, t: Texts) -> Role | None:
    """The level that an administrator has named, in whatever ending, if he has."""
    asked = fold(words.strip())
    stem = asked[: max(SHORTEST_STEM, len(asked) - LONGEST_ENDING)]
    if len(asked) < SHORTEST_STEM:
        return None
    labels = {role: fold(t(f"role-{role.name.lower()}")) for role in Role}
    return next((role for role, label in labels.items() if f" {label}".count(f" {stem}")), None)


def audit_text(lines: list[Line], timezone: tzinfo, t: Texts) -> str:
    told = [_told(each, timezone, t) for each in lines]
    return "\n\n".join([t("audit-heading"), *told]) if told else t("audit-empty")


def _told(line: Line, timezone: tzinfo, t: Texts) -> str:
    at = datetime.fromtimestamp(line.at / 1000, timezone)
    key = f"audit-{line.what}"
    what = t(key) if t.has(key) else line.what
    change = " → ".join(_word(each, t) for each in (line.before, line.after) if each)
    head = f"{at:%d.%m.%Y %H:%M} · {t('audit-cli') if line.who in TYPED else line.who}"
    whom = line.whom if line.whom != line.who else None
    return f"{head}\n{': '.join(part for part in (what, whom, change) if part)}"


def _word(raw: str, t: Texts) -> str:
    if raw in ROLES:
        return t(f"role-{raw}")
    return t(f"audit-is-{raw.lower()}") if raw in ("True", "False") else raw
