"""A greasy hand and no time: he shoots before he has chosen, answers the wrong way, types in a hurry."""

from dealer_bot.sandbox import PersonClient, Photo
from tests.bot.world import World

OTHER_PHONE = "+375297776655"


async def _two_orders(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Anna was in b2, at its handing over, and is in a00017732 now; Ivan has asked her something."""
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    anna, peter, ivan = await world.employee("Анна"), await world.client(), await world.client("Иван", OTHER_PHONE)
    await world.enters(anna, "b2", "Выдача")
    await anna.says("Это Анна")
    await ivan.sees("Это Анна")
    await ivan.says("где скол?")
    await anna.sees("где скол?")
    await world.enters(anna)
    return anna, peter, ivan


async def _shots(person: PersonClient) -> int:
    return len([each for each in await person.chat() if each.from_bot and each.kind in ("photo", "video", "voice")])


async def test_what_he_films_before_the_stage_of_the_next_order_reaches_neither_client(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    asked = await anna.says("/order b2")
    card = await anna.sees("Автомобиль: 4455 АВ-7", after=asked.id)
    await anna.films(b"of which car?", caption="фильм")
    await anna.speaks(b"a word")
    await anna.sends_location()
    await anna.sees("Сначала выберите заказ-наряд: /order. Клиенту это не отправлено.", after=asked.id)
    await anna.sees("Снимки сохранены и никому не отправлены", after=asked.id)
    await world.quiet()
    assert await _shots(peter) == await _shots(ivan) == 0
    await anna.presses("Повреждения", on=card.id)
    await anna.sees("2 снимка без заказ-наряда", after=card.id)
    await anna.presses("Положить сюда")
    await ivan.sees("фильм")
    await world.until(lambda: len(world.kept("Damage", "b2")) == 2)
    assert await _shots(peter) == 0 and world.kept() == []


async def test_what_is_filmed_on_the_way_out_of_the_service_stage_is_no_clients(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    asked = await anna.taps("Заказ-наряд")
    await anna.sees("Какой заказ-наряд?", after=asked.id)
    await anna.films(b"begun in the service stage")
    await anna.sees("никому не отправлены", after=asked.id)
    await world.enters(anna)
    await world.quiet()
    assert not [each for each in await anna.chat() if "Положить в" in each.text]
    assert await _shots(peter) == 0


async def test_an_album_that_answers_another_orders_client_asks_once_and_goes_where_he_says(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    question = await anna.sees("где скол?")
    sent = await anna.shoots(b"1", "вот скол", album="301", reply_to=question.id)
    await anna.shoots(b"2", album="301")
    asked = await anna.sees("Ждёт: 2", after=sent.id)
    await world.quiet()
    assert await _shots(peter) == await _shots(ivan) == 0
    await anna.presses("b2 · 4455 АВ-7 · Выдача", on=asked.id)
    await ivan.sees_photo(count=2)
    late = await anna.shoots(b"3", album="301", reply_to=question.id)
    await ivan.sees_photo(count=3)
    await world.until(lambda: len(world.kept("Issue", "b2")) == 3)
    assert await _shots(peter) == 0
    refused = await anna.replies(question.id, "вот здесь")
    await anna.sees("Клиенту ничего не отправлено", after=refused.id)
    assert not [each for each in await anna.chat() if each.id > late.id and "Куда положить" in each.text]


async def test_a_reply_to_another_order_may_have_been_meant_for_the_one_he_is_in(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    question = await anna.sees("где скол?")
    await anna.shoots(b"mine", "капот", reply_to=question.id)
    asked = await anna.sees("Куда положить?")
    await anna.presses("a00017732 · 0124 МН-1 · Приёмка", on=asked.id)
    assert (await peter.sees("капот")).reply_to is None
    await world.quiet()
    assert await _shots(ivan) == 0


async def test_a_reply_to_the_line_or_the_card_of_another_order_is_about_that_one(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    line = await anna.sees("b2: сообщение доставлено.")
    card = await anna.sees("Автомобиль: 4455 АВ-7")
    for shown in (line, card):
        said = await anna.replies(shown.id, "и масло тоже")
        await anna.sees("Это сообщение по b2, а вы сейчас не в нём", after=said.id)
    await anna.shoots(b"of b2", "масло", reply_to=line.id)
    asked = await anna.sees("Куда положить?")
    await anna.presses("b2 · 4455 АВ-7 · Выдача", on=asked.id)
    await ivan.sees("масло")
    await world.quiet()
    assert await _shots(peter) == 0 and not [each for each in await peter.chat() if "масло" in each.text]


async def test_what_waits_for_his_word_is_deleted_by_undo(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.hours_pass(3)
    mistaken = await anna.says("не то написала")
    await anna.shoots(b"but this", "нужный кадр")
    question = await anna.sees("Ждёт: 2")
    await anna.replies(mistaken.id, "/undo")
    await anna.sees("Удалено: клиенту это ещё не уходило.")
    await anna.sees("Ждёт: 1")
    await anna.presses("Да, a00017732", on=question.id)
    await peter.sees("нужный кадр")
    await anna.replies(mistaken.id, "/undo")
    await anna.sees("Отзывать нечего")
    assert not [each for each in await peter.chat() if "не то" in each.text]


async def test_the_keyboard_of_an_order_stays_while_he_is_in_it_and_speaks_his_language(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    asked = await anna.starts()
    await anna.sees("Здравствуйте, Анна!", after=asked.id)
    assert await anna.keyboard() == (("Заказ-наряд", "Стадия", "Закончить"),)
    asked = await anna.says("/language")
    await anna.sees("На каком языке", after=asked.id)
    await anna.presses("English")
    await anna.sees("English", after=asked.id + 1)
    assert await anna.keyboard() == (("Work order", "Stage", "Finish"),)
    await anna.taps("Finish")
    await anna.sees("Done", after=asked.id)


async def test_a_command_is_one_in_capitals_and_with_a_name_and_none_under_a_photo(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
    asked = await anna.says("/Order@some_bot b2")
    await anna.sees("Автомобиль: 4455 АВ-7", after=asked.id)
    await world.enters(anna)
    shot = await anna.shoots(b"of which car?", caption="/order b2")
    await anna.sees("Снимки сохранены и никому не отправлены", after=shot.id)
    stranger = await world.tg.person("Чужой")
    await stranger.says("/start@some_bot")
    await stranger.sees("Подтвердите, пожалуйста")
    await world.quiet()
    assert await _shots(peter) == 0
    assert await world.rows("SELECT count(*) FROM inbox WHERE state = 'dead'") == [(0,)]


async def test_who_lets_the_bot_in_again_and_just_writes_gets_what_waited_and_the_answer(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await peter.blocks()
    await anna.sends_album([Photo(b"1"), Photo(b"2")], caption="пока вас не было")
    await anna.sees("Клиент заблокировал бота")
    await peter.unblocks()
    await world.quiet()
    assert await _shots(peter) == 0
    await peter.says("я снова здесь")
    await peter.sees("С возвращением! Сейчас придут 2 сообщения")
    await peter.sees("пока вас не было")
    await anna.sees("я снова здесь")
    await anna.says("Хорошо")
    await peter.sees("Хорошо")
