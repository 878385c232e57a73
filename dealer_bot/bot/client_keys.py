"""What a client taps: the lasting keyboard, and the buttons under what he is told."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup

from dealer_bot.bot.callbacks import AboutAnother, MoveWords
from dealer_bot.bot.keyboards import order_label
from dealer_bot.bot.texts import Texts
from dealer_bot.domain.orders import WorkOrder


def menu(t: Texts) -> ReplyKeyboardMarkup:
    return _lasting([t("key-care")])


def talk_with_care(t: Texts) -> ReplyKeyboardMarkup:
    return _lasting([t("key-care-end")])


def writing_to_case(t: Texts) -> ReplyKeyboardMarkup:
    """For whoever answers a client of care's."""
    return _lasting([t("key-case-leave"), t("key-case-close")])


def about_another(t: Texts, message_id: int) -> InlineKeyboardMarkup:
    button = InlineKeyboardButton(text=t("about-another"), callback_data=AboutAnother(message_id=message_id).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[button]])


def move_words(message_id: int, found: list[WorkOrder]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=order_label(order),
                    callback_data=MoveWords(message_id=message_id, order_id=order.id).pack(),
                )
            ]
            for order in found
        ]
    )


def _lasting(*rows: list[str]) -> ReplyKeyboardMarkup:
    keyboard = [[KeyboardButton(text=text) for text in row] for row in rows]
    return ReplyKeyboardMarkup(keyboard=keyboard, resize_keyboard=True, is_persistent=True)
