"""Which protocol: of an order by a part of its number or plate, or outside orders."""

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import admin_keys
from dealer_bot.bot.admin_callbacks import ChooseProtocol
from dealer_bot.bot.common import no_working_keys
from dealer_bot.bot.filters import Is
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.states import Administering
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.protocols import FOUND, Protocols


async def choose(
    query: CallbackQuery, turn: Turn, t: Texts, person: Person, state: FSMContext, protocols: Protocols
) -> None:
    await state.set_state(Administering.protocol)
    recent = await protocols.recent(person.id)
    await show_instead(query, turn, t("protocol-which"), admin_keys.protocols(t, recent))


async def find(message: Message, turn: Turn, t: Texts, person: Person, protocols: Protocols) -> None:
    """What he types next is another search, also beside what was found: it goes to no client."""
    words = message.text or ""
    found = await protocols.find(person.id, words)
    if found:
        text = t("protocol-found") if len(found) < FOUND else t("protocol-found-many", count=FOUND)
        turn.say(message.answer(text, reply_markup=admin_keys.protocols(t, found)))
        return
    turn.say(message.answer(t("protocol-none", text=words[:60]), reply_markup=admin_keys.protocols(t, [])))


def routes(router: Router) -> None:
    asked = StateFilter(Administering.protocol)
    router.callback_query.register(choose, ChooseProtocol.filter())
    router.message.register(find, asked, Is(F.text), Is(~F.text.startswith("/")), *no_working_keys())
