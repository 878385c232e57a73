"""The buttons under the state of things."""

from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardMarkup

from dealer_bot.bot.admin_callbacks import (
    DrawWeeks,
    HandleAgain,
    ListFailures,
    ReleaseOrder,
    RetryAll,
    RetryFailed,
    ShowFailed,
    ShowStorage,
)
from dealer_bot.bot.admin_keys import Button, back, rows
from dealer_bot.bot.keyboards import label
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.failures import Failed
from dealer_bot.services.overview import Failures, Storage
from dealer_bot.services.protocol_formats import thing_named


def failures(t: Texts, shown: Failures, timezone: tzinfo) -> InlineKeyboardMarkup:
    each: list[list[Button]] = [
        [(_label(t, one, timezone), ShowFailed(outbox_id=one.outbox_id))] for one in shown.failed
    ]
    late: list[list[Button]] = [
        [(t("state-release", order=one.number, count=one.count), ReleaseOrder(order_id=one.order_id))]
        for one in shown.late
    ]
    turns: list[Button] = []
    if shown.page:
        turns.append((t("page-back"), ListFailures(page=shown.page - 1)))
    if shown.has_more:
        turns.append((t("page-on"), ListFailures(page=shown.page + 1)))
    whole: list[Button] = [(t("state-retry-all"), RetryAll(sure=False))] if shown.total > 1 else []
    dead: list[Button] = [(t("state-handle-again", count=shown.dead), HandleAgain())] if shown.dead else []
    return rows(*each, turns, whole, *late, dead, [back(t)])


def one_failed(t: Texts, outbox_id: int, page: int) -> InlineKeyboardMarkup:
    return rows([(t("state-retry"), RetryFailed(outbox_id=outbox_id))], [(t("state-back"), ListFailures(page=page))])


def sure_of_all(t: Texts) -> InlineKeyboardMarkup:
    return rows([(t("state-retry-all-yes"), RetryAll(sure=True)), (t("person-no"), ListFailures())])


def storage(t: Texts, shown: Storage) -> InlineKeyboardMarkup:
    turns: list[Button] = []
    if shown.page:
        turns.append((t("page-back"), ShowStorage(page=shown.page - 1)))
    if shown.has_more:
        turns.append((t("page-on"), ShowStorage(page=shown.page + 1)))
    return rows(turns, [back(t)])


def today(t: Texts) -> InlineKeyboardMarkup:
    return rows([(t("state-weeks"), DrawWeeks()), back(t)])


def _label(t: Texts, one: Failed, timezone: tzinfo) -> str:
    """When, where, what: what tells one of many apart; how it failed is said when it is opened."""
    at = datetime.fromtimestamp(one.at / 1000, timezone)
    return label(f"{at:%d.%m %H:%M}", one.order or "", thing_named(one.kind, t.language))
