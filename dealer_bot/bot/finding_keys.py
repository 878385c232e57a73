"""Buttons of the ways to an order."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from dealer_bot.bot.callbacks import OpenCalendar, Resume, ShowDay, ShowMonth, ShowOrder
from dealer_bot.bot.keyboards import LABEL, order_label
from dealer_bot.bot.month_keys import MonthKeys
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.days import DayPage, Month
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.stages import Stage


def ways(t: Texts, recent: list[tuple[WorkOrder, Stage]]) -> InlineKeyboardMarkup:
    """The orders he was in lately, each with its stage, and the calendar."""
    rows = [[_key(_recent_label(order, stage), Resume(order_id=order.id))] for order, stage in recent]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_key(t("order-by-day"), OpenCalendar())]])


def orders(found: list[WorkOrder]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(inline_keyboard=_column(found))


def month(t: Texts, shown: Month) -> InlineKeyboardMarkup:
    return MonthKeys(t.language, t("calendar-today")).draw(shown)


def day(t: Texts, page: DayPage) -> InlineKeyboardMarkup:
    rows = _column([each.order for each in page.served])
    number = page.day.toordinal()
    turns = [
        _key(t(key), ShowDay(day=number, page=to))
        for key, to in (("page-back", page.page - 1), ("page-on", page.page + 1))
        if 1 <= to <= page.pages
    ]
    last = [_key(t("calendar-back"), ShowMonth(day=number))]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in (*rows, turns, last) if row])


def _column(found: list[WorkOrder]) -> list[list[InlineKeyboardButton]]:
    return [[_key(order_label(order), ShowOrder(order_id=order.id))] for order in found]


def _recent_label(order: WorkOrder, stage: Stage) -> str:
    """What can be read whole on a phone; the stage is worth more than the plate: the tap leads into it."""
    long, short = f"{order_label(order)} · {stage.label}", f"{order.number} · {stage.label}"
    return next((label for label in (long, short) if len(label) <= LABEL), f"{short[: LABEL - 1]}…")


def _key(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
