"""One screen instead of another: the message whose button was pressed is written anew."""

import logging

from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup

from dealer_bot.bot.middlewares import answer_quietly
from dealer_bot.bot.turn import Turn

log = logging.getLogger(__name__)


async def show_instead(query: CallbackQuery, turn: Turn, text: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Where the message can't be written anew (it is too old, it has a picture), the screen comes as a new one."""
    assert query.message is not None and query.bot is not None
    chat_id, message_id = query.message.chat.id, query.message.message_id
    edit = EditMessageText(chat_id=chat_id, message_id=message_id, text=text, reply_markup=buttons)
    try:
        await query.bot(edit, request_timeout=5)
    except TelegramBadRequest as error:
        if "not modified" not in error.message:
            turn.say(SendMessage(chat_id=chat_id, text=text, reply_markup=buttons))
    except (TelegramAPIError, TimeoutError) as error:
        log.info("a screen could not be written anew: %s", type(error).__name__)
        turn.say(SendMessage(chat_id=chat_id, text=text, reply_markup=buttons))
    await answer_quietly(query)
