"""One screen instead of another: the message whose button was pressed is written anew."""

import logging

from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery, InaccessibleMessage, InlineKeyboardMarkup

from dealer_bot.bot.middlewares import DIRECT_S, LOST, answer_quietly
from dealer_bot.bot.turn import Turn

log = logging.getLogger(__name__)


async def show_instead(
    query: CallbackQuery, turn: Turn, text: str, buttons: InlineKeyboardMarkup | None = None
) -> None:
    """Where the message can't be written anew (it is too old, it has a picture), the screen comes as a new one."""
    assert query.message is not None
    if not await write_anew(query, text, buttons):
        turn.say(query.message.answer(text, reply_markup=buttons))
    await answer_quietly(query)


async def write_anew(query: CallbackQuery, text: str, buttons: InlineKeyboardMarkup | None = None) -> bool:
    """Whether the pressed message says this now, with these buttons and no others."""
    assert query.message is not None and query.bot is not None
    if isinstance(query.message, InaccessibleMessage):
        return False
    chat_id, message_id = query.message.chat.id, query.message.message_id
    edit = EditMessageText(chat_id=chat_id, message_id=message_id, text=text, reply_markup=buttons)
    try:
        await query.bot(edit, request_timeout=DIRECT_S)
    except TelegramBadRequest as error:
        return "message is not modified" in error.message  # a second tap
    except LOST as error:
        log.info("a pressed message could not be written anew: %s", type(error).__name__)
        return False
    return True
