"""What is open to everyone, connected or not: /start, /help, /language and the own contact."""

from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.filters import CommandObject, Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, ReplyKeyboardMarkup, ReplyKeyboardRemove

from dealer_bot.bot import client_keys, keyboards
from dealer_bot.bot.callbacks import Speak
from dealer_bot.bot.filters import InWords, Is
from dealer_bot.bot.incoming import handed
from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.states import ChangingPhone
from dealer_bot.bot.texts import LANGUAGES, Texts, texts
from dealer_bot.bot.turn import Turn
from dealer_bot.domain.invitations import is_token
from dealer_bot.domain.people import Person, Place, Role
from dealer_bot.domain.phones import e164_of_contact
from dealer_bot.services.connecting import Connecting
from dealer_bot.services.hiring import Link
from dealer_bot.services.talk import Talk

NEWS = frozenset(
    {
        ContentType.PINNED_MESSAGE,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.CONNECTED_WEBSITE,
    }
)


class House:
    """Who speaks: the dealership's name and where it says how it keeps data."""

    def __init__(self, organization: str, privacy_url: str) -> None:
        self.organization, self.privacy_url = organization, privacy_url

    def introduction(self, t: Texts) -> str:
        known = f"«{self.organization}»" if self.organization else ""
        text = t("start-stranger", organization=known) if known else t("start-stranger-plain")
        return f"{text}\n{t('start-stranger-privacy', url=self.privacy_url)}" if self.privacy_url else text


def is_key(key: str) -> Filter:
    """A button of the lasting keyboard, in whichever language it was drawn."""
    return Is(F.text.in_([texts(language)(key) for language in LANGUAGES]))


WORKING_KEYS = ("key-order", "key-stage", "key-leave")


def no_working_keys() -> list[Filter]:
    """An administrator has the keys of an employee, too: what is on them is no answer to a question of his menu."""
    return [~is_key(key) for key in WORKING_KEYS]


async def start(
    message: Message,
    command: CommandObject,
    turn: Turn,
    t: Texts,
    person: Person | None,
    state: FSMContext,
    house: House,
    connecting: Connecting,
) -> None:
    invitation = command.args if is_token(command.args) else None
    await state.clear()
    if invitation is not None:
        await state.set_data({"invitation": invitation})
    came_back = await connecting.come_back(turn.visit.lane, invitation, turn.inbox_id, turn.now)
    if came_back.link is not None and _is_told_of_link(message, came_back.link, turn, t):
        return
    if person is not None and person.paused_at is not None:
        turn.say(message.answer(t("stopped-reminder"), reply_markup=keyboards.resume_receiving(t)))
        return
    if person is not None and (person.connected or person.role.is_staff):
        if not came_back.waited:
            keys = _lasting_keys(t, person, turn.visit.place)
            turn.say(message.answer(_greeting(t, person), reply_markup=keys))
        return
    turn.say(message.answer(house.introduction(t), reply_markup=keyboards.contact(t)))


def _is_told_of_link(message: Message, link: Link, turn: Turn, t: Texts) -> bool:
    """Whether that is all there is to say to who came by a link of staff."""
    role = link.role.name.lower()
    if link.verdict == "given":
        turn.say(message.answer(t(f"role-now-{role}"), reply_markup=ReplyKeyboardRemove()))
    elif link.verdict == "offered":
        turn.say(message.answer(t("hire-offered", role=t(f"role-{role}")), reply_markup=keyboards.contact(t)))
    elif link.verdict == "needless":
        turn.say(message.answer(t("hire-needless", role=t(f"role-{role}"))))
    elif link.verdict == "refused":
        turn.say(message.answer(t("hire-refused")))
    return link.verdict in ("given", "offered", "needless")


def _lasting_keys(t: Texts, person: Person, place: Place | None) -> ReplyKeyboardMarkup | ReplyKeyboardRemove:
    """Those that belong to where he is."""
    if person.role is Role.CLIENT:
        return client_keys.of_place(t, place)
    if place is not None and place.order_id is not None:
        return keyboards.working(t)
    if place is not None and place.case_id is not None:
        return client_keys.writing_to_case(t)
    return ReplyKeyboardRemove()


