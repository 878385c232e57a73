"""People: found, looked at, and given a level, a name, or a closed door."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import people_keys
from dealer_bot.bot.admin.people_texts import audit_text, card_text, closing_question, role_meant, role_question
from dealer_bot.bot.admin_callbacks import (
    AskName,
    FindPerson,
    InviteStaff,
    ListPeople,
    ReadAudit,
    SetActive,
    SetRole,
    ShowPerson,
    StopSending,
)
from dealer_bot.bot.common import no_working_keys
from dealer_bot.bot.filters import Is
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.states import Administering
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.hiring import OFFERED, Hiring
from dealer_bot.services.personnel import GROUP_OF_ROLE, PAGE, Card, Listed, Personnel, group_of


async def show_list(
    query: CallbackQuery,
    callback_data: ListPeople,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    personnel: Personnel,
) -> None:
    await state.clear()
    listed = await personnel.page(person.id, group_of(callback_data.group), callback_data.page)
    await show_instead(query, turn, _heading(listed, t), people_keys.people(t, listed))


async def ask_whom(query: CallbackQuery, turn: Turn, t: Texts, state: FSMContext) -> None:
    assert query.message is not None
    await state.set_state(Administering.person)
    turn.say(query.message.answer(t("people-whom"), reply_markup=people_keys.to_list(t)))
    await answer_quietly(query)


async def find(message: Message, turn: Turn, t: Texts, person: Person, state: FSMContext, personnel: Personnel) -> None:
    """A level lists all who have it, one hit is his card, several are buttons.

    Until he has chosen, what he types is for another search: an order he is in has a client who would get it.
    """
    words = message.text or ""
    role = role_meant(words, t)
    if role is not None:
        listed = await personnel.page(person.id, GROUP_OF_ROLE[role], 0)
        turn.say(message.answer(_heading(listed, t), reply_markup=people_keys.people(t, listed)))
        return
    hits = await personnel.find(person.id, words)
    if len(hits) == 1:
        await state.clear()
    turn.say(await _found(message, hits, t, person, personnel))


async def show_card(
    query: CallbackQuery,
    callback_data: ShowPerson,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    personnel: Personnel,
) -> None:
    await state.clear()
    await _show(query, turn, t, await personnel.card(person.id, callback_data.person_id))


async def set_role(
    query: CallbackQuery, callback_data: SetRole, turn: Turn, t: Texts, person: Person, personnel: Personnel
) -> None:
    whom, role, was = callback_data.person_id, Role(callback_data.role), callback_data.was
    card = await personnel.card(person.id, whom)
    if not was and card.person.role is not role:
        text = role_question(card.person, role, card.person.id == person.id, t)
        await show_instead(query, turn, text, people_keys.sure_of_role(t, card.person, role))
        return
    await _show(query, turn, t, await personnel.set_role(person.id, whom, role, was, turn.now))


async def set_active(
    query: CallbackQuery, callback_data: SetActive, turn: Turn, t: Texts, person: Person, personnel: Personnel
) -> None:
    if not callback_data.active and not callback_data.sure:
        card = await personnel.card(person.id, callback_data.person_id)
        text = closing_question(card.person, card.person.id == person.id, t)
        await show_instead(query, turn, text, people_keys.sure_of_closing(t, card.person.id))
        return
    card = await personnel.set_active(person.id, callback_data.person_id, callback_data.active, turn.now)
    await _show(query, turn, t, card)


async def ask_name(query: CallbackQuery, callback_data: AskName, turn: Turn, t: Texts, state: FSMContext) -> None:
    assert query.message is not None
    await state.set_state(Administering.name)
    await state.set_data({"person": callback_data.person_id})
    turn.say(query.message.answer(t("person-name-which"), reply_markup=people_keys.to_card(t, callback_data.person_id)))
    await answer_quietly(query)


async def set_name(
    message: Message, turn: Turn, t: Texts, person: Person, state: FSMContext, personnel: Personnel
) -> None:
    whom = (await state.get_data()).get("person", 0)
    card = await personnel.set_name(person.id, whom, message.text or "", turn.now)
    await state.clear()
    turn.say(message.answer(card_text(card, t), reply_markup=people_keys.card(t, card)))


async def stop_sending(
    query: CallbackQuery, callback_data: StopSending, turn: Turn, t: Texts, person: Person, personnel: Personnel
) -> None:
    await personnel.stop_waiting(person.id, callback_data.person_id, turn.now)
    await _show(query, turn, t, await personnel.card(person.id, callback_data.person_id))


async def invite(
    query: CallbackQuery, callback_data: InviteStaff, turn: Turn, t: Texts, person: Person, hiring: Hiring
) -> None:
    if callback_data.role not in OFFERED:
        await show_instead(query, turn, t("people-invite-whom"), people_keys.invitations(t, OFFERED))
        return
    await hiring.invite(person.id, Role(callback_data.role), turn.inbox_id, turn.now)
    await answer_quietly(query)


async def read_audit(
    query: CallbackQuery, callback_data: ReadAudit, turn: Turn, t: Texts, person: Person, personnel: Personnel
) -> None:
    whom, page = callback_data.person_id, callback_data.page
    lines, has_more = await personnel.log(person.id, whom, page)
    await show_instead(
        query, turn, audit_text(lines, personnel.timezone, t), people_keys.audit(t, whom, page, has_more)
    )


async def _found(message: Message, hits: list[Person], t: Texts, person: Person, personnel: Personnel) -> SendMessage:
    if len(hits) == 1:
        card = await personnel.card(person.id, hits[0].id)
        return message.answer(card_text(card, t), reply_markup=people_keys.card(t, card))
    found = t("people-found") if len(hits) < PAGE else t("people-found-many", count=PAGE)
    text = found if hits else t("people-none", text=(message.text or "")[:60])
    return message.answer(text, reply_markup=people_keys.found(t, hits))


def _heading(listed: Listed, t: Texts) -> str:
    return t(f"people-list-{listed.group}", count=listed.total)


async def _show(query: CallbackQuery, turn: Turn, t: Texts, card: Card) -> None:
    await show_instead(query, turn, card_text(card, t), people_keys.card(t, card))


def routes(router: Router) -> None:
    words = (Is(F.text), Is(~F.text.startswith("/")), *no_working_keys())
    router.message.register(find, StateFilter(Administering.person), *words)
    router.message.register(set_name, StateFilter(Administering.name), *words)
    router.callback_query.register(show_list, ListPeople.filter())
    router.callback_query.register(ask_whom, FindPerson.filter())
    router.callback_query.register(show_card, ShowPerson.filter())
    router.callback_query.register(set_role, SetRole.filter(F.role.in_([int(each) for each in Role])))
    router.callback_query.register(set_active, SetActive.filter())
    router.callback_query.register(ask_name, AskName.filter())
    router.callback_query.register(stop_sending, StopSending.filter())
    router.callback_query.register(invite, InviteStaff.filter())
    router.callback_query.register(read_audit, ReadAudit.filter())
