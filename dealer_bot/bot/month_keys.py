"""A month of buttons: aiogram-calendar's buttons and labels, drawn from what is open now.

What the library draws and does by itself it takes from the server's clock and locale, and it trusts what a button
brings back; docs/decisions tells what is used of it and what is not.
"""

from calendar import Calendar
from datetime import date

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from aiogram_calendar import SimpleCalendar, SimpleCalendarCallback
from aiogram_calendar.schemas import CalendarLabels, SimpleCalAct

from dealer_bot.bot.dates import month_title, months, week
from dealer_bot.domain.days import Month

_SMALL_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MOST = 99
"""More do not fit beside a day: seven buttons share the width of a phone."""


class MonthKeys(SimpleCalendar):  # type: ignore[misc]
    """Days with open orders carry their number; all others, and what only labels them, do nothing."""

    def __init__(self, language: str, today: str) -> None:
        super().__init__()
        self._language, self._week = language, week(language)
        names = [name for _, name in sorted(self._week)]
        self._labels = CalendarLabels(days_of_week=names, months=months(language), today_caption=today)

    def draw(self, month: Month) -> InlineKeyboardMarkup:
        rows = [self._beside(month), [self._dead(self._labels.days_of_week[number]) for number, _ in self._week]]
        first_weekday = self._week[0][0]
        for days in Calendar(first_weekday).monthdayscalendar(month.first.year, month.first.month):
            rows.append([self._day(month, day) for day in days])
        if not month.is_present:
            rows.append([self._button(self._labels.today_caption, SimpleCalAct.today, month.first)])
        return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])

    def _beside(self, month: Month) -> list[InlineKeyboardButton]:
        """To the nearest months that have orders; none where there are none."""
        row = []
        if month.earlier is not None:
            row.append(self._button(f"‹ {self._name(month.earlier, month)}", SimpleCalAct.prev_m, month.first))
        if month.later is not None:
            row.append(self._button(f"{self._name(month.later, month)} ›", SimpleCalAct.next_m, month.first))
        return row

    def _name(self, other: date, shown: Month) -> str:
        if other.year != shown.first.year:
            return month_title(other, self._language)
        return str(self._labels.months[other.month - 1])

    def _day(self, month: Month, day: int) -> InlineKeyboardButton:
        count = month.counts.get(day, 0)
        if not count:
            return self._dead(str(day) if day else " ")
        mark = str(min(count, MOST)).translate(_SMALL_DIGITS)
        return self._button(f"{day}{mark}", SimpleCalAct.day, month.first.replace(day=day))

    def _dead(self, label: str) -> InlineKeyboardButton:
        return InlineKeyboardButton(text=label, callback_data=self.ignore_callback)

    @staticmethod
    def _button(text: str, act: SimpleCalAct, day: date) -> InlineKeyboardButton:
        data = SimpleCalendarCallback(act=act, year=day.year, month=day.month, day=day.day)
        return InlineKeyboardButton(text=text, callback_data=data.pack())
