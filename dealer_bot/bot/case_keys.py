"""What whoever answers a client of care's taps."""

from aiogram.types import InlineKeyboardMarkup

from database.canned import Canned
from database.cases import Waiting
from dealer_bot.bot.admin_callbacks import ReadHistory, SendReady, ShowReady, TurnWaiting
from dealer_bot.bot.admin_keys import Button, back, rows
from dealer_bot.bot.keyboards import label
from dealer_bot.bot.texts import Texts
from dealer_bot.services.ready_answers import Draft

PAGE = 10
MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 24 * 3_600_000


def waiting(t: Texts, found: list[Waiting], page: int, now: int, *, has_menu: bool) -> InlineKeyboardMarkup | None:
    """A page of all who wait."""
    shown = found[page * PAGE : (page + 1) * PAGE]
    each: list[list[Button]] = [[(_label(t, one, now), ReadHistory(case_id=one.case_id))] for one in shown]
    turns: list[Button] = [(t("page-back"), TurnWaiting(page=page - 1))] if page else []
    if (page + 1) * PAGE < len(found):
        turns.append((t("page-on"), TurnWaiting(page=page + 1)))
    whole = rows(*each, turns, [back(t)] if has_menu else [])
    return whole if whole.inline_keyboard else None


def page_of(found: list[Waiting], asked: int, case_id: int) -> int:
    """The page this case is on, else the one that was asked for, as far as there are so many."""
    place = next((place for place, one in enumerate(found) if one.case_id == case_id), asked * PAGE)
    return min(place, max(0, len(found) - 1)) // PAGE


def ready(kept: list[Canned], case_id: int) -> InlineKeyboardMarkup:
    each: list[list[Button]] = [[(one.title, ShowReady(canned_id=one.id, case_id=case_id))] for one in kept]
    return rows(*each)


def draft(t: Texts, shown: Draft) -> InlineKeyboardMarkup:
    return rows([(t("ready-send"), SendReady(canned_id=shown.canned_id, case_id=shown.case_id))])


def _label(t: Texts, one: Waiting, now: int) -> str:
    return label(one.called or t("card-no-name"), how_long(t, now - one.since), one.owner or "")


def how_long(t: Texts, for_ms: int) -> str:
    """In the largest unit that is not nothing."""
    if for_ms >= 2 * DAY_MS:
        return t("for-days", count=for_ms // DAY_MS)
    if for_ms >= HOUR_MS:
        return t("for-hours", count=for_ms // HOUR_MS)
    return t("for-minutes", count=max(0, for_ms) // MINUTE_MS)