def _greeting(t: Texts, person: Person) -> str:
    if person.role is Role.CLIENT:
        return t("start-client")
    if person.role is Role.CARE:
        return t("start-care", name=person.name) if person.name else t("start-care-plain")
    words = t("start-staff", name=person.name) if person.name else t("start-staff-plain")
    return f"{words} {t('start-admin')}" if person.role is Role.ADMIN else words


async def help_(message: Message, turn: Turn, t: Texts, person: Person | None) -> None:
    turn.say(message.answer(help_text(person, t)))


def help_text(person: Person | None, t: Texts) -> str:
    """What each role is told about itself."""
    if person is None or not (person.connected or person.role.is_staff):
        return t("help-stranger")
    if person.role is Role.CLIENT:
        return t("help-client")
    if person.role is Role.CARE:
        return t("help-care")
    return f"{t('help-staff')}\n{t('help-admin')}" if person.role is Role.ADMIN else t("help-staff")


async def ask_language(message: Message, turn: Turn, t: Texts) -> None:
    turn.say(message.answer(t("language-which"), reply_markup=keyboards.languages()))


async def set_language(
    query: CallbackQuery, callback_data: Speak, turn: Turn, person: Person | None, connecting: Connecting
) -> None:
    await connecting.set_language(turn.visit.lane, callback_data.language, turn.now)
    spoken = texts(callback_data.language)
    if query.message is not None and person is not None and (person.connected or person.role.is_staff):
        keys = _lasting_keys(spoken, person, turn.visit.place)  # they are to speak it, too
        if isinstance(keys, ReplyKeyboardMarkup):
            turn.say(query.message.answer(spoken("language-set"), reply_markup=keys, disable_notification=True))
    await answer_quietly(query, spoken("language-set"))


class ProvesPhone(Filter):
    """A contact of somebody who is not connected, or has asked for another phone; any other is something he says."""

    async def __call__(
        self, message: Message, turn: Turn, connecting: Connecting, person: Person | None = None
    ) -> bool:
        if message.contact is None:
            return False
        is_asked = turn.visit.state == ChangingPhone.asked.state
        if person is None or not person.connected or is_asked:
            return True
        return await connecting.has_greeted(turn.inbox_id)  # the same contact, fed again


async def leave_alone(_: Message) -> None:
    """Our own pins and other news of the chat itself."""


async def take_contact(message: Message, turn: Turn, t: Texts, state: FSMContext, connecting: Connecting) -> None:
    assert message.contact is not None and message.from_user is not None
    is_own = message.contact.user_id == message.from_user.id and message.forward_origin is None
    phone = e164_of_contact(message.contact.phone_number) if is_own else None
    if phone is None:
        turn.say(message.answer(t("contact-odd" if is_own else "contact-foreign"), reply_markup=keyboards.contact(t)))
        return
    invitation = (await state.get_data()).get("invitation")
    first_name = message.from_user.first_name
    person = await connecting.connect(turn.visit.lane, phone, first_name, invitation, turn.inbox_id, turn.now)
    if invitation is not None or turn.visit.state is not None:
        await state.clear()
    if not person.active:
        turn.told_closed = person.id
        turn.say(message.answer(t("access-closed")))


async def revise(message: Message, turn: Turn, t: Texts, talk: Talk) -> None:
    """A text or caption written anew; the doors that let somebody write let him mend it too."""
    mended = handed(message)
    uncarried = await talk.revise(mended, turn.inbox_id, turn.now) if mended is not None else None
    if uncarried is not None:
        turn.say(message.answer(t(uncarried.key, order=uncarried.order)))


def routes(router: Router) -> None:
    router.message.register(leave_alone, Is(F.content_type.in_(NEWS)))
    router.message.register(start, InWords("start"))
    router.message.register(help_, InWords("help"))
    router.message.register(ask_language, InWords("language"))
    router.message.register(take_contact, ProvesPhone())
    router.callback_query.register(set_language, Speak.filter(F.language.in_(LANGUAGES)))
