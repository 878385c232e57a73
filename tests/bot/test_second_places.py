"""Shot into the wrong order: "Не туда" brings it to the right one, files, words and copies."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import Photo
from tests.bot.between_two_orders import HERE, THERE, got, journal, moves, pictures, two_orders
from tests.bot.world import World


async def test_a_burst_moves_with_its_files_and_words_and_the_first_client_keeps_nothing(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await anna.shoots(b"one", caption="кадр 1")
    await anna.sends_album([Photo(b"two"), Photo(b"three")], caption="кадр 2")
    await anna.says("кадр 3 словами")
    await peter.sees("кадр 3")
    await anna.sees("сохранено 3 из 3, клиенту доставлено 3.")
    await moves(anna, THERE)
    await ivan.sees("кадр 3")
    await anna.sees("Выдача, b2: сохранено 3 из 3, клиенту доставлено 3.")
    await anna.sees("Отозвано у клиента: 4.")
    assert await pictures(peter) == [] and await got(peter, "кадр") == 0
    await world.until(lambda: {each.read_bytes() for each in world.kept("Issue", "b2")} == {b"one", b"two", b"three"})
    assert world.kept() == []
    texts = [each.text for each in await ivan.chat() if "кадр" in each.text]
    assert [text.partition("кадр ")[2][0] for text in texts] == ["1", "2", "3"]
    assert "b2" in texts[0] and "a00017732" not in "".join(texts)


async def test_both_folders_explain_themselves_after_the_move(world: World) -> None:
    anna, _, ivan = await two_orders(world)
    await anna.shoots(b"one")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await moves(anna, THERE)
    await ivan.sees_photo()
    await anna.sees("Выдача, b2: сохранено 1 из 1, клиенту доставлено 1.")
    await world.until(lambda: journal(world, "a00017732") == [] and len(journal(world, "b2")) == 1)
    assert journal(world, "b2") == [f"Issue/{world.kept('Issue', 'b2')[0].name}"]


async def test_who_was_in_the_wrong_order_goes_on_in_the_right_one(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await moves(anna, THERE)
    await anna.sees("дальше снимайте сюда")
    await anna.says("следом")
    await ivan.sees("следом")
    assert await got(peter, "следом") == 0
    await anna.sees_pinned("b2 · ")


async def test_there_and_back_again(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await anna.sees("Выдача, b2: сохранено 1 из 1, клиенту доставлено 1.")
    await moves(anna, HERE)
    await anna.sees("Приёмка, a00017732: сохранено 1 из 1, клиенту доставлено 1.")
    await world.quiet()
    assert await got(peter, "кадр") == 1 and await got(ivan, "кадр") == 0
    await world.until(
        lambda: [each.read_bytes() for each in world.kept()] == [b"one"] and world.kept("Issue", "b2") == []
    )


async def test_a_second_press_of_the_same_button_moves_nothing_twice(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await anna.sees_button("Не туда")
    await anna.presses("Не туда")
    choice = await anna.sees_button(THERE)
    await anna.presses(THERE, on=choice.id)
    press = await anna.presses(THERE, on=choice.id)
    assert "уже там" in (await press.answer()).text
    await ivan.sees("кадр")
    await world.quiet()
    assert await got(ivan, "кадр") == 1 and await got(peter, "кадр") == 0


async def test_half_of_the_burst_is_still_being_fetched(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await anna.shoots(b"quick", caption="кадр 1")
    await peter.sees("кадр 1")
    await world.tg.fault("getFile", server_error=502, times=4)
    await anna.shoots(b"slow", caption="кадр 2")
    await anna.sees("сохранено 1 из 2")
    await moves(anna, THERE)
    await ivan.sees("кадр 2")
    await anna.sees("Выдача, b2: сохранено 2 из 2, клиенту доставлено 2.")
    assert await got(peter, "кадр") == 0 and world.kept() == []
    await world.until(lambda: {each.read_bytes() for each in world.kept("Issue", "b2")} == {b"quick", b"slow"})


async def test_a_move_goes_on_after_a_restart(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await anna.sees_button("Не туда")
    await anna.presses("Не туда")
    choice = await anna.sees_button(THERE)
    await world.app.stop()
    await anna.presses_data(choice.id, choice.button(THERE).data)
    await world.tg.fault("deleteMessage", server_error=502, times=2)
    await world.start_bot()
    await ivan.sees("кадр")
    await world.app.stop()
    await world.start_bot()
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0
    await world.until(lambda: world.kept() == [] and len(world.kept("Issue", "b2")) == 1)


async def test_what_has_not_gone_yet_is_withdrawn_and_never_arrives(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await world.tg.fault("sendPhoto", too_many_requests=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await world.quiet(for_s=4)
    assert await got(peter, "кадр") == 0


async def test_a_send_in_flight_is_waited_for_and_then_taken_back(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await world.tg.fault("sendPhoto", slow=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0


async def test_towards_the_service_stage_a_send_in_flight_is_settled_first(world: World) -> None:
    anna, peter, _ = await two_orders(world)
    await world.tg.fault("sendPhoto", slow=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, "a00017732 · 0124 МН-1 · Для сервисных нужд")
    await anna.sees("Для сервисных нужд, a00017732: сохранено 1 из 1")
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0
    await world.until(lambda: [each.read_bytes() for each in world.kept("Service")] == [b"one"] and world.kept() == [])
    assert await world.rows("SELECT hidden FROM media") == [(1,)]


async def test_a_send_in_flight_when_the_bot_dies_does_not_come_again_after_the_move(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await world.tg.fault("sendPhoto", cut_after=True, times=1, chat=peter)
    await world.tg.fault("sendPhoto", slow=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await world.quiet(for_s=4)
    assert await got(peter, "кадр") <= 1


async def test_what_was_shot_for_the_service_can_not_be_moved_to_a_client(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await world.enters(anna, stage="Для сервисных нужд")
    await anna.shoots(b"secret", caption="тайно")
    status = await anna.sees("Клиенту не отправляется")
    await anna.presses("Не туда", on=status.id)
    choice = await anna.sees("Куда перенести?")
    assert not [label for label in choice.labels if "Приёмка" in label or "Выдача" in label]
    burst = status.button("Не туда").data.partition(":")[2]
    enter = next(each for each in await anna.chat() if each.button("Выдача") and "b2" in each.text)
    stage = enter.button("Выдача").data.split(":")[2]
    press = await anna.presses_data(choice.id, f"j1:{burst}:2:{stage}")
    assert "сервисных нужд" in (await press.answer()).text
    await world.quiet()
    assert await got(ivan, "тайно") == 0 and await got(peter, "тайно") == 0


async def test_a_file_that_people_changed_stays_and_the_admin_is_told(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna, peter, _ = await two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    (kept,) = world.kept()
    kept.write_bytes(b"painted over by the office")
    await moves(anna, THERE)
    await anna.sees("Выдача, b2: сохранено 1 из 1")
    await boss.sees("изменили")
    assert kept.read_bytes() == b"painted over by the office"
    await world.until(lambda: [each.read_bytes() for each in world.kept("Issue", "b2")] == [b"one"])
    assert await got(peter, "кадр") == 0


async def test_the_right_order_may_be_looked_for_first(world: World) -> None:
    world.add_order({"order": "c3", "phone": "+375291234567", "plate_number": "7777 КК-7"})
    await world.knows("c3")
    anna, peter, _ = await two_orders(world)
    maria = await world.client("Мария", "+375291234567")
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await anna.sees_button("Не туда")
    await anna.presses("Не туда")
    await anna.sees_button("Другой заказ-наряд")
    await anna.presses("Другой заказ-наряд")
    await anna.sees("Какой заказ-наряд?")
    await anna.says("c3")
    await anna.sees("7777 КК-7")
    await anna.presses("Выдача")
    await anna.sees_button("Перенести сюда")
    await anna.presses("Перенести сюда")
    await maria.sees("кадр")
    await anna.presses("Другой заказ-наряд")
    asked = await anna.says("нет такого")
    await anna.sees("ничего не нашлось", after=asked.id)
    await anna.presses("Вернуться в c3")
    await anna.sees("c3, Выдача. Снимайте", after=asked.id)
    await world.quiet()
    assert await got(peter, "кадр") == 0
    assert not [each for each in await anna.chat() if each.id > asked.id and "ушло не туда" in each.text]


async def test_late_siblings_of_a_moved_album_follow_it(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    sent = await anna.sends_album([Photo(b"one"), Photo(b"two")], caption="альбом")
    await peter.sees("альбом")
    await anna.sees("сохранено 2 из 2, клиенту доставлено 2.")
    await moves(anna, THERE)
    await ivan.sees("альбом")
    await anna.shoots(b"late", album=sent[0].album)
    await anna.sees("Выдача, b2: сохранено 3 из 3, клиенту доставлено 3.")
    assert await pictures(peter) == [] and len(world.kept("Issue", "b2")) == 3


async def test_an_edit_after_the_move_reaches_the_right_client_alone(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    said = await anna.says("готово завтра")
    await peter.sees("готово завтра")
    await anna.sees("сообщение доставлено")
    await moves(anna, THERE)
    await ivan.sees("готово завтра")
    await anna.edits(said.id, "готово сегодня " + "и ещё очень долго " * 300)
    await ivan.sees("готово сегодня")
    await world.quiet()
    assert await got(peter, "готово") == 0 and await got(peter, "долго") == 0
