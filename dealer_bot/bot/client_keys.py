"""What a client taps: the lasting keyboard, and the buttons under what he is told."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from dealer_bot.bot.callbacks import (
    AboutAnother,
    AskPause,
    ChangePhone,
    MoveWords,
    MyOrder,
    ResumeReceiving,
    SendAgain,
    Speak,
)
from dealer_bot.bot.keyboards import order_label
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.orders import WorkOrder
from dealer_bot.domain.people import Place


def menu(t: Texts) -> ReplyKeyboardMarkup:
    return _lasting([t("key-care")], [t("key-my-orders"), t("key-more")])


def talk_with_care(t: Texts) -> ReplyKeyboardMarkup:
    return _lasting([t("key-care-end")])


def writing_to_case(t: Texts) -> ReplyKeyboardMarkup:
    """For whoever answers a client of care's."""
    return _lasting([t("key-ready")], [t("key-case-leave"), t("key-case-close")])


def of_place(t: Texts, place: Place | None) -> ReplyKeyboardMarkup:
    """The keyboard that belongs to where he is."""
    return talk_with_care(t) if place is not None and place.is_with_care else menu(t)


def own_orders(t: Texts, found: list[WorkOrder]) -> InlineKeyboardMarkup:
    def label(order: WorkOrder) -> str:
        return order_label(order) if order.is_living else f"{order_label(order)} · {t('closed-mark')}"

    return _column(*((label(order), MyOrder(order_id=order.id)) for order in found))


def send_again(t: Texts, order_id: int) -> InlineKeyboardMarkup:
    return _column((t("again"), SendAgain(order_id=order_id)))


def more(t: Texts, is_paused: bool, privacy_url: str) -> InlineKeyboardMarkup:
    receiving = ("resume", ResumeReceiving()) if is_paused else ("more-stop", AskPause())
    made = _column(
        ("Русский", Speak(language="ru")),
        ("English", Speak(language="en")),
        (t(receiving[0]), receiving[1]),
        (t("more-phone"), ChangePhone()),
    )
    if privacy_url:
        made.inline_keyboard.append([InlineKeyboardButton(text=t("more-privacy"), url=privacy_url)])
    return made


def under_passed(t: Texts, about: int | None, is_paused: bool) -> InlineKeyboardMarkup | None:
    """`about`: a message that may have been about another of his orders."""
    buttons: list[tuple[str, CallbackData]] = []
    if about is not None:
        buttons.append((t("about-another"), AboutAnother(message_id=about)))
    if is_paused:
        buttons.append((t("resume"), ResumeReceiving()))
    return _column(*buttons) if buttons else None


def move_words(message_id: int, found: list[WorkOrder]) -> InlineKeyboardMarkup:
    return _column(*((order_label(each), MoveWords(message_id=message_id, order_id=each.id)) for each in found))


def _column(*buttons: tuple[str, CallbackData]) -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=text, callback_data=data.pack())] for text, data in buttons]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _lasting(*rows: list[str]) -> ReplyKeyboardMarkup:
    keyboard = [[KeyboardButton(text=text) for text in row] for row in rows]
    return ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, is_persistent=True)
