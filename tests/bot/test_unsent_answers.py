"""Whoever answers a client outside orders hears at once that the answer has not reached him."""

from dealer_bot.sandbox import PersonClient
from tests.bot.world import World

UNSENT = (
    ("раз", [400, "Bad Request: wrong something"], "Telegram не принял ваш ответ клиенту +375 29 888-88-08"),
    ("два", [403, "Forbidden: user is deactivated"], "Чат клиента +375 29 888-88-08 недоступен"),
    ("три", [403, "Forbidden: bot was blocked by the user"], "заблокировал бота: ваш ответ до него не дошёл"),
)
"""The words, what Telegram says to them, and what whoever wrote them hears."""


async def _asked(world: World) -> tuple[PersonClient, PersonClient]:
    """Peter has asked care, Vera writes to him."""
    vera, peter = await world.care(), await world.client()
    await peter.says("/care")
    await peter.sees("получит служба заботы")
    await peter.says("вопрос")
    await vera.presses("Ответить", on=(await vera.sees("вопрос")).id)
    await vera.sees("уйдёт клиенту")
    return vera, peter


async def test_an_answer_to_a_client_who_has_blocked_the_bot_is_no_answer_sent(world: World) -> None:
    vera, peter = await _asked(world)
    await peter.blocks()
    await world.quiet()
    await vera.says("Слушаю вас")
    told = await vera.sees("Клиент +375 29 888-88-08 заблокировал бота")
    assert "Позвоните ему" in told.text
    await world.quiet()
    assert not [each for each in await vera.chat() if each.text.startswith("Отправлено")]
    await peter.unblocks()
    await peter.starts()
    await peter.sees("Слушаю вас")


async def test_what_telegram_did_not_carry_is_told_once_to_whoever_wrote_it(world: World) -> None:
    (vera, peter), galina = await _asked(world), await world.care("Галина", "+375291110002")
    for words, refusal, _ in UNSENT:
        await world.tg.fault("sendMessage", chat=peter, contains=words, refuse=refusal)
    for words, _, told in UNSENT:
        await vera.says(words)
        await vera.sees(told)
    await world.quiet()
    for _, _, told in UNSENT:
        assert [len([each for each in await care.chat() if told in each.text]) for care in (vera, galina)] == [1, 0]
