"""Every button works however old its message is: Telegram no longer shows it to the bot, and it acts all the same."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, Press
from tests.bot.test_routing import _two_orders
from tests.bot.world import World


async def _presses_old(person: PersonClient, label: str) -> Press:
    """Its message is gone by now."""
    shown = await person.sees_button(label)
    button = shown.button(label)
    assert button is not None and button.data is not None
    await person.deletes(shown.id)
    return await person.presses_data(shown.id, button.data)


async def test_old_buttons_about_another_order(world: World) -> None:
    anna, _, peter = await _two_orders(world)
    await peter.says("про масло")
    await _presses_old(peter, "Это о другом")
    await _presses_old(peter, "a00017732")
    await anna.sees("про масло")
    await peter.sees("Передано: Анна")


async def test_old_buttons_of_the_menu(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.shoots(b"x")
    await peter.sees_photo()
    await peter.taps("Мои заказ-наряды")
    await _presses_old(peter, "a00017732")
    press = await _presses_old(peter, "Прислать ещё раз")
    assert "Сейчас придёт 1" in (await press.answer()).text
    await peter.sees_photo(count=2)
    await peter.taps("Ещё")
    await _presses_old(peter, "Сменить номер")
    await peter.sees("Подтвердите новый номер")
    await peter.says("/menu")
    await peter.sees("Остальное на кнопках")
    await peter.taps("Ещё")
    await _presses_old(peter, "Не присылать больше")
    await _presses_old(peter, "Да, не присылать")
    await peter.sees("Больше ничего не придёт")


async def test_an_old_answer_button_of_care_finds_the_client_although_the_case_is_closed(world: World) -> None:
    vera, peter = await world.employee("Вера", role=Role.CARE), await world.client()
    await peter.says("/care")
    await peter.sees("получит служба заботы")
    await peter.says("вопрос")
    await vera.sees("вопрос")
    await peter.taps("Завершить")
    await peter.sees("завершён")
    await _presses_old(vera, "Ответить")
    await vera.sees("уйдёт клиенту")
    await vera.says("Всё решили")
    await peter.sees("Всё решили")
