"""What a client has on his keys: his orders and their media once more, his language, his rest, another phone."""

from dealer_bot.sandbox import PersonClient, Photo
from tests.bot.world import ORDER, PETERS_PHONE, World

OTHER_PHONE = "+375297776655"


async def _served(world: World) -> tuple[PersonClient, PersonClient]:
    """Anna has shot an album and a hidden picture into Peter's order."""
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.shoots(b"hidden", caption="тайна")
    await anna.sees("Клиенту не отправляется")
    await world.enters(anna)
    await anna.sends_album([Photo(b"1"), Photo(b"2")], caption="осмотр")
    await anna.shoots(b"3", caption="мотор")
    await peter.sees("мотор")
    await anna.sees("клиенту доставлено 3.")
    return anna, peter


async def _photos(person: PersonClient) -> int:
    return len([each for each in await person.chat() if each.from_bot and each.kind == "photo"])


async def _asks_again(peter: PersonClient) -> str:
    sent = await peter.taps("Мои заказ-наряды")
    await peter.sees("Ваш заказ-наряд:", after=sent.id)
    await peter.presses("a00017732")
    await peter.sees("Вам приходило 3" if await _photos(peter) == 0 else "Вам приходил", after=sent.id)
    press = await peter.presses("Прислать ещё раз")
    return (await press.answer()).text


async def test_the_keys_are_there_from_the_greeting_on(world: World) -> None:
    peter = await world.client()
    assert await peter.keyboard() == (("✉️ Служба заботы",), ("📂 Мои заказ-наряды", "⚙️ Ещё"))


async def test_his_media_come_once_more_as_an_album_and_nothing_hidden(world: World) -> None:
    anna, peter = await _served(world)
    assert "3 файла" in await _asks_again(peter)
    await peter.sees_photo(count=6)
    await world.quiet()
    again = [each for each in await peter.chat() if each.from_bot and each.kind == "photo"][3:]
    assert len(again) == 3 and again[0].album == again[1].album != None and again[2].album is None  # noqa: E711
    assert [each.reply_to for each in again] == [None] * 3
    assert not [each for each in await peter.chat() if "тайна" in each.text]
    assert "клиенту доставлено 3." in (await anna.sees("сохранено 3 из 3")).text


async def test_a_caption_written_anew_is_mended_in_every_copy(world: World) -> None:
    anna, peter = await _served(world)
    await _asks_again(peter)
    await peter.sees_photo(count=6)
    await world.quiet()
    sent = next(each for each in await anna.chat() if each.text == "мотор")
    await anna.edits(sent.id, "двигатель")
    await peter.waits(lambda message: "двигатель" in message.text, "both copies", count=2)
    await world.quiet()
    assert not [each for each in await peter.chat() if "мотор" in each.text]


async def test_what_was_taken_back_does_not_come_once_more(world: World) -> None:
    anna, peter = await _served(world)
    sent = next(each for each in await anna.chat() if each.text == "мотор")
    await anna.replies(sent.id, "/undo")
    await world.quiet()
    assert "2 файла" in await _asks_again(peter)
    await world.quiet()
    assert not [each for each in await peter.chat() if "мотор" in each.text]


async def test_each_press_sends_them_once(world: World) -> None:
    _, peter = await _served(world)
    await _asks_again(peter)
    await peter.sees_photo(count=6)
    await world.quiet()
    await _asks_again(peter)
    await peter.sees_photo(count=9)
    await world.quiet()
    assert await _photos(peter) == 9


async def test_a_press_while_they_are_coming_starts_no_second_round(world: World) -> None:
    _, peter = await _served(world)
    await world.tg.fault("sendMediaGroup", server_error=502, times=3)
    await _asks_again(peter)
    press = await peter.presses("Прислать ещё раз")
    assert "уже идут" in (await press.answer()).text
    await peter.sees_photo(count=6)
    await world.quiet()
    assert await _photos(peter) == 6


async def test_media_of_a_closed_order_may_still_be_looked_at(world: World) -> None:
    _, peter = await _served(world)
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await _asks_again(peter)
    await peter.sees_photo(count=6)


