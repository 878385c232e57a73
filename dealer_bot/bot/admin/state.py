"""The state of things: what failed, what can't be read, how much room there is, and today's figures."""

from dataclasses import astuple

from aiogram import Router
from aiogram.types import CallbackQuery

from dealer_bot.bot import state_keys
from dealer_bot.bot.admin.state_texts import failed_text, failures_text, storage_text
from dealer_bot.bot.admin_callbacks import (
    DrawWeeks,
    HandleAgain,
    ListFailures,
    ReleaseOrder,
    RetryAll,
    RetryFailed,
    ShowFailed,
    ShowStorage,
    ShowToday,
)
from dealer_bot.bot.figures import figures_text, waiting_text
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.overview import Overview
from dealer_bot.services.retrying import Retrying

NAMED = 10


async def list_failures(
    query: CallbackQuery, callback_data: ListFailures, turn: Turn, t: Texts, person: Person, overview: Overview
) -> None:
    await _show_failures(query, callback_data.page, turn, t, person, overview)


async def show_failed(
    query: CallbackQuery, callback_data: ShowFailed, turn: Turn, t: Texts, person: Person, overview: Overview
) -> None:
    one = await overview.failed(person.id, callback_data.outbox_id)
    buttons = state_keys.one_failed(t, one.outbox_id, await overview.page_of(one.outbox_id))
    await show_instead(query, turn, failed_text(one, overview.timezone, t), buttons)


async def retry(
    query: CallbackQuery,
    callback_data: RetryFailed,
    turn: Turn,
    t: Texts,
    person: Person,
    overview: Overview,
    retrying: Retrying,
) -> None:
    await retrying.one(person.id, callback_data.outbox_id, turn.inbox_id, turn.now)
    await _show_failures(query, await overview.page_of(callback_data.outbox_id), turn, t, person, overview)


async def retry_all(
    query: CallbackQuery,
    callback_data: RetryAll,
    turn: Turn,
    t: Texts,
    person: Person,
    overview: Overview,
    retrying: Retrying,
) -> None:
    if not callback_data.sure:
        text = t("state-retry-all-really", count=await retrying.count(person.id))
        await show_instead(query, turn, text, state_keys.sure_of_all(t))
        return
    await retrying.everything(person.id, turn.inbox_id, turn.now)
    await _show_failures(query, 0, turn, t, person, overview)


async def handle_again(query: CallbackQuery, turn: Turn, t: Texts, person: Person, overview: Overview) -> None:
    await overview.handle_again(person.id, turn.inbox_id, turn.now)
    await _show_failures(query, 0, turn, t, person, overview)


async def release(
    query: CallbackQuery, callback_data: ReleaseOrder, turn: Turn, t: Texts, person: Person, overview: Overview
) -> None:
    await overview.release(person.id, callback_data.order_id, turn.inbox_id, turn.now)
    await _show_failures(query, 0, turn, t, person, overview)


async def show_storage(
    query: CallbackQuery, callback_data: ShowStorage, turn: Turn, t: Texts, person: Person, overview: Overview
) -> None:
    shown = await overview.storage(person.id, callback_data.page)
    await show_instead(query, turn, storage_text(shown, t), state_keys.storage(t, shown))


async def show_today(query: CallbackQuery, turn: Turn, t: Texts, person: Person, overview: Overview) -> None:
    day, waiting = await overview.today(person.id, turn.now)
    named = [(each.called or "", turn.now - each.since, each.owner or "") for each in waiting[:NAMED]]
    figures = figures_text(list(astuple(day)), t)
    text = "\n\n".join((t("state-today"), figures, waiting_text(named, len(waiting), t)))
    await show_instead(query, turn, text, state_keys.today(t))


async def draw_weeks(query: CallbackQuery, turn: Turn, t: Texts, person: Person, overview: Overview) -> None:
    await overview.weeks(person.id, turn.inbox_id, turn.now)
    await answer_quietly(query, t("state-weeks-comes"))


async def _show_failures(
    query: CallbackQuery, page: int, turn: Turn, t: Texts, person: Person, overview: Overview
) -> None:
    shown = await overview.failures(person.id, page)
    await show_instead(query, turn, failures_text(shown, t), state_keys.failures(t, shown, overview.timezone))


def routes(router: Router) -> None:
    router.callback_query.register(list_failures, ListFailures.filter())
    router.callback_query.register(show_failed, ShowFailed.filter())
    router.callback_query.register(retry, RetryFailed.filter())
    router.callback_query.register(retry_all, RetryAll.filter())
    router.callback_query.register(handle_again, HandleAgain.filter())
    router.callback_query.register(release, ReleaseOrder.filter())
    router.callback_query.register(show_storage, ShowStorage.filter())
    router.callback_query.register(show_today, ShowToday.filter())
    router.callback_query.register(draw_weeks, DrawWeeks.filter())
