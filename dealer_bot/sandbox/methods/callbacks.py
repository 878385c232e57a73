"""Answers to pressed buttons."""

from typing import Any

from aiogram.methods import AnswerCallbackQuery

from dealer_bot.sandbox import limits
from dealer_bot.sandbox.reading import Method
from dealer_bot.sandbox.refusal import bad_request
from dealer_bot.sandbox.world import World

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def answer(world: World, request: AnswerCallbackQuery) -> bool:
    text = request.text or ""
    if len(text) > limits.CALLBACK_ANSWER_CHARS:
        raise bad_request("MESSAGE_TOO_LONG")
    press = world.presses.get(request.callback_query_id)
    if press is None or press.answer is not None or world.now() > press.at + limits.CALLBACK_LIFE_S:
        raise bad_request(_TOO_OLD)
    press.answer = {"text": text, "alert": bool(request.show_alert), "url": request.url}
    world.changed()
    return True


METHODS: tuple[tuple[type[Method], Any], ...] = ((AnswerCallbackQuery, answer),)
