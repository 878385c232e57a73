"""Care at work: who waits, who answers, and answers kept ready."""

import pytest

from dealer_bot.domain.canned import filled, parsed
from dealer_bot.sandbox import PersonClient
from tests.bot.world import PETERS_PHONE, World

GALINAS_PHONE = "+375291110002"


async def _taps(person: PersonClient, label: str, after: int = 0) -> None:
    shown = await person.sees_button(label, after=after)
    await person.presses(label, on=shown.id)


async def _turns_to_care(client: PersonClient, words: str) -> None:
    await client.says("/care")
    await client.sees("получит служба заботы")
    await client.says(words)
    await client.sees("Передано в службу заботы")


async def test_who_waits_longest_is_first_and_who_was_answered_waits_no_more(world: World) -> None:
    vera = await world.care()
    await vera.says("/care")
    await vera.sees("Ответа никто не ждёт")
    peter, maria = await world.client(), await world.client("Мария", "+375297770000")
    await _turns_to_care(peter, "первый")
    await world.hours_pass(1.5)
    await _turns_to_care(maria, "вторая")
    await world.app.database.write(_named)
    asked = await vera.says("/care")
    listed = await vera.sees("Ответа ждут 2 клиента", after=asked.id)
    assert listed.labels == ["Пётр · 1 ч", "Мария · 0 мин"]
    await vera.presses("Пётр", on=listed.id)
    history = await vera.sees("Протокол: Пётр")
    assert "первый" in history.text and history.labels[-3:] == ["Ответить", "« Кто ждёт", "Закрыть обращение"]
    await vera.presses("« Кто ждёт", on=history.id)
    again = await vera.sees("Ответа ждут 2 клиента", after=listed.id)
    await vera.presses("Пётр", on=again.id)
    history = await vera.sees("Протокол: Пётр", after=listed.id)
    await vera.presses("Ответить", on=history.id)
    await vera.sees("Вы пишете: Пётр")
    await vera.says("Слушаю вас")
    await peter.sees("Слушаю вас")
    asked = await vera.says("/care")
    assert (await vera.sees("Ответа ждёт 1 клиент", after=asked.id)).labels == ["Мария · 0 мин"]


def _named() -> None:
    from database import people

    for phone, name in ((PETERS_PHONE, "Пётр"), ("+375297770000", "Мария")):
        person = people.by_phone(phone)
        assert person is not None
        people.update(person.id, name=name)


async def test_a_client_whom_only_his_orders_card_names_is_called_so_by_care(world: World) -> None:
    world.add_order({"order": "b2", "phone": "+375297776655", "client_name": "Иван"})
    await world.knows("b2")
    ivan, vera = await world.client("Ваня", "+375297776655"), await world.care()
    await _turns_to_care(ivan, "вопрос")
    asked = await vera.says("/care")
    assert (await vera.sees("Ответа ждёт", after=asked.id)).labels == ["Иван · 0 мин"]
    await vera.presses("Ответить", on=(await vera.sees("вопрос")).id)
    await vera.sees("Вы пишете: Иван, обращение 1")
    await vera.sees("Вы пишете: Иван, +375")
    await vera.says("Слушаю вас")
    await vera.sees("Отправлено: Иван")


async def test_a_taken_talk_rings_for_its_owner_and_is_silent_for_the_others(world: World) -> None:
    vera, galina = await world.care(), await world.care("Галина", GALINAS_PHONE)
    peter = await world.client()
    await _turns_to_care(peter, "вопрос")
    for each in (vera, galina):
        assert not (await each.sees("вопрос")).silent
    await _taps(vera, "Ответить")
    await vera.sees("Вы пишете")
    told = await galina.sees("Обращение 1 ведёт Вера")
    assert told.silent
    await peter.says("ещё вопрос")
    assert not (await vera.sees("ещё вопрос")).silent
    assert (await galina.sees("ещё вопрос")).silent
    await galina.replies((await galina.sees("ещё вопрос")).id, "Отвечу и я")
    await peter.sees("Отвечу и я")
    await _taps(galina, "Ответить")
    await vera.sees("Обращение 1 ведёт Галина")
    await world.quiet()
    assert not [each for each in await galina.chat() if "ведёт Галина" in each.text]


async def test_whoever_answers_by_a_reply_first_has_the_talk(world: World) -> None:
    vera, galina = await world.care(), await world.care("Галина", GALINAS_PHONE)
    peter = await world.client()
    await _turns_to_care(peter, "вопрос")
    await vera.replies((await vera.sees("вопрос")).id, "Слушаю")
    await peter.sees("Слушаю")
    await galina.sees("Обращение 1 ведёт Вера")