async def test_an_order_that_is_no_longer_his_shows_nothing_once_more(world: World) -> None:
    _, peter = await _served(world)
    sent = await peter.taps("Мои заказ-наряды")
    await peter.sees("Ваш заказ-наряд:", after=sent.id)
    await peter.presses("a00017732")
    card = await peter.sees_button("Прислать ещё раз")
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await world.phone_is("a00017732", OTHER_PHONE)
    press = await peter.presses_data(card.id, card.button("Прислать ещё раз").data)
    assert "больше не ваш" in (await press.answer()).text
    await world.quiet()
    assert await _photos(peter) == 3


async def test_the_new_owner_of_a_phone_is_not_shown_what_the_old_one_saw(world: World) -> None:
    await _served(world)
    new = await world.client("Новый", PETERS_PHONE)
    sent = await new.taps("Мои заказ-наряды")
    await new.sees("Ваш заказ-наряд:", after=sent.id)
    await new.presses("a00017732")
    shown = await new.sees("ещё не приходили")
    assert shown.labels == []
    await world.quiet()
    assert await _photos(new) == 0


async def test_a_client_without_orders_is_told_whom_to_ask(world: World) -> None:
    maria = await world.client("Мария", "+375297770000")
    await maria.taps("Мои заказ-наряды")
    await maria.sees("Заказ-нарядов на ваш номер нет. Спросите мастера")


async def test_another_language_turns_his_keys_too(world: World) -> None:
    peter = await world.client()
    await peter.taps("Ещё")
    await peter.sees("Язык, получение сообщений")
    await peter.presses("English")
    await peter.sees("I will write in English")
    assert await peter.keyboard() == (("✉️ Customer care",), ("📂 My work orders", "⚙️ More"))
    await peter.taps("My work orders")
    await peter.sees("Your work order:")


async def test_he_stops_and_resumes_from_the_menu(world: World) -> None:
    peter = await world.client()
    await peter.taps("Ещё")
    await peter.sees("Язык, получение сообщений")
    await peter.presses("Не присылать больше")
    await peter.sees("Не присылать больше?")
    await peter.presses("Да, не присылать")
    stopped = await peter.sees("Больше ничего не придёт")
    await peter.taps("Ещё")
    await peter.sees("Язык, получение сообщений", after=stopped.id)
    await peter.presses("Присылать снова")
    await peter.sees("Снова присылаю")


async def test_a_client_who_asks_for_it_confirms_another_phone(world: World) -> None:
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    peter = await world.client()
    await peter.taps("Ещё")
    await peter.sees("Язык, получение сообщений")
    await peter.presses("Сменить номер")
    await peter.sees("Подтвердите новый номер")
    sent = await peter.shares_contact(phone_as=OTHER_PHONE)
    assert "b2" in (await peter.sees("подтверждён", after=sent.id)).text
    assert await world.rows("SELECT phone FROM bindings WHERE ended_at IS NULL") == [(OTHER_PHONE,)]
    assert await world.rows("SELECT count(*) FROM fsm") == [(0,)]


async def test_menu_brings_the_keys_back_in_a_talk_with_care_too(world: World) -> None:
    peter = await world.client()
    await peter.says("/menu")
    await peter.sees("Остальное на кнопках")
    await peter.taps("Служба заботы")
    await peter.sees("получит служба заботы")
    asked = await peter.says("/menu")
    await peter.sees("Остальное на кнопках", after=asked.id)
    assert await peter.keyboard() == (("Завершить",),)


async def test_what_he_asked_for_once_more_reaches_nobody_when_the_order_is_not_his_at_the_moment(world: World) -> None:
    anna, peter = await _served(world)
    ivan = await world.client("Иван", OTHER_PHONE)
    for method in ("sendMediaGroup", "sendPhoto"):
        await world.tg.fault(method, server_error=502, times=4, chat=peter)
    await _asks_again(peter)
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await world.phone_is("a00017732", OTHER_PHONE)
    card = await anna.sees("…6655")
    await anna.presses("Приёмка", on=card.id)
    await world.quiet()
    assert await _photos(peter) == 3 and await _photos(ivan) == 0
