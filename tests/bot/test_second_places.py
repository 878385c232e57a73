"""Shot into the wrong order: "Не туда" brings it to the right one, "Отозвать" takes it from the client's chat."""

import json
from pathlib import Path

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient, Photo
from tests.bot.world import ORDER, World

OTHER_PHONE = "+375297776655"
THERE = "b2 · 4455 АВ-7 · Выдача"
HERE = "a00017732 · 0124 МН-1 · Приёмка"


async def _two_orders(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Anna has been in both; she is in the first one now."""
    world.add_order({"order": "b2", "barcode": "1" * 37, "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    await world.knows("b2")
    anna, peter, ivan = await world.employee("Анна"), await world.client(), await world.client("Иван", OTHER_PHONE)
    await world.enters(anna, "b2", "Выдача")
    await world.enters(anna)
    return anna, peter, ivan


async def got(person: PersonClient, words: str) -> int:
    """How many pictures and texts of the dealership with these words he sees now."""
    return len([each for each in await person.chat() if each.from_bot and words in each.text])


async def pictures(person: PersonClient) -> list[str]:
    return [each.kind for each in await person.chat() if each.from_bot and each.kind in ("photo", "video", "document")]


async def moves(anna: PersonClient, where: str) -> None:
    await anna.sees_button("Не туда")
    await anna.presses("Не туда")
    choice = await anna.sees_button(where)
    await anna.presses(where, on=choice.id)


def journal(world: World, number: str) -> list[str]:
    path: Path = world.store / number / ".dealer_bot" / "media.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line)["file"] for line in lines]


async def test_a_burst_moves_with_its_files_and_words_and_the_first_client_keeps_nothing(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
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
    anna, _, ivan = await _two_orders(world)
    await anna.shoots(b"one")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await moves(anna, THERE)
    await ivan.sees_photo()
    await anna.sees("Выдача, b2: сохранено 1 из 1, клиенту доставлено 1.")
    await world.until(lambda: journal(world, "a00017732") == [] and len(journal(world, "b2")) == 1)
    assert journal(world, "b2") == [f"Issue/{world.kept('Issue', 'b2')[0].name}"]


async def test_who_was_in_the_wrong_order_goes_on_in_the_right_one(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await moves(anna, THERE)
    await anna.sees("дальше снимайте сюда")
    await anna.says("следом")
    await ivan.sees("следом")
    assert await got(peter, "следом") == 0
    await anna.sees_pinned("b2 · ")


async def test_there_and_back_again(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
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
    anna, peter, ivan = await _two_orders(world)
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
    anna, peter, ivan = await _two_orders(world)
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
    anna, peter, ivan = await _two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await peter.sees("кадр")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await anna.sees_button("Не туда")
    await anna.presses("Не туда")
    choice = await anna.sees_button(THERE)
    await world.app.stop()
    await anna.presses_data(choice.id, choice.button(THERE).data)
    await world.tg.fault("deleteMessages", server_error=502, times=2)
    await world.start_bot()
    await ivan.sees("кадр")
    await world.app.stop()
    await world.start_bot()
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0
    await world.until(lambda: world.kept() == [] and len(world.kept("Issue", "b2")) == 1)


async def test_what_has_not_gone_yet_is_withdrawn_and_never_arrives(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.tg.fault("sendPhoto", too_many_requests=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await world.quiet(for_s=4)
    assert await got(peter, "кадр") == 0


async def test_a_send_in_flight_is_waited_for_and_then_taken_back(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    await world.tg.fault("sendPhoto", slow=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0


async def test_towards_the_service_stage_a_send_in_flight_is_settled_first(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
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
    anna, peter, ivan = await _two_orders(world)
    await world.tg.fault("sendPhoto", cut_after=True, times=1, chat=peter)
    await world.tg.fault("sendPhoto", slow=3, times=1, chat=peter)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await moves(anna, THERE)
    await ivan.sees("кадр")
    await world.quiet(for_s=4)
    assert await got(peter, "кадр") <= 1


async def test_what_was_shot_for_the_service_can_not_be_moved_to_a_client(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
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
    anna, peter, _ = await _two_orders(world)
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
    anna, peter, _ = await _two_orders(world)
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
    anna, peter, ivan = await _two_orders(world)
    sent = await anna.sends_album([Photo(b"one"), Photo(b"two")], caption="альбом")
    await peter.sees("альбом")
    await anna.sees("сохранено 2 из 2, клиенту доставлено 2.")
    await moves(anna, THERE)
    await ivan.sees("альбом")
    await anna.shoots(b"late", album=sent[0].album)
    await anna.sees("Выдача, b2: сохранено 3 из 3, клиенту доставлено 3.")
    assert await pictures(peter) == [] and len(world.kept("Issue", "b2")) == 3


async def test_only_the_author_or_an_admin_moves_and_takes_back(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    boris = await world.employee("Борис", "+375291112244")
    anna, peter, _ = await _two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    status = await anna.sees("клиенту доставлено 1.")
    back = status.button("Отозвать").data
    for person, allowed in ((boris, False), (peter, False), (boss, True)):
        (last,) = (await person.chat())[-1:]
        press = await person.presses_data(last.id, back)
        assert ("Отзываю" in (await press.answer()).text) is allowed
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "кадр") == 0


async def test_who_was_let_go_takes_nothing_back(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    status = await anna.sees("клиенту доставлено 1.")
    await world.change(anna, role=int(Role.CLIENT))
    await anna.presses_data(status.id, status.button("Отозвать").data)
    await world.quiet()
    assert await got(peter, "кадр") == 1


async def test_taking_back_leaves_the_file_and_the_protocol_says_so(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
    await anna.shoots(b"one", caption="кадр")
    await anna.says("и слова к нему: кадр")
    await peter.sees("и слова")
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 2.")
    assert await got(peter, "кадр") == 0
    await world.until(lambda: [each.read_bytes() for each in world.kept()] == [b"one"])
    assert await world.rows("SELECT count(*) FROM messages WHERE taken_back_at IS NOT NULL") == [(2,)]
    status = await anna.sees("Отозвано у клиента: 2.")
    assert status.button("Отозвать") is None


async def test_a_reply_with_undo_takes_back_that_one_message(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
    first = await anna.says("не то написала")
    await anna.says("а это верно")
    await peter.sees("а это верно")
    await anna.replies(first.id, "/undo")
    await anna.sees("Отзываю у клиента: 1")
    await anna.sees("Отозвано у клиента: 1.")
    assert await got(peter, "не то") == 0 and await got(peter, "это верно") == 1
    await anna.replies(first.id, "/undo")
    await anna.sees("Отзывать нечего")
    await anna.says("/undo")
    await anna.sees("ответьте на своё сообщение командой /undo")


async def test_after_48_hours_telegrams_limit_is_told_in_words(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
    await anna.says("давнее")
    await peter.sees("давнее")
    status = await anna.sees("сообщение доставлено")
    await world.hours_pass(49)
    press = await anna.presses_data(status.id, status.button("Отозвать").data)
    assert "48 часов" in (await press.answer()).text
    assert await got(peter, "давнее") == 1


async def test_what_waits_for_a_client_and_was_taken_back_is_not_there_when_he_comes(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"one", caption="кадр")
    await anna.sees("Клиент не подключён")
    await anna.sees("сохранено 1 из 1")
    await anna.presses("Отозвать")
    await world.quiet()
    peter = await world.client()
    await world.quiet()
    assert await got(peter, "кадр") == 0 and len(world.kept()) == 1


async def test_an_edit_after_the_move_reaches_the_right_client_alone(world: World) -> None:
    anna, peter, ivan = await _two_orders(world)
    said = await anna.says("готово завтра")
    await peter.sees("готово завтра")
    await anna.sees("сообщение доставлено")
    await moves(anna, THERE)
    await ivan.sees("готово завтра")
    await anna.edits(said.id, "готово сегодня " + "и ещё очень долго " * 300)
    await ivan.sees("готово сегодня")
    await world.quiet()
    assert await got(peter, "готово") == 0 and await got(peter, "долго") == 0


async def test_an_answer_after_a_recall_does_not_go_to_the_wrong_order(world: World) -> None:
    world.add_order(ORDER | {"order": "d4", "barcode": "2" * 37, "plate_number": "9999 АА-1"})
    await world.knows("d4")
    boris = await world.employee("Борис", "+375291112244")
    anna, peter, _ = await _two_orders(world)
    await world.enters(boris, "d4", "Выдача")
    await boris.says("по вашей машине")
    await peter.sees("по вашей машине")
    await anna.says("ошиблась чатом")
    await peter.sees("ошиблась чатом")
    await anna.sees_button("Отозвать")
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 1.")
    await peter.says("спасибо")
    await boris.sees("спасибо")


async def test_a_late_sibling_of_an_album_that_was_taken_back_does_not_go_either(world: World) -> None:
    anna, peter, _ = await _two_orders(world)
    sent = await anna.sends_album([Photo(b"one"), Photo(b"two")], caption="альбом")
    await peter.sees("альбом")
    await anna.sees("сохранено 2 из 2, клиенту доставлено 2.")
    await anna.presses("Отозвать")
    await anna.sees("Отозвано у клиента: 2.")
    await anna.shoots(b"late", album=sent[0].album)
    await anna.sees("сохранено 3 из 3")
    await world.quiet()
    assert await pictures(peter) == [] and len(world.kept()) == 3
