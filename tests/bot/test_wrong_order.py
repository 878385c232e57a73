"""The wrong order is the worst mistake: after a pause, after a switch and without an order he is asked first."""

from dealer_bot.sandbox import PersonClient, Photo, Video
from tests.bot.world import ORDER, World

OTHER_PHONE = "+375297776655"


async def _two_orders(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    world.add_order({"order": "b2", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    return await world.employee("Анна"), await world.client(), await world.client("Иван", OTHER_PHONE)


async def test_after_a_pause_the_first_photo_waits_until_he_says_that_it_is_still_this_order(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Повреждения")
    await world.hours_pass(3)
    await anna.shoots(b"still here?", caption="кадр")
    question = await anna.sees("Всё ещё a00017732, Повреждения?")
    await world.quiet()
    assert world.kept("Damage") == [] and not [each for each in await peter.chat() if "кадр" in each.text]
    await anna.presses("Да, a00017732", on=question.id)
    await peter.sees("кадр")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await anna.shoots(b"and on", caption="следом")
    await peter.sees("следом")
    await anna.sees("a00017732, Повреждения: положено 1")
    assert not [each for each in await anna.chat() if "Всё ещё" in each.text and each.id != question.id]
    await world.until(lambda: len(world.kept("Damage")) == 2)


async def test_all_that_follows_until_the_answer_joins_what_waits_and_goes_in_order(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.says("первое")
    await anna.shoots(b"one", caption="второе")
    await anna.sends_album([Photo(b"two"), Video(b"three")], caption="третье")
    question = await anna.sees("Ждёт: 4")
    await world.quiet()
    assert not [each for each in await peter.chat() if "ое" in each.text]
    await anna.presses("Да, a00017732", on=question.id)
    await peter.sees("третье")
    await anna.sees("сохранено 3 из 3, клиенту доставлено 3.")
    texts = [each.text for each in await peter.chat() if each.from_bot]
    order = [next(i for i, text in enumerate(texts) if words in text) for words in ("первое", "второе", "третье")]
    assert order == sorted(order)


async def test_the_question_lives_through_a_restart_and_is_answered_once(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.shoots(b"kept over night", caption="кадр")
    question = await anna.sees("Всё ещё a00017732")
    yes = question.button("Да").data
    await world.app.stop()
    await world.start_bot()
    await anna.shoots(b"the second", caption="второй кадр")
    await anna.sees("Ждёт: 2")
    await anna.presses_data(question.id, yes)
    await peter.sees("второй кадр")
    press = await anna.presses_data(question.id, yes)
    assert "уже отвечено" in (await press.answer()).text
    await world.quiet()
    assert len([each for each in await peter.chat() if each.kind == "photo"]) == 2 and len(world.kept()) == 2


async def test_another_orders_button_takes_what_waits_and_its_author_there(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.enters(anna, "b2", "Выдача")
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.shoots(b"of the other car", caption="кадр")
    question = await anna.sees("Всё ещё a00017732")
    await anna.presses("b2 · 4455 АВ-7 · Выдача", on=question.id)
    await ivan.sees("кадр")
    await anna.says("готово")
    await ivan.sees("готово")
    await world.quiet()
    assert not [each for each in await peter.chat() if "кадр" in each.text or "готово" in each.text]
    await world.until(lambda: [each.read_bytes() for each in world.kept("Issue", "b2")] == [b"of the other car"])
    await anna.sees_pinned("b2 · ")


async def test_a_third_order_is_found_first_and_then_asked_about(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.says("машина готова")
    question = await anna.sees("Всё ещё a00017732")
    await anna.presses("Другой заказ-наряд", on=question.id)
    await anna.sees("Какой заказ-наряд?")
    await anna.says("b2")
    await anna.sees("Автомобиль: 4455 АВ-7")
    await anna.presses("Выдача")
    await anna.sees_button("Положить сюда")
    await anna.presses("Положить сюда")
    await ivan.sees("машина готова")
    await world.quiet()
    assert not [each for each in await peter.chat() if "машина готова" in each.text]


async def test_coming_back_to_the_order_by_its_card_is_activity(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.hours_pass(3)
    await world.enters(anna)
    await anna.shoots(b"asked already", caption="кадр")
    await peter.sees("кадр")


async def test_a_reply_to_a_message_of_the_order_needs_no_question(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Здравствуйте")
    await peter.sees(":\nЗдравствуйте")
    await anna.sees("сообщение доставлено")
    await peter.says("когда готово?")
    asked = await anna.sees("когда готово?")
    await world.hours_pass(3)
    await anna.replies(asked.id, "завтра к 12")
    await peter.sees("завтра к 12")


async def test_a_hidden_stage_stays_hidden_after_the_question(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Для сервисных нужд")
    await world.hours_pass(3)
    await anna.shoots(b"secret", caption="тайно")
    question = await anna.sees("Всё ещё a00017732")
    await anna.presses("Да, a00017732", on=question.id)
    await anna.sees("Клиенту не отправляется")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Service")] == [b"secret"])
    assert not [each for each in await peter.chat() if "тайно" in each.text or (each.from_bot and each.kind == "photo")]


async def test_what_was_shot_for_the_service_does_not_go_to_a_visible_stage_by_another_orders_button(
    world: World,
) -> None:
    anna, _, ivan = await _two_orders(world)
    await world.enters(anna, "b2", "Выдача")
    await world.enters(anna, stage="Для сервисных нужд")
    await world.hours_pass(3)
    await anna.shoots(b"secret", caption="тайно")
    question = await anna.sees("Всё ещё a00017732")
    press = await anna.presses("b2 · 4455 АВ-7 · Выдача", on=question.id)
    assert "сервисных нужд" in (await press.answer()).text
    await world.quiet()
    assert not [each for each in await ivan.chat() if "тайно" in each.text]


async def test_a_video_just_after_a_switch_asks_which_of_the_two(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.enters(anna)
    await world.enters(anna, "b2", "Выдача")
    await anna.films(b"begun in the first order", caption="фильм")
    question = await anna.sees("к какому заказ-наряду")
    await anna.shoots(b"a photo is quick", caption="кадр")
    await ivan.sees("кадр")
    await world.quiet()
    assert not [each for each in (*await peter.chat(), *await ivan.chat()) if "фильм" in each.text]
    await anna.presses("a00017732 · 0124 МН-1 · Приёмка", on=question.id)
    await peter.sees("фильм")
    await anna.says("вы там?")
    await ivan.sees("вы там?")
    await world.until(lambda: [each.read_bytes() for each in world.kept()] == [b"begun in the first order"])
    assert not [each for each in await ivan.chat() if "фильм" in each.text]


async def test_the_answer_may_be_the_new_order_too(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.enters(anna, stage="Для сервисных нужд")
    await world.enters(anna, "b2", "Выдача")
    await anna.sends_file("смета.pdf", b"a paper", "application/pdf", caption="смета")
    question = await anna.sees("к какому заказ-наряду")
    await anna.presses("b2 · 4455 АВ-7 · Выдача", on=question.id)
    await ivan.sees("смета")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    assert len(world.kept("Issue", "b2")) == 1
    assert not [each for each in await peter.chat() if "смета" in each.text]


async def test_leaving_and_entering_another_order_is_a_switch_too(world: World) -> None:
    anna, _, ivan = await _two_orders(world)
    await world.enters(anna)
    await anna.taps("Закончить")
    await anna.sees("Готово")
    await world.enters(anna, "b2")
    await anna.films(b"whose", caption="фильм")
    await anna.sees("к какому заказ-наряду")
    await world.quiet()
    assert not [each for each in await ivan.chat() if "фильм" in each.text]


async def test_a_first_entry_and_a_change_of_stage_are_no_switch(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.films(b"one", caption="первый фильм")
    await peter.sees("первый фильм")
    await world.enters(anna, stage="Выдача")
    await anna.films(b"two", caption="второй фильм")
    await peter.sees("второй фильм")


async def test_a_minute_after_the_switch_nothing_is_asked(world: World) -> None:
    anna, _, ivan = await _two_orders(world)
    await world.enters(anna)
    await world.enters(anna, "b2")
    await world.hours_pass(61 / 3600)
    await anna.films(b"slowly", caption="фильм")
    await ivan.sees("фильм")


async def test_siblings_of_an_album_wait_with_the_first_and_follow_its_answer(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.enters(anna)
    await world.enters(anna, "b2")
    sent = await anna.sends_album([Video(b"one"), Photo(b"two")], caption="альбом")
    question = await anna.sees("Ждёт: 2")
    await anna.presses("a00017732 · 0124 МН-1 · Приёмка", on=question.id)
    await peter.sees("альбом")
    await anna.shoots(b"late", album=sent[0].album)
    await anna.sees("сохранено 3 из 3, клиенту доставлено 3.")
    assert len(world.kept()) == 3 and world.kept(number="b2") == []
    assert not [each for each in await ivan.chat() if each.from_bot and each.kind != "text"]


async def test_the_answer_of_a_question_whose_order_has_closed_says_so(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.shoots(b"too late")
    question = await anna.sees("Всё ещё a00017732")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    press = await anna.presses_data(question.id, question.button("Да").data)
    assert "закрыт" in (await press.answer()).text
    assert not (world.store / "a00017732 closed" / "Acceptance").exists()


async def test_a_question_about_a_client_nobody_has_confirmed_shows_the_card_first(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    ivan = await world.client("Иван", OTHER_PHONE)
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.shoots(b"for whom", caption="кадр")
    question = await anna.sees("Всё ещё a00017732")
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await world.phone_is("a00017732", OTHER_PHONE)
    press = await anna.presses_data(question.id, question.button("Да").data)
    assert "Карточка изменилась" in (await press.answer()).text
    await world.quiet()
    for person in (peter, ivan):
        assert not [each for each in await person.chat() if "кадр" in each.text]
    await anna.presses("Приёмка")
    await anna.sees_button("Положить сюда")
    await anna.presses("Положить сюда")
    await ivan.sees("кадр")


async def test_somebody_elses_question_and_a_forged_one_are_not_answered(world: World) -> None:
    anna, boris = await world.employee("Анна"), await world.employee("Борис", "+375291112244")
    peter = await world.client()
    await world.enters(anna)
    await world.hours_pass(3)
    await anna.shoots(b"hers", caption="кадр")
    question = await anna.sees("Всё ещё a00017732")
    (last,) = (await boris.chat())[-1:]
    press = await boris.presses_data(last.id, question.button("Да").data)
    assert "уже отвечено" in (await press.answer()).text
    await world.quiet()
    assert not [each for each in await peter.chat() if "кадр" in each.text]


async def test_what_was_shot_with_no_order_is_placed_by_a_recent_orders_button_or_deleted(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.taps("Закончить")
    await anna.sees("Готово")
    await anna.shoots(b"where to", caption="кадр")
    question = await anna.sees("Заказ-наряд не выбран. Снимки")
    await anna.presses("a00017732 · 0124 МН-1 · Приёмка", on=question.id)
    await peter.sees("кадр")
    await anna.sees("дальше снимайте сюда")
    await anna.taps("Закончить")
    await world.quiet()
    await world.hours_pass(1)
    await anna.shoots(b"nowhere", caption="лишний")
    question = await anna.sees("Заказ-наряд не выбран. Снимки", after=question.id)
    await anna.presses("Удалить", on=question.id)
    await anna.sees("Удалено")
    await world.enters(anna)
    await world.quiet()
    assert not [each for each in await anna.chat() if each.button("Положить сюда")]
    assert not [each for each in await peter.chat() if "лишний" in each.text] and len(world.kept()) == 1
