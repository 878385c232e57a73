"""Questions asked before something changed, and people who left: nothing reaches whom it was not meant for."""

from dealer_bot.app import clock
from dealer_bot.cli import user_changes
from dealer_bot.cli.tongue import Tongue
from dealer_bot.domain.people import Role
from dealer_bot.services.people_changes import Changes
from tests.bot.world import ORDER, World

OTHER_PHONE = "+375297776655"


async def test_a_question_about_one_stage_is_not_answered_in_another(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await anna.shoots(b"no order yet")
    await anna.sees("Заказ-наряд не выбран")
    await world.enters(anna, stage="Для сервисных нужд")
    question = await anna.sees_button("Положить сюда")
    await world.enters(anna, stage="Приёмка")
    press = await anna.presses_data(question.id, question.button("Положить сюда").data)
    assert "о другом месте" in (await press.answer()).text
    await world.quiet()
    assert not [each for each in await peter.chat() if each.from_bot and each.kind == "photo"]


async def test_what_was_shot_for_the_service_is_never_offered_to_a_stage_that_clients_see(world: World) -> None:
    world.add_order({"order": "b2", "phone": OTHER_PHONE})
    anna, ivan = await world.employee("Анна"), await world.client("Иван", OTHER_PHONE)
    await world.knows("b2")
    await world.enters(anna, stage="Для сервисных нужд")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await anna.shoots(b"secret", caption="тайно")
    await anna.sees("закрыт")
    await world.enters(anna, "b2", "Выдача")
    await world.quiet()
    assert not [each for each in await anna.chat() if each.button("Положить сюда")]
    assert not [each for each in await ivan.chat() if "тайно" in each.text or (each.from_bot and each.kind == "photo")]


async def test_the_former_clients_words_do_not_reach_the_new_one(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    ivan = await world.client("Иван", OTHER_PHONE)
    await world.enters(anna)
    await anna.says("Для Петра")
    await peter.sees("Для Петра")
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await anna.sees("…6655")
    await anna.presses("Приёмка")
    asked = await peter.says("это не моя машина")
    heard = await anna.sees("это не моя машина")
    await peter.sees("Передано", after=asked.id)
    await anna.replies(heard.id, "Извините, ошибка в номере")
    await peter.sees("Извините, ошибка в номере")
    await world.quiet()
    assert not [each for each in await ivan.chat() if "Извините" in each.text]


async def test_what_waited_for_a_client_who_is_let_in_again_goes_though_his_order_is_closed(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.change(peter, active=0)
    await anna.shoots(b"while he was out", caption="пока не пускали")
    await anna.sees("сохранено 1")
    await world.holds("inactive")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    let_in = Changes(role=None, name=None, phone=None, active=True)
    await world.app.database.write(user_changes.change, str(peter.id), "BY", let_in, Tongue("ru"), clock())
    await peter.sees("пока не пускали")


async def test_who_has_left_learns_nothing_new_of_the_order_he_was_in(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await world.change(anna, active=0)
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE, "client_name": "Секретов"})
    await world.phone_is("a00017732", OTHER_PHONE)
    await world.quiet(for_s=2)
    assert not [each for each in await anna.chat() if "6655" in each.text or "Секретов" in each.text]


async def test_who_has_left_the_care_can_not_change_what_he_told_a_client(world: World) -> None:
    olga, maria = await world.employee("Ольга", role=Role.CARE), await world.client("Мария", "+375297770000")
    await maria.says("вопрос")
    asked = await olga.sees("вопрос")
    answer = await olga.replies(asked.id, "ответ")
    await maria.sees("ответ")
    await world.change(olga, role=int(Role.CLIENT))
    await olga.edits(answer.id, "подмена")
    await olga.reacts(answer.id, "👍")
    await world.quiet()
    assert not await world.rows("SELECT 1 FROM outbox WHERE reaction IS NOT NULL")
    assert not [each for each in await maria.chat() if "подмена" in each.text]


async def test_a_message_whose_reader_left_finds_somebody_else(world: World) -> None:
    anna = await world.employee("Анна")
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    peter = await world.client()
    await world.enters(anna)
    await anna.says("Здравствуйте")
    await peter.sees(":\nЗдравствуйте")
    await world.tg.fault("sendMessage", server_error=502, times=1, chat=anna)
    await peter.says("вы здесь?")
    await world.change(anna, active=0)
    await boss.sees("вы здесь?")


async def test_a_share_with_a_stray_folder_in_its_mount_point_loses_nothing(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await world.state_is("a00017732", "open")
    world.store.rename(world.folder / "share")
    (world.store / "lost+found").mkdir(parents=True)
    await anna.shoots(b"while it is away")
    await world.quiet(for_s=2)
    (world.store / "lost+found").rmdir()
    world.store.rmdir()
    (world.folder / "share").rename(world.store)
    await anna.sees("сохранено 1 из 1")


async def test_a_client_who_blocked_and_came_back_before_confirming_gets_everything(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    peter = await world.tg.person("Пётр", phone=ORDER["phone"])
    await peter.starts()
    await peter.sees("Подтвердите")
    await peter.blocks()
    await peter.unblocks()
    await peter.starts()
    await peter.shares_contact()
    await peter.sees("подтверждён")
    await anna.shoots(b"for him")
    await peter.sees_photo()


async def test_another_car_under_an_old_number_gets_nothing_of_the_former_one(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"of the former car", caption="прежняя")
    await anna.sees("сохранено 1 из 1")
    await world.app.stop()
    (world.store / "a00017732").rename(world.folder / "archive")
    world.add_order(ORDER | {"phone": OTHER_PHONE, "barcode": "1" * 37, "plate_number": "7777 КК-7"})
    await world.start_bot()
    await world.phone_is("a00017732", OTHER_PHONE)
    await world.enters(anna)
    ivan = await world.client("Иван", OTHER_PHONE)
    await boss.sees("теперь другой автомобиль")
    await world.quiet()
    assert not [
        each for each in await ivan.chat() if "прежняя" in each.text or (each.from_bot and each.kind == "photo")
    ]
    await anna.shoots(b"of the new car", caption="новая")
    await ivan.sees("новая")
    told = await world.rows("SELECT o.phone, o.state, m.text FROM messages m JOIN orders o ON o.id = m.order_id")
    assert told == [(ORDER["phone"], "gone", "прежняя"), (OTHER_PHONE, "open", "новая")]
    await world.until(lambda: len(world.kept()) == 1)
    assert await world.rows("SELECT seq FROM media WHERE order_id = 2") == [(1,)]


async def test_the_last_admin_keeps_his_level_when_he_shares_his_contact(world: World) -> None:
    boss = await world.tg.person("Директор", phone="+375291119999", user_id=777)
    await boss.starts()
    await boss.sees("отправьте /order")
    await world.expects("Директор", "+375291119999", Role.EMPLOYEE)
    await boss.shares_contact()
    await boss.sees("подтверждён")
    assert await world.rows("SELECT role, active FROM people WHERE address = 'tg:777'") == [(int(Role.ADMIN), 1)]


async def test_a_reopened_order_sends_nothing_to_a_phone_that_nobody_has_confirmed(world: World) -> None:
    anna, ivan = await world.employee("Анна"), await world.client("Иван", OTHER_PHONE)
    await world.enters(anna)
    await world.state_is("a00017732", "open")
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await anna.sees("…6655")
    await anna.shoots(b"before the closing", caption="кадр")
    await anna.sees("Телефон клиента в заказ-наряде изменился")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    (world.store / "a00017732 closed").rename(world.store / "a00017732")
    await world.state_is("a00017732", "open")
    await world.quiet(for_s=2)
    assert not [each for each in await ivan.chat() if "кадр" in each.text]


async def test_care_is_told_when_its_answer_can_not_reach_the_client(world: World) -> None:
    vera, maria = await world.employee("Вера", role=Role.CARE), await world.client("Мария", "+375297770000")
    await maria.says("вопрос")
    asked = await vera.sees("вопрос")
    await world.change(maria, active=0)
    await vera.replies(asked.id, "ответ")
    await vera.sees("Этот клиент сейчас не подключён")
    await world.quiet()
    assert not [each for each in await maria.chat() if each.from_bot and "ответ" in each.text]
