"""A pressed button's message becomes something else."""

import logging

from aiogram.exceptions import ClientDecodeError, TelegramAPIError, TelegramBadRequest
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery, InaccessibleMessage, InlineKeyboardMarkup

from dealer_bot.bot.turn import Turn

log = logging.getLogger(__name__)

EDIT_S = 5


async def redraw(query: CallbackQuery, turn: Turn, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Edit the pressed message at once; where that can't be done, a new message says it."""
    assert query.message is not None
    if isinstance(query.message, InaccessibleMessage) or not await _is_edited(query, text, buttons):
        turn.say(query.message.answer(text, reply_markup=buttons))


async def _is_edited(query: CallbackQuery, text: str, buttons: InlineKeyboardMarkup | None) -> bool:
    assert query.message is not None and query.bot is not None
    chat_id, message_id = query.message.chat.id, query.message.message_id
    edit = EditMessageText(chat_id=chat_id, message_id=message_id, text=text, reply_markup=buttons)
    try:
        await query.bot(edit, request_timeout=EDIT_S)
    except TelegramBadRequest as error:
        return "message is not modified" in error.message  # a second tap
    except (TelegramAPIError, ClientDecodeError, TimeoutError) as error:
        log.info("a pressed message could not be edited: %s", type(error).__name__)
        return False
    return True
