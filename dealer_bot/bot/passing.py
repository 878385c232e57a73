"""What somebody says as the client of a car: a client always, anybody else by a reply to what he got as one."""

from aiogram import Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InaccessibleMessage, Message

from dealer_bot.bot import client_keys
from dealer_bot.bot.callbacks import AboutAnother, MoveWords
from dealer_bot.bot.incoming import handed
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.texts import Texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.people import Person
from dealer_bot.services.correcting import Correcting
from dealer_bot.services.talk import Passed, Talk


class AsClient(Filter):
    """An employee, an admin or care replies to what reached him about his own car."""

    async def __call__(self, message: Message, talk: Talk, person: Person | None = None) -> bool:
        if person is None or not person.connected or not person.role.is_staff:
            return False
        if message.reply_to_message is None and message.media_group_id is None:
            return False
        said = handed(message)
        return said is not None and await talk.is_as_client(person.id, said)


class IsConnected(Filter):
    async def __call__(self, query: CallbackQuery, person: Person | None = None) -> bool:
        return person is not None and person.connected


async def pass_on(message: Message, turn: Turn, t: Texts, person: Person, talk: Talk) -> None:
    said = handed(message)
    if said is None:
        turn.say(message.answer(t("not-carried")))
        return
    passed = await talk.from_client(person.id, said, turn.inbox_id, turn.now)
    if passed.is_first:
        _tell(message, passed, turn, t)


async def ask_which(
    query: CallbackQuery, callback_data: AboutAnother, turn: Turn, t: Texts, person: Person, correcting: Correcting
) -> None:
    assert query.message is not None
    found = await correcting.others(person.id, callback_data.message_id)
    buttons = client_keys.move_words(callback_data.message_id, found)
    turn.say(query.message.answer(t("about-which"), reply_markup=buttons, disable_notification=True))
    await answer_quietly(query)


async def move(
    query: CallbackQuery, callback_data: MoveWords, turn: Turn, t: Texts, person: Person, correcting: Correcting
) -> None:
    assert query.message is not None
    asked = (callback_data.message_id, callback_data.order_id)
    passed = await correcting.move(person.id, *asked, turn.inbox_id, turn.now)
    _tell(query.message, passed, turn, t)
    await answer_quietly(query)


def _tell(message: Message | InaccessibleMessage, passed: Passed, turn: Turn, t: Texts) -> None:
    about = passed.message_id if passed.has_others else None
    buttons = client_keys.under_passed(t, about, passed.is_paused)
    text = f"{_told(passed, t)}\n{t('passed-paused')}" if passed.is_paused else _told(passed, t)
    turn.say(message.answer(text, disable_notification=True, reply_markup=buttons))


def _told(passed: Passed, t: Texts) -> str:
    if not passed.is_heard:
        return t("passed-nobody")
    if passed.is_asked:
        return t("passed-care")
    if passed.to is None or passed.order is None:
        return t("passed-outside")
    return t("passed", to=passed.to, order=passed.order.number)


def routes(router: Router) -> None:
    router.message.register(pass_on, AsClient())
    router.callback_query.register(ask_which, AboutAnother.filter(), IsConnected())
    router.callback_query.register(move, MoveWords.filter(), IsConnected())
