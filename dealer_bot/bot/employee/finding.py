"""Which work order: by its number, plate, phone or name."""

from aiogram import F, Router
from aiogram.filters import CommandObject, Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from dealer_bot.bot import finding_keys, keyboards
from dealer_bot.bot.callbacks import ShowOrder, TurnHits, WrongCar
from dealer_bot.bot.common import is_key
from dealer_bot.bot.filters import InWords, Is
from dealer_bot.bot.finding_texts import hits_text
from dealer_bot.bot.incoming import fragment_of, handed, is_picture
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.replacing import show_instead
from dealer_bot.bot.states import Finding, seek
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.errors import DealerError
from dealer_bot.domain.people import Person
from dealer_bot.services.desk import Desk
from dealer_bot.services.lookup import Lookup
from dealer_bot.services.pictures import Pictures


async def ask(message: Message, turn: Turn, t: Texts, person: Person, state: FSMContext, desk: Desk) -> None:
    await seek(state)
    recent = await desk.recent(person.id)
    turn.say(message.answer(t("order-which"), reply_markup=finding_keys.ways(t, recent)))


async def search_at_once(
    message: Message,
    command: CommandObject,
    turn: Turn,
    t: Texts,
    person: Person,
    state: FSMContext,
    desk: Desk,
    lookup: Lookup,
) -> None:
    if not command.args:
        await ask(message, turn, t, person, state, desk)
        return
    await _search(message, command.args, turn, t, state, desk, lookup)


async def search(message: Message, turn: Turn, t: Texts, state: FSMContext, desk: Desk, lookup: Lookup) -> None:
    await _search(message, message.text or "", turn, t, state, desk, lookup)


async def _search(
    message: Message, text: str, turn: Turn, t: Texts, state: FSMContext, desk: Desk, lookup: Lookup
) -> None:
    await seek(state)
    found = await lookup.find(text, turn.now)
    if found.exact is not None:
        turn.show("card", found.exact.id)
    elif found.orders:
        buttons = finding_keys.hits(t, found, turn.inbox_id, 1)
        turn.say(message.answer(hits_text(t, found, 1), reply_markup=buttons))
    elif await desk.is_ambiguous(text):
        turn.say(message.answer(t("order-ambiguous", order=text[:64])))
    else:
        place = turn.visit.place
        here = await desk.order(place.order_id) if place and place.order_id else None
        back = keyboards.back_to(t, here) if here and here.is_living else None
        turn.say(message.answer(t("order-none", text=text[:60]), reply_markup=back))


async def turn_hits(query: CallbackQuery, callback_data: TurnHits, turn: Turn, t: Texts, lookup: Lookup) -> None:
    asked = await lookup.asked(turn.visit.lane, callback_data.asked)
    if asked is None:
        raise DealerError("search-forgotten")
    found = await lookup.find(fragment_of(asked), turn.now, callback_data.page - 1)
    buttons = finding_keys.hits(t, found, callback_data.asked, callback_data.page)
    await show_instead(query, turn, hits_text(t, found, callback_data.page), buttons)


class ToBeRead(Filter):
    """A picture sent while an order is looked for, with the rest of its album however late that comes."""

    async def __call__(self, message: Message, turn: Turn, pictures: Pictures) -> bool:
        if not is_picture(message):
            return False
        is_asked = turn.visit.state == Finding.asked.state
        if message.media_group_id is None:
            return is_asked
        sibling = await pictures.is_sibling(turn.visit.lane, message.media_group_id)
        return is_asked if sibling is None else sibling


async def read_picture(message: Message, turn: Turn, person: Person, state: FSMContext, pictures: Pictures) -> None:
    picture = handed(message)
    assert picture is not None
    asked = await pictures.ask(person.id, picture, turn.inbox_id, turn.now)
    if asked.is_first:
        turn.show("reading", asked.group_id)
    if turn.visit.state == Finding.asked.state:
        await seek(state, asked.group_id)


async def show_card(
    query: CallbackQuery, callback_data: ShowOrder, turn: Turn, t: Texts, state: FSMContext, desk: Desk
) -> None:
    if await desk.order(callback_data.order_id) is None:
        await answer_quietly(query, t("button-old"), show_alert=True)
        return
    await seek(state)
    turn.show("card", callback_data.order_id)
    await answer_quietly(query)


async def ask_again(query: CallbackQuery, turn: Turn, t: Texts, person: Person, state: FSMContext, desk: Desk) -> None:
    assert query.message is not None
    await seek(state)
    recent = await desk.recent(person.id)
    turn.say(query.message.answer(t("order-which"), reply_markup=finding_keys.ways(t, recent)))
    await answer_quietly(query)


def routes(router: Router) -> None:
    asked = StateFilter(Finding.asked)
    router.message.register(search_at_once, InWords("order"))
    router.message.register(ask, is_key("key-order"))
    router.message.register(search, asked, Is(F.text), Is(~F.text.startswith("/")))
    router.message.register(read_picture, ToBeRead())
    router.callback_query.register(turn_hits, TurnHits.filter())
    router.callback_query.register(show_card, ShowOrder.filter())
    router.callback_query.register(ask_again, WrongCar.filter())
