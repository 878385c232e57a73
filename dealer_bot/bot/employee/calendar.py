"""Which work order: by its day."""

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery
from aiogram_calendar import SimpleCalendarCallback
from aiogram_calendar.schemas import SimpleCalAct

from dealer_bot.bot import finding_keys
from dealer_bot.bot.callbacks import OpenCalendar, ShowDay, ShowMonth
from dealer_bot.bot.finding_texts import day_text, month_text
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.states import seek
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.days import Month, day_of_number, real_day
from dealer_bot.domain.errors import DealerError
from dealer_bot.services.days import Days

TURNS = {SimpleCalAct.prev_m: False, SimpleCalAct.next_m: True}


async def open_calendar(query: CallbackQuery, turn: Turn, t: Texts, state: FSMContext, days: Days) -> None:
    assert query.message is not None
    await seek(state)
    shown = await days.present(turn.now)
    turn.say(query.message.answer(month_text(t, shown), reply_markup=finding_keys.month(t, shown)))
    await answer_quietly(query)


async def turn_month(
    query: CallbackQuery, callback_data: SimpleCalendarCallback, turn: Turn, t: Texts, days: Days
) -> None:
    day = real_day(callback_data.year, callback_data.month)
    if day is None:
        raise DealerError("calendar-no-day")
    await _show_month(query, await days.beside(day, TURNS[callback_data.act], turn.now), turn, t)


async def show_present(query: CallbackQuery, turn: Turn, t: Texts, days: Days) -> None:
    await _show_month(query, await days.present(turn.now), turn, t)


async def show_month(query: CallbackQuery, callback_data: ShowMonth, turn: Turn, t: Texts, days: Days) -> None:
    day = day_of_number(callback_data.day)
    if day is None:
        raise DealerError("calendar-no-day")
    await _show_month(query, await days.month(day, turn.now), turn, t)


async def _show_month(query: CallbackQuery, shown: Month, turn: Turn, t: Texts) -> None:
    await show_instead(query, turn, month_text(t, shown), finding_keys.month(t, shown))


async def open_day(
    query: CallbackQuery, callback_data: SimpleCalendarCallback, turn: Turn, t: Texts, days: Days
) -> None:
    day = real_day(callback_data.year, callback_data.month, callback_data.day)
    if day is None:
        raise DealerError("calendar-no-day")
    page = await days.orders(day, 1)
    await show_instead(query, turn, day_text(t, page), finding_keys.day(t, page))


async def turn_page(query: CallbackQuery, callback_data: ShowDay, turn: Turn, t: Texts, days: Days) -> None:
    day = day_of_number(callback_data.day)
    if day is None:
        raise DealerError("calendar-no-day")
    page = await days.orders(day, callback_data.page)
    await show_instead(query, turn, day_text(t, page), finding_keys.day(t, page))


async def explain(query: CallbackQuery, t: Texts) -> None:
    """A day without orders, or what only labels the days."""
    await answer_quietly(query, t("calendar-dead"))


def routes(router: Router) -> None:
    press, act = SimpleCalendarCallback.filter, F.act
    router.callback_query.register(open_calendar, OpenCalendar.filter())
    router.callback_query.register(turn_month, press(act.in_(set(TURNS))))
    router.callback_query.register(show_present, press(act == SimpleCalAct.today))
    router.callback_query.register(open_day, press(act == SimpleCalAct.day))
    router.callback_query.register(explain, press(act == SimpleCalAct.ignore))
    router.callback_query.register(show_month, ShowMonth.filter())
    router.callback_query.register(turn_page, ShowDay.filter())
