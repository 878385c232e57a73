"""The buttons under the state of things."""

from aiogram.types import InlineKeyboardMarkup

from dealer_bot.bot.admin_callbacks import (
    DrawWeeks,
    HandleAgain,
    ListFailures,
    ReleaseOrder,
    RetryFailed,
    ShowFailed,
    ShowStorage,
)
from dealer_bot.bot.admin_keys import Button, back, rows
from dealer_bot.bot.keyboards import LABEL
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.failures import Failed
from dealer_bot.services.overview import Failures, Storage


def failures(t: Texts, shown: Failures) -> InlineKeyboardMarkup:
    each: list[list[Button]] = [[(_label(t, one), ShowFailed(outbox_id=one.outbox_id))] for one in shown.failed]
    late: list[list[Button]] = [
        [(t("state-release", order=one.number, count=one.count), ReleaseOrder(order_id=one.order_id))]
        for one in shown.late
    ]
    turns: list[Button] = []
    if shown.page:
        turns.append((t("page-back"), ListFailures(page=shown.page - 1)))
    if shown.has_more:
        turns.append((t("page-on"), ListFailures(page=shown.page + 1)))
    dead: list[Button] = [(t("state-handle-again", count=shown.dead), HandleAgain())] if shown.dead else []
    return rows(*each, turns, *late, dead, [back(t)])


def one_failed(t: Texts, outbox_id: int) -> InlineKeyboardMarkup:
    return rows([(t("state-retry"), RetryFailed(outbox_id=outbox_id))], [(t("state-back"), ListFailures())])


def storage(t: Texts, shown: Storage) -> InlineKeyboardMarkup:
    turns: list[Button] = []
    if shown.page:
        turns.append((t("page-back"), ShowStorage(page=shown.page - 1)))
    if shown.has_more:
        turns.append((t("page-on"), ShowStorage(page=shown.page + 1)))
    return rows(turns, [back(t)])


def today(t: Texts) -> InlineKeyboardMarkup:
    return rows([(t("state-weeks"), DrawWeeks()), back(t)])


def _label(t: Texts, one: Failed) -> str:
    whole = " · ".join(part for part in (one.order, t(f"failed-{one.state}")) if part)
    return whole if len(whole) <= LABEL else f"{whole[: LABEL - 1]}…"
