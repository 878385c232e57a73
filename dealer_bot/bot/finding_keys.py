"""Buttons of the ways to an order."""

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from dealer_bot.bot.callbacks import OpenCalendar, Resume, ShowDay, ShowMonth, ShowOrder, TurnHits, WrongCar
from dealer_bot.bot.keyboards import LABEL, order_label
from dealer_bot.bot.month_keys import MonthKeys
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.days import DayPage, Month
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.stages import Stage
from dealer_bot.domain.views import Hit, ReadingView
from dealer_bot.services.lookup import Found


def ways(t: Texts, recent: list[tuple[WorkOrder, Stage]]) -> InlineKeyboardMarkup:
    """The orders he was in lately, each with its stage, and the calendar."""
    rows = [[_key(_recent_label(order, stage), Resume(order_id=order.id))] for order, stage in recent]
    return InlineKeyboardMarkup(inline_keyboard=[*rows, [_key(t("order-by-day"), OpenCalendar())]])


def hits(t: Texts, found: Found, asked: int, page: int) -> InlineKeyboardMarkup:
    """A page of what a text has found; `asked`: the update that brought the text."""
    turns = _turns(t, page, found.more, lambda to: TurnHits(asked=asked, page=to))
    return InlineKeyboardMarkup(inline_keyboard=[row for row in (*_column(found.orders), turns) if row])


def month(t: Texts, shown: Month) -> InlineKeyboardMarkup:
    return MonthKeys(t.language, t("calendar-today")).draw(shown)


def day(t: Texts, page: DayPage) -> InlineKeyboardMarkup:
    rows = _column([each.order for each in page.served])
    number = page.day.toordinal()
    turns = _turns(t, page.page, page.page < page.pages, lambda to: ShowDay(day=number, page=to))
    last = [_key(t("calendar-back"), ShowMonth(day=number))]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in (*rows, turns, last) if row])


def reading(t: Texts, view: ReadingView) -> InlineKeyboardMarkup | None:
    """The orders it may be and "none of these"; after a miss the other ways."""
    if view.found in ("looking", "over"):
        return None
    rows = [[_key(_hit_label(hit, view.found), ShowOrder(order_id=hit.order_id))] for hit in view.hits]
    if view.hits:
        rows += [[_key(t("reading-none"), WrongCar())]] if view.sure is None else []
    else:
        rows.append([_key(t("order-by-day"), OpenCalendar()), _key(t("order-recent"), WrongCar())])
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _turns(t: Texts, page: int, more: bool, to: Callable[[int], CallbackData]) -> list[InlineKeyboardButton]:
    back = [_key(t("page-back"), to(page - 1))] if page > 1 else []
    return back + ([_key(t("page-on"), to(page + 1))] if more else [])


def _hit_label(hit: Hit, found: str) -> str:
    """What was read comes first."""
    parts = (hit.plate, hit.number) if found in ("plate", "sure_plate") else (hit.number, hit.plate)
    return " · ".join(part for part in parts if part)


def _column(found: list[WorkOrder]) -> list[list[InlineKeyboardButton]]:
    return [[_key(order_label(order), ShowOrder(order_id=order.id))] for order in found]


def _recent_label(order: WorkOrder, stage: Stage) -> str:
    """What can be read whole on a phone; the stage is worth more than the plate: the tap leads into it."""
    long, short = f"{order_label(order)} · {stage.label}", f"{order.number} · {stage.label}"
    return next((label for label in (long, short) if len(label) <= LABEL), f"{short[: LABEL - 1]}…")


def _key(text: str, data: CallbackData) -> InlineKeyboardButton:
    return InlineKeyboardButton(text=text, callback_data=data.pack())