async def test_a_ready_answer_goes_with_name_and_order_to_the_client_it_was_shown_for(world: World) -> None:
    oleg, vera = await world.admin(), await world.care()
    await oleg.says("/admin")
    await _taps(oleg, "Готовые ответы")
    await _taps(oleg, "Добавить")
    await oleg.sees("Пришлите ответ одним сообщением")
    await oleg.says("Готово")
    await oleg.sees("Нужны название")
    await oleg.says("Готово\nЗдравствуйте, [имя]! Заказ-наряд [заказ] готов.")
    await oleg.sees("Готовые ответы: 1")
    peter, maria = await world.client(), await world.client("Мария", "+375297770000")
    await world.app.database.write(_named)
    await _turns_to_care(peter, "когда?")
    await _turns_to_care(maria, "а моя?")
    await vera.presses("Ответить", on=(await vera.sees("когда?")).id)
    await vera.sees("уйдёт клиенту")
    await vera.taps("Готовые ответы")
    await _taps(vera, "Готово")
    await vera.sees("Клиенту Пётр:\nЗдравствуйте, Пётр! Заказ-наряд a00017732 готов.")
    await vera.presses("Ответить", on=(await vera.sees("а моя?")).id)
    await vera.sees("Вы пишете: Мария")
    await _taps(vera, "Отправить")
    await peter.sees("Здравствуйте, Пётр! Заказ-наряд a00017732 готов.")
    await vera.sees("Отправлено: Пётр")
    await world.quiet()
    assert len([each for each in await peter.chat() if "готов." in each.text]) == 1
    assert not [each for each in await maria.chat() if "готов." in each.text]
    await oleg.says("/admin")
    await _taps(oleg, "Готовые ответы")
    await _taps(oleg, "Готово")
    await _taps(oleg, "Удалить")
    await oleg.sees("Готовые ответы: 0")


async def test_a_client_without_a_name_is_a_phone_to_care_and_none_to_an_employee(world: World) -> None:
    vera, anna, peter = await world.care(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Готово")
    await peter.sees("Готово")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await peter.says("спасибо")
    await anna.replies((await anna.sees("спасибо")).id, "Приезжайте ещё")
    await anna.sees("Отправлено: без имени")
    await vera.replies((await vera.sees("спасибо")).id, "Ждём вас")
    await vera.sees("Отправлено: +375 29 888-88-08")
    await world.quiet()
    assert not [each for each in await anna.chat() if "888-88-08" in each.text]


async def test_care_reads_the_talks_of_its_clients_and_of_nobody_else(world: World) -> None:
    vera, anna, peter = await world.care(), await world.employee("Анна"), await world.client()
    maria = await world.client("Мария", "+375297770000")
    await world.enters(anna)
    await anna.says("Скол на крыле")
    await peter.sees("Скол на крыле")
    await peter.says("вижу")
    await _turns_to_care(maria, "вопрос")
    shown = await vera.sees("вопрос")
    for data in ("v1:1:0:0:0", "v1:0:0:0:0", "v2:1:1", "v3:99:0:0:0"):
        press = await vera.presses_data(shown.id, data)
        assert (await press.answer()).text in (
            "Доступ закрыт. Обратитесь к администратору сервиса.",
            "Эта кнопка устарела.",
        )
    await _turns_to_care(peter, "и у меня")
    await vera.sees("и у меня")
    await _taps(vera, "История")
    await _taps(vera, "a00017732")
    assert "Скол на крыле" in (await vera.sees("Протокол: a00017732")).text


@pytest.mark.parametrize(
    ("text", "name", "order", "told"),
    [
        ("Здравствуйте, [имя]!", "Пётр", None, "Здравствуйте, Пётр!"),
        ("Здравствуйте, [имя]!", None, None, "Здравствуйте!"),
        ("{Name}, work order { order } is ready", "Peter", "a1", "Peter, work order a1 is ready"),
        ("Заказ-наряд [заказ] готов", "x", None, "Заказ-наряд готов"),
        ("[имя]: [заказ]", "[заказ]", "a1", "[заказ]: a1"),
    ],
)
def test_what_is_not_known_leaves_no_hole(text: str, name: str | None, order: str | None, told: str) -> None:
    assert filled(text, name, order) == told


def test_a_ready_answer_has_a_title_and_a_text() -> None:
    assert parsed(" Готово \n\nЖдём вас \n") == ("Готово", "Ждём вас")
    assert [parsed(each) for each in ("", "Готово", "Готово\n ", "я" * 33 + "\nтекст", "я\n" + "т" * 3_001)] == [
        None
    ] * 5


async def test_a_talk_is_closed_from_the_list_also_when_its_client_has_lost_his_phone_to_another(world: World) -> None:
    vera, peter = await world.care(), await world.client()
    await _turns_to_care(peter, "вопрос")
    heir = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await heir.starts()
    await heir.shares_contact()
    await peter.sees("подтвердил другой аккаунт")
    await vera.says("/care")
    await _taps(vera, "без имени · 0 мин")
    history = await vera.sees("Протокол: без имени")
    press = await vera.presses("Ответить", on=history.id)
    assert "Позвоните ему" in (await press.answer()).text
    await vera.presses("Закрыть обращение", on=history.id)
    await vera.sees("Ответа никто не ждёт")
    assert await world.rows("SELECT count(*) FROM cases WHERE closed_at IS NULL") == [(0,)]
