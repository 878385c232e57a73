"""Answering the clients of care: by a Telegram reply at any time, or by the mode that "Answer" enters."""

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, ReplyKeyboardRemove

from database.cases import Waiting
from dealer_bot.bot import case_keys, client_keys
from dealer_bot.bot.admin_callbacks import CloseCase, ListWaiting, SendReady, ShowReady, TurnWaiting
from dealer_bot.bot.callbacks import WriteToCase
from dealer_bot.bot.common import is_key, no_working_keys
from dealer_bot.bot.filters import InWords, Is
from dealer_bot.bot.incoming import handed
from dealer_bot.bot.middlewares import RoleIs, answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.answering import Answered
from dealer_bot.services.care import Care
from dealer_bot.services.ready_answers import ReadyAnswers
from dealer_bot.services.talk import Talk


class InCase(Filter):
    """Whose plain messages go to the client of a case now, unless he was asked something else."""

    async def __call__(self, message: Message, turn: Turn, talk: Talk) -> bool:
        place = turn.visit.place
        if place is None or place.case_id is None or turn.visit.state is not None:
            return False
        said = handed(message) if message.media_group_id is not None else None
        return said is None or not await talk.is_begun_elsewhere(said)


async def answer(message: Message, turn: Turn, t: Texts, person: Person, talk: Talk) -> None:
    said = handed(message)
    if said is None:
        turn.say(message.answer(t("not-carried")))
        return
    answered = await talk.to_client(person.id, said, turn.inbox_id, turn.now)
    if answered.is_first:
        turn.say(message.answer(_sent(answered, t), disable_notification=True))


def _sent(answered: Answered, t: Texts) -> str:
    """To whom, and why he does not see it now, if that is so."""
    key = f"care-answered-{answered.waits}" if answered.waits else "care-answered"
    return t(key, client=answered.client or t("card-no-name"))


async def write_to(
    query: CallbackQuery,
    callback_data: WriteToCase,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    care: Care,
) -> None:
    assert query.message is not None
    writing = await care.write_to(person.id, callback_data.case_id, turn.inbox_id, turn.now)
    await state.clear()
    text = t("case-writing", client=writing.client or t("card-no-name"), number=str(writing.case_id))
    turn.say(query.message.answer(text, reply_markup=client_keys.writing_to_case(t)))
    await answer_quietly(query)


async def leave(message: Message, turn: Turn, t: Texts, person: Person, care: Care) -> None:
    await care.leave(person.id, turn.now)
    turn.say(message.answer(t("case-left"), reply_markup=ReplyKeyboardRemove()))


async def close(message: Message, turn: Turn, t: Texts, person: Person, care: Care) -> None:
    await care.close(person.id, turn.inbox_id, turn.now)
    turn.say(message.answer(t("case-closed-by-me"), reply_markup=ReplyKeyboardRemove()))


async def list_waiting(message: Message, turn: Turn, t: Texts, person: Person, care: Care) -> None:
    text, buttons = _listed(await care.waiting(person.id), 0, turn, t, person)
    turn.say(message.answer(text, reply_markup=buttons))


async def back_to_waiting(query: CallbackQuery, turn: Turn, t: Texts, person: Person, care: Care) -> None:
    await show_instead(query, turn, *_listed(await care.waiting(person.id), 0, turn, t, person))


async def turn_waiting(
    query: CallbackQuery, callback_data: TurnWaiting, turn: Turn, t: Texts, person: Person, care: Care
) -> None:
    waiting = await care.waiting(person.id)
    page = case_keys.page_of(waiting, callback_data.page, callback_data.case_id)
    await show_instead(query, turn, *_listed(waiting, page, turn, t, person))


async def close_one(
    query: CallbackQuery, callback_data: CloseCase, turn: Turn, t: Texts, person: Person, care: Care
) -> None:
    await care.close_one(person.id, callback_data.case_id, turn.inbox_id, turn.now)
    await back_to_waiting(query, turn, t, person, care)


def _listed(
    waiting: list[Waiting], page: int, turn: Turn, t: Texts, person: Person
) -> tuple[str, InlineKeyboardMarkup | None]:
    text = t("care-waiting", count=len(waiting)) if waiting else t("care-waiting-none")
    return text, case_keys.waiting(t, waiting, page, turn.now, has_menu=person.role is Role.ADMIN)


async def list_ready(message: Message, turn: Turn, t: Texts, person: Person, ready_answers: ReadyAnswers) -> None:
    place, kept = turn.visit.place, await ready_answers.all(person.id)
    if place is None or place.case_id is None:
        turn.say(message.answer(t("pin-nowhere-care")))
        return
    buttons = case_keys.ready(kept, place.case_id) if kept else None
    turn.say(message.answer(t("ready-which" if kept else "ready-none"), reply_markup=buttons))


async def show_ready(
    query: CallbackQuery, callback_data: ShowReady, turn: Turn, t: Texts, person: Person, ready_answers: ReadyAnswers
) -> None:
    draft = await ready_answers.draft(person.id, callback_data.canned_id, callback_data.case_id)
    text = t("ready-draft", client=draft.client or t("card-no-name"), text=draft.text)
    await show_instead(query, turn, text, case_keys.draft(t, draft))


async def send_ready(
    query: CallbackQuery, callback_data: SendReady, turn: Turn, t: Texts, person: Person, ready_answers: ReadyAnswers
) -> None:
    asked = (callback_data.canned_id, callback_data.case_id)
    answered = await ready_answers.send(person.id, *asked, turn.inbox_id, turn.now)
    await show_instead(query, turn, _sent(answered, t), None)


def door() -> Router:
    router = Router(name="case talk")
    may_answer = RoleIs(Role.CARE, Role.ADMIN)
    router.message.filter(may_answer)
    router.callback_query.filter(may_answer)
    router.callback_query.register(write_to, WriteToCase.filter())
    router.callback_query.register(back_to_waiting, ListWaiting.filter())
    router.callback_query.register(turn_waiting, TurnWaiting.filter())
    router.callback_query.register(close_one, CloseCase.filter())
    router.callback_query.register(show_ready, ShowReady.filter())
    router.callback_query.register(send_ready, SendReady.filter())
    router.message.register(list_waiting, InWords("care"))
    router.message.register(list_ready, is_key("key-ready"))
    router.message.register(leave, is_key("key-case-leave"))
    router.message.register(close, is_key("key-case-close"))
    router.message.register(answer, InCase(), Is(~F.text.startswith("/")), *no_working_keys())
    return router
