"""What whoever answers a client of care's taps."""

from aiogram.types import InlineKeyboardMarkup

from database.canned import Canned
from database.cases import Waiting
from dealer_bot.bot.admin_callbacks import ReadHistory, SendReady, ShowReady
from dealer_bot.bot.admin_keys import Button, rows
from dealer_bot.bot.keyboards import LABEL
from dealer_bot.bot.texts import Texts
from dealer_bot.services.ready_answers import Draft

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 24 * 3_600_000


def waiting(t: Texts, found: list[Waiting], now: int) -> InlineKeyboardMarkup | None:
    each: list[list[Button]] = [[(_label(t, one, now), ReadHistory(case_id=one.case_id))] for one in found]
    return rows(*each) if each else None


def ready(kept: list[Canned], case_id: int) -> InlineKeyboardMarkup:
    each: list[list[Button]] = [[(one.title, ShowReady(canned_id=one.id, case_id=case_id))] for one in kept]
    return rows(*each)


def draft(t: Texts, shown: Draft) -> InlineKeyboardMarkup:
    return rows([(t("ready-send"), SendReady(canned_id=shown.canned_id, case_id=shown.case_id))])


def _label(t: Texts, one: Waiting, now: int) -> str:
    parts = [one.called or t("card-no-name"), how_long(t, now - one.since), one.owner or ""]
    whole = " · ".join(part for part in parts if part)
    return whole if len(whole) <= LABEL else f"{whole[: LABEL - 1]}…"


def how_long(t: Texts, for_ms: int) -> str:
    """In the largest unit that is not nothing."""
    if for_ms >= 2 * DAY_MS:
        return t("for-days", count=for_ms // DAY_MS)
    if for_ms >= HOUR_MS:
        return t("for-hours", count=for_ms // HOUR_MS)
    return t("for-minutes", count=max(0, for_ms) // MINUTE_MS)
