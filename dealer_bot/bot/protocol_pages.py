"""Protocols by pages and as a file, for administrators and, of its own clients, for care."""

from aiogram import Router
from aiogram.types import CallbackQuery

from dealer_bot.bot import admin_keys
from dealer_bot.bot.admin_callbacks import ReadHistory, ReadProtocol, TakeProtocol
from dealer_bot.bot.middlewares import RoleIs, answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person, Role
from dealer_bot.services.protocols import Page, Protocols, Spot


async def read(
    query: CallbackQuery, callback_data: ReadProtocol, turn: Turn, t: Texts, person: Person, protocols: Protocols
) -> None:
    page = await protocols.page(
        person.id, Protocols.scope(callback_data.order_id), _spot(callback_data), callback_data.newer, t.language
    )
    await _show(query, page, callback_data, turn, t, person)


async def read_history(
    query: CallbackQuery, callback_data: ReadHistory, turn: Turn, t: Texts, person: Person, protocols: Protocols
) -> None:
    spot, case_id = _spot(callback_data), callback_data.case_id
    page = await protocols.history(person.id, case_id, spot, callback_data.newer, t.language)
    await _show(query, page, callback_data, turn, t, person)


async def take(
    query: CallbackQuery, callback_data: TakeProtocol, turn: Turn, t: Texts, person: Person, protocols: Protocols
) -> None:
    scope = Protocols.scope(callback_data.order_id)
    title = await protocols.title(person.id, scope) or t("protocol-outside-file")
    await protocols.take(
        person.id, scope, "html" if callback_data.as_page else "text", title, t.language, turn.inbox_id, turn.now
    )
    await answer_quietly(query, t("protocol-file-comes"))


def _spot(data: ReadProtocol | ReadHistory) -> Spot | None:
    return Spot(data.message_id, data.piece) if data.message_id else None


async def _show(
    query: CallbackQuery, page: Page, asked: ReadProtocol | ReadHistory, turn: Turn, t: Texts, person: Person
) -> None:
    """A page beside an alert or a talk is a message of its own: what was there is still needed."""
    text = f"{_title(page, t)}\n\n{page.text or t('protocol-empty')}"
    buttons = admin_keys.protocol(t, page, has_menu=person.role is Role.ADMIN)
    if asked.message_id or _is_from_menu(query):
        await show_instead(query, turn, text, buttons)
        return
    assert query.message is not None
    turn.say(query.message.answer(text, reply_markup=buttons))
    await answer_quietly(query)


def _is_from_menu(query: CallbackQuery) -> bool:
    """Whether the button stood in a list of protocols."""
    markup = getattr(query.message, "reply_markup", None)
    buttons = [each for row in markup.inline_keyboard for each in row] if markup else []
    return any(each.callback_data == admin_keys.ADMINISTER for each in buttons)


def _title(page: Page, t: Texts) -> str:
    if page.order is not None:
        parts = (page.order.number, page.order.plate, None if page.order.is_living else t("closed-mark"))
        return t("protocol-of", what=" · ".join(part for part in parts if part))
    if page.scope.client_id is not None:
        return t("protocol-of", what=(page.client.called if page.client else None) or t("card-no-name"))
    return t("protocol-outside")


def door() -> Router:
    router = Router(name="protocol pages")
    router.callback_query.filter(RoleIs(Role.ADMIN, Role.CARE))
    router.callback_query.register(read, ReadProtocol.filter())
    router.callback_query.register(read_history, ReadHistory.filter())
    router.callback_query.register(take, TakeProtocol.filter())
    return router
