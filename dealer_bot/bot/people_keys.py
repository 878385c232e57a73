"""The buttons under lists and cards of people."""

from aiogram.types import InlineKeyboardMarkup

from dealer_bot.bot.admin_callbacks import (
    AskName,
    FindPerson,
    InviteStaff,
    ListPeople,
    ReadAudit,
    SetActive,
    SetRole,
    ShowPerson,
    StopSending,
)
from dealer_bot.bot.admin_keys import Button, back, rows
from dealer_bot.bot.keyboards import label
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.people import Person, Role
from dealer_bot.domain.phones import last_four
from dealer_bot.services.personnel import Card, Listed

ROLES = (Role.EMPLOYEE, Role.CARE, Role.CLIENT, Role.ADMIN)


def people(t: Texts, listed: Listed) -> InlineKeyboardMarkup:
    turns: list[Button] = []
    if listed.page:
        turns.append((t("page-back"), ListPeople(group=listed.group, page=listed.page - 1)))
    if listed.has_more:
        turns.append((t("page-on"), ListPeople(group=listed.group, page=listed.page + 1)))
    groups: list[Button] = [(t(f"people-{each}"), ListPeople(group=each)) for each in "sci" if each != listed.group]
    return rows(
        *_each(t, listed.people),
        turns,
        groups[:2],
        groups[2:],
        [(t("people-find"), FindPerson()), (t("people-invite"), InviteStaff())],
        [(t("audit-button"), ReadAudit()), back(t)],
    )


def found(t: Texts, hits: list[Person]) -> InlineKeyboardMarkup:
    return rows(*_each(t, hits), [(t("people-find"), FindPerson()), _to_list(t)])


def to_list(t: Texts) -> InlineKeyboardMarkup:
    """A way out of what was asked, back to the list."""
    return rows([_to_list(t)])


def to_card(t: Texts, person_id: int) -> InlineKeyboardMarkup:
    """A way out of what was asked, back to the card."""
    return rows([_to_card(t, person_id)])


def person(t: Texts, person_id: int) -> InlineKeyboardMarkup:
    """A way to the card."""
    return rows([(t("person-card"), ShowPerson(person_id=person_id))])


def card(t: Texts, shown: Card) -> InlineKeyboardMarkup:
    who = shown.person
    beside = ListPeople(group=shown.group, page=shown.page)
    activity = SetActive(person_id=who.id, active=not who.active, sure=who.active is False)
    stop: list[Button] = []
    if shown.waiting and not who.active:
        stop = [(t("person-stop", count=shown.waiting), StopSending(person_id=who.id))]
    levels: list[list[Button]] = [
        [(t("person-role", role=t(f"role-{each.name.lower()}")), SetRole(person_id=who.id, role=int(each), was=0))]
        for each in ROLES
        if each is not who.role
    ]
    return rows(
        [(t("person-name"), AskName(person_id=who.id)), (t("person-close" if who.active else "person-open"), activity)],
        *levels,
        stop,
        [(t("audit-button"), ReadAudit(person_id=who.id)), (t("people-back"), beside)],
    )


def sure_of_role(t: Texts, who: Person, role: Role) -> InlineKeyboardMarkup:
    yes = SetRole(person_id=who.id, role=int(role), was=int(who.role))
    return rows([(t("person-yes"), yes), _no(t, who.id)])


def sure_of_closing(t: Texts, person_id: int) -> InlineKeyboardMarkup:
    yes = SetActive(person_id=person_id, active=False, sure=True)
    return rows([(t("person-close-yes"), yes), _no(t, person_id)])


def invitations(t: Texts, offered: tuple[Role, ...]) -> InlineKeyboardMarkup:
    choices: list[list[Button]] = [[(_titled(t, each), InviteStaff(role=int(each)))] for each in offered]
    return rows(*choices, [_to_list(t)])


def audit(t: Texts, person_id: int, page: int, has_more: bool) -> InlineKeyboardMarkup:
    turns: list[Button] = []
    if page:
        turns.append((t("page-newer"), ReadAudit(person_id=person_id, page=page - 1)))
    if has_more:
        turns.append((t("page-older"), ReadAudit(person_id=person_id, page=page + 1)))
    return rows(turns[::-1], [_to_card(t, person_id) if person_id else _to_list(t)])


def _each(t: Texts, people: list[Person]) -> list[list[Button]]:
    return [[(_label(t, each), ShowPerson(person_id=each.id))] for each in people]


def _label(t: Texts, who: Person) -> str:
    """Namesakes among clients are told apart by their phones."""
    has_both = who.role is Role.CLIENT and who.name is not None and who.phone is not None
    about = f"…{last_four(who.phone)}" if has_both and who.phone else t(f"role-{who.role.name.lower()}")
    return label(who.called or t("card-no-name"), about)


def _titled(t: Texts, role: Role) -> str:
    """As buttons are written."""
    name = t(f"role-{role.name.lower()}")
    return name[:1].upper() + name[1:]


def _to_list(t: Texts) -> Button:
    return t("people-back"), ListPeople(group="s")


def _to_card(t: Texts, person_id: int) -> Button:
    return t("person-back"), ShowPerson(person_id=person_id)


def _no(t: Texts, person_id: int) -> Button:
    return t("person-no"), ShowPerson(person_id=person_id)
