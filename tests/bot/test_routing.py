"""A client's answer finds the one it was meant for: by a reply, by his turn to care, by who served him last."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.bot.world import PETERS_PHONE, World

SECOND = {"order": "b00000002", "phone": PETERS_PHONE, "plate_number": "4455 АВ-7"}


async def _boris(world: World) -> PersonClient:
    return await world.employee("Борис", "+375291112244")


async def _vera(world: World) -> PersonClient:
    return await world.employee("Вера", "+375291110001", Role.CARE)


async def _two_orders(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Peter has two orders; Anna serves the first, Boris the second, and Boris was the last to write."""
    world.add_order(SECOND)
    anna, boris, peter = await world.employee("Анна"), await _boris(world), await world.client()
    await world.knows("b00000002")
    await world.enters(anna)
    await anna.says("Это Анна")
    await peter.sees("Это Анна")
    await world.enters(boris, "b00000002")
    await boris.says("Это Борис")
    await peter.sees("Это Борис")
    return anna, boris, peter


async def test_with_two_orders_a_plain_answer_goes_to_the_last_and_a_reply_to_its_own(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    await peter.says("Хорошо")
    assert "b00000002" in (await boris.sees("Хорошо")).text
    told = await peter.sees("Передано: Борис, b00000002")
    assert told.silent and told.labels == ["Это о другом заказ-наряде"]
    await peter.replies((await peter.sees("Это Анна")).id, "И вам")
    assert "a00017732" in (await anna.sees("И вам")).text
    await peter.sees("Передано: Анна, a00017732")
    await world.quiet()
    assert not [each for each in await anna.chat() if "Хорошо" in each.text]


async def test_with_one_order_nothing_is_asked(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("Здравствуйте")
    await peter.sees(":\nЗдравствуйте")
    await peter.says("Добрый день")
    assert (await peter.sees("Передано: Анна, a00017732")).labels == []


async def test_service_media_do_not_decide_who_is_answered(world: World) -> None:
    anna, boris, peter = await world.employee("Анна"), await _boris(world), await world.client()
    await world.enters(anna)
    await anna.says("Это Анна")
    await peter.sees("Это Анна")
    await world.enters(boris, stage="Для сервисных нужд")
    await boris.shoots(b"hidden")
    await boris.sees("Клиенту не отправляется")
    await peter.says("Хорошо")
    await anna.sees("Хорошо")


async def test_what_was_taken_back_does_not_decide_who_is_answered(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    (mistaken,) = [each for each in await boris.chat() if each.text == "Это Борис"]
    await boris.replies(mistaken.id, "/undo")
    await world.quiet()
    assert not [each for each in await peter.chat() if "Это Борис" in each.text]
    await peter.says("Хорошо")
    await anna.sees("Хорошо")


async def test_an_inactive_employee_is_passed_over_for_the_others_then_care(world: World) -> None:
    anna, boris, vera = await world.employee("Анна"), await _boris(world), await _vera(world)
    peter = await world.client()
    for mechanic, words in ((anna, "Это Анна"), (boris, "Это Борис")):
        await world.enters(mechanic)
        await mechanic.says(words)
        await peter.sees(words)
    await world.change(boris, active=0)
    await peter.says("кто там?")
    await anna.sees("кто там?")
    await peter.sees("Передано: Анна")
    await world.change(anna, active=0)
    await peter.replies((await peter.sees("Это Анна")).id, "а теперь?")
    shown = await vera.sees("а теперь?")
    assert "+375 29 888-88-08" in shown.text and "a00017732" in shown.text and shown.labels == ["Ответить", "История"]


async def test_turned_to_care_everything_goes_there_until_he_ends_it(world: World) -> None:
    anna, vera, peter = await world.employee("Анна"), await _vera(world), await world.client()
    await world.enters(anna)
    await anna.says("Это Анна")
    await peter.sees("Это Анна")
    await peter.says("/care")
    await peter.sees("Всё, что вы отправите, получит служба заботы")
    await peter.says("Хочу поговорить о гарантии")
    asked = await vera.sees("Хочу поговорить о гарантии")
    assert "a00017732" in asked.text and "+375 29 888-88-08" in asked.text
    await anna.says("Машина готова")
    await peter.sees("Машина готова")
    await peter.says("и ещё о сроках")
    await vera.sees("и ещё о сроках")
    await peter.taps("Завершить")
    await peter.sees("завершён")
    await peter.says("спасибо за машину")
    await anna.sees("спасибо за машину")
    await world.quiet()
    assert not [each for each in await anna.chat() if "гарантии" in each.text or "сроках" in each.text]
    assert not [each for each in await vera.chat() if "за машину" in each.text]


async def test_a_reply_goes_to_its_author_even_while_he_talks_with_care(world: World) -> None:
    anna, vera, peter = await world.employee("Анна"), await _vera(world), await world.client()
    await world.enters(anna)
    await anna.says("Менять фильтр?")
    question = await peter.sees("Менять фильтр?")
    await peter.says("/care")
    await peter.sees("получит служба заботы")
    await peter.replies(question.id, "Да, меняйте")
    await anna.sees("Да, меняйте")
    await world.quiet()
    assert not [each for each in await vera.chat() if "меняйте" in each.text]


async def test_care_answers_in_a_mode_that_says_to_whom_and_closes_the_case(world: World) -> None:
    anna, vera, peter = await world.employee("Анна"), await _vera(world), await world.client()
    await world.enters(anna)
    await anna.says("Это Анна")
    await peter.sees("Это Анна")
    await peter.says("/care")
    await peter.sees("получит служба заботы")
    await peter.says("вопрос")
    await vera.sees("вопрос")
    await vera.presses("Ответить")
    await vera.sees("Всё, что вы отправите, уйдёт клиенту")
    await vera.says("Слушаю вас")
    assert "Вера, служба заботы" in (await peter.sees("Слушаю вас")).text
    pinned = await vera.sees_pinned("+375 29 888-88-08")
    assert [each.id for each in await vera.pinned()] == [pinned.id]
    await vera.taps("Закрыть обращение")
    await peter.sees("Служба заботы завершила разговор")
    await peter.says("спасибо")
    await anna.sees("спасибо")
    assert await world.rows("SELECT closed_at IS NULL FROM cases") == [(0,)]
    assert await world.rows("SELECT count(*) FROM places WHERE case_id IS NOT NULL") == [(0,)]


async def test_a_reply_to_care_goes_back_to_care_whoever_wrote_since(world: World) -> None:
    anna, vera, peter = await world.employee("Анна"), await _vera(world), await world.client()
    await peter.says("кто-нибудь?")
    asked = await vera.sees("кто-нибудь?")
    await vera.replies(asked.id, "Я здесь")
    answer = await peter.sees("Я здесь")
    await world.enters(anna)
    await anna.says("Это Анна")
    await peter.sees("Это Анна")
    await peter.replies(answer.id, "Вера, спасибо")
    assert (await vera.sees("Вера, спасибо")).reply_to is not None
    await world.quiet()
    assert not [each for each in await anna.chat() if "Вера, спасибо" in each.text]


async def test_on_a_closed_order_the_last_employee_and_care_hear_him_outside_orders(world: World) -> None:
    anna, vera, peter = await world.employee("Анна"), await _vera(world), await world.client()
    await world.enters(anna)
    await anna.says("Готово")
    await peter.sees("Готово")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await peter.says("стучит")
    assert "a00017732 (закрыт)" in (await anna.sees("стучит")).text
    asked = await vera.sees("стучит")
    assert "закрыт" in asked.text and asked.labels == ["Ответить", "История"]
    assert await world.rows("SELECT order_id IS NULL, about_id FROM messages WHERE text = 'стучит'") == [(1, 1)]
    await vera.presses("Ответить")
    await vera.sees("уйдёт клиенту")
    await vera.says("Приезжайте")
    await peter.sees("Приезжайте")


async def test_where_nobody_has_served_him_yet_care_and_admins_hear_him(world: World) -> None:
    boss, vera = await world.employee("Директор", "+375291110000", Role.ADMIN), await _vera(world)
    peter = await world.client()
    await peter.says("когда готово?")
    assert "a00017732" in (await vera.sees("когда готово?")).text
    await boss.sees("когда готово?")
    await boss.presses("Ответить")
    await boss.sees("уйдёт клиенту")
    await boss.says("Завтра")
    await peter.sees("Завтра")
    await boss.taps("Выйти из обращения")
    await boss.sees("Обращение остаётся открытым")


async def test_a_reply_to_ones_own_answer_outside_goes_to_the_same_client(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    peter, maria = await world.client(), await world.client("Мария", "+375297770000")
    await maria.says("вопрос")
    answered = await boss.replies((await boss.sees("вопрос")).id, "Ответ")
    await maria.sees("Ответ")
    await world.enters(boss)
    await boss.replies(answered.id, "и вот ещё")
    await maria.sees("и вот ещё")
    await world.quiet()
    assert not [each for each in await peter.chat() if "вот ещё" in each.text]


async def test_an_album_that_answers_outside_orders_is_confirmed_once(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    maria = await world.client("Мария", "+375297770000")
    await maria.says("вопрос")
    asked = await boss.sees("вопрос")
    for _ in range(3):
        await boss.shoots(reply_to=asked.id, album="301")
    await maria.sees_photo(count=3)
    await boss.sees("Отправлено:")
    await world.quiet()
    assert len([each for each in await boss.chat() if "Отправлено:" in each.text]) == 1


async def test_a_reply_about_an_order_never_reaches_the_client_of_a_case(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    peter, maria = await world.client(), await world.client("Мария", "+375297770000")
    await maria.says("вопрос")
    asked = await boss.sees_button("Ответить")
    await world.enters(boss)
    said = await boss.says("Готово завтра")
    await peter.sees("Готово завтра")
    await boss.presses("Ответить", on=asked.id)
    await boss.sees("уйдёт клиенту")
    await boss.replies(said.id, "к 12")
    await boss.sees("Клиенту ничего не отправлено")
    line = await boss.sees("a00017732: сообщение доставлено.")
    again = await boss.replies(line.id, "к 12")
    await boss.sees("Клиенту ничего не отправлено", after=again.id)
    await world.quiet()
    assert not [each for each in await maria.chat() if "к 12" in each.text]


async def test_an_album_begun_in_an_order_stays_in_it_when_its_author_turns_to_a_case(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    peter, maria = await world.client(), await world.client("Мария", "+375297770000")
    await maria.says("вопрос")
    asked = await boss.sees_button("Ответить")
    await world.enters(boss)
    await boss.shoots(b"1", album="one")
    await boss.presses("Ответить", on=asked.id)
    await boss.sees("уйдёт клиенту")
    await boss.shoots(b"2", album="one")
    await peter.sees_photo(count=2)
    await world.quiet()
    assert not [each for each in await maria.chat() if each.kind == "photo"]


async def test_an_answer_that_edits_an_earlier_one_reaches_the_same_reader(world: World) -> None:
    anna, boris, peter = await _two_orders(world)
    said = await peter.says("а маслр?")
    await boris.sees("а маслр?")
    await anna.says("Анна снова")
    await peter.sees("Анна снова")
    await peter.edits(said.id, "а масло?")
    await boris.sees("а масло?")
    await world.quiet()
    assert not [each for each in await anna.chat() if "масл" in each.text]
