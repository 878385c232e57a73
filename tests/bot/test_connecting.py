"""A phone is proved by one's own contact and nothing else; who was switched off stays outside."""

from dealer_bot.domain.people import Role
from tests.bot.world import PETERS_PHONE, World


async def test_a_stranger_is_told_who_asks_and_why(world: World) -> None:
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await peter.starts()
    greeting = await peter.sees("Автоцентр Север")
    assert "Подтвердите, пожалуйста, номер" in greeting.text
    assert await peter.keyboard() == (("📱 Подтвердить номер",),)


async def test_whatever_a_stranger_sends_is_answered_with_the_contact_button(world: World) -> None:
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await peter.starts()
    for send in (
        peter.says("масло поменяли?"),
        peter.says("/order 177"),
        peter.says("/admin"),
        peter.shoots(b"a photo"),
    ):
        sent = await send
        await peter.sees("подтвердите, пожалуйста, свой номер", after=sent.id)
    assert await world.rows("SELECT count(*) FROM messages") == [(0,)]


async def test_somebody_elses_contact_proves_nothing(world: World) -> None:
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    thief = await world.tg.person("Вор", phone="+375295550000")
    await thief.starts()
    for how in ({"of": peter}, {"forwarded": True}, {"without_user_id": True}):
        sent = await thief.shares_contact(**how)
        await thief.sees("номер другого человека", after=sent.id)
    sent = await thief.says(PETERS_PHONE)
    await thief.sees("подтвердите, пожалуйста", after=sent.id)
    assert await world.rows("SELECT count(*) FROM bindings") == [(0,)]


async def test_a_contact_counts_with_and_without_the_plus(world: World) -> None:
    peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
    await peter.starts()
    await peter.shares_contact(phone_as=PETERS_PHONE.removeprefix("+"))
    await peter.sees("a00017732, 0124 МН-1")


async def test_a_phone_without_an_order_is_told_to_ask_the_master(world: World) -> None:
    maria = await world.client("Мария", "+375297770000")
    await maria.sees("Спросите мастера, какой номер указан")


async def test_consent_is_on_record_with_its_date(world: World) -> None:
    await world.client()
    ((consent_at,),) = await world.rows("SELECT consent_at FROM people WHERE address IS NOT NULL")
    assert consent_at and await world.rows("SELECT what FROM audit") == [("consent",)]


async def test_a_phone_that_another_account_proves_moves_and_shows_nothing_twice(world: World) -> None:
    anna, old = await world.employee("Анна"), await world.client("Старый", PETERS_PHONE)
    await world.enters(anna)
    await anna.shoots(b"seen by the old one", caption="первое")
    await old.sees("первое")
    new = await world.client("Новый", PETERS_PHONE)
    await old.sees("подтвердил другой аккаунт")
    await anna.shoots(b"for the new one", caption="второе")
    await new.sees("второе")
    await world.quiet()
    assert not [each for each in await new.chat() if "первое" in each.text]
    assert not [each for each in await old.chat() if "второе" in each.text]


async def test_what_waits_moves_with_the_phone(world: World) -> None:
    anna, old = await world.employee("Анна"), await world.client("Старый", PETERS_PHONE)
    await world.enters(anna)
    await old.blocks()
    await anna.shoots(b"waits", caption="ждёт")
    await anna.sees("заблокировал бота")
    new = await world.client("Новый", PETERS_PHONE)
    await new.sees("ждёт")


async def test_a_revoked_role_is_refused_on_the_very_next_action(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    card = [each for each in await anna.chat() if each.button("Приёмка")][-1]
    await world.change(anna, role=int(Role.CLIENT))
    sent = await anna.says("Уже не сотрудник")
    await anna.sees("сервис увидит его", after=sent.id)
    press = await anna.presses_data(card.id, card.button("Приёмка").data)
    assert "устарела" in (await press.answer()).text
    await world.quiet()
    assert not [each for each in await peter.chat() if "сотрудник" in each.text]


async def test_who_is_switched_off_is_told_once_and_leaves_no_trace(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await world.change(anna, active=0)
    sent = await anna.says("Вы меня слышите?")
    await anna.sees("Доступ закрыт", after=sent.id)
    again = await anna.shoots(b"nobody sees it")
    await anna.starts()
    await anna.shares_contact()
    await world.quiet()
    assert not [each for each in await anna.chat() if each.from_bot and each.id > again.id]
    assert await world.rows("SELECT count(*) FROM messages") == [(0,)] and world.kept() == []


async def test_a_new_account_does_not_open_the_door_that_was_closed(world: World) -> None:
    old = await world.client("Пётр", PETERS_PHONE)
    await world.change(old, active=0)
    new = await world.tg.person("Пётр-2", phone=PETERS_PHONE)
    await new.starts()
    await new.shares_contact()
    await new.sees("Доступ закрыт")
    sent = await new.says("пустите")
    await world.quiet()
    assert not [each for each in await new.chat() if each.from_bot and each.id > sent.id]


async def test_a_handed_in_photo_goes_although_its_author_was_switched_off(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", server_error=502, times=2)
    await anna.shoots(b"the dealership's")
    await anna.sees("сохранено 1 из 1")
    await world.change(anna, active=0)
    await peter.sees_photo()


async def test_a_group_is_not_answered(world: World) -> None:
    anna = await world.employee("Анна")
    group = await world.tg.group("Курилка", anna)
    await anna.into(group).says("/order a00017732")
    await anna.into(group).says("/start")
    await world.quiet()
    assert not [each for each in await group.chat() if each.from_bot and each.kind == "text"]


async def test_an_admin_of_the_settings_is_one_when_first_seen_and_later_changes_win(world: World) -> None:
    boss = await world.tg.person("Директор", phone="+375291119999", user_id=777)
    await boss.starts()
    await boss.sees("отправьте /order")
    await world.change(boss, role=int(Role.CLIENT))
    sent = await boss.says("/order a00017732")
    await boss.sees("номер", after=sent.id)
    assert not [each for each in await boss.chat() if "Выберите стадию" in each.text]


async def test_a_button_in_ones_own_language(world: World) -> None:
    peter = await world.client()
    await peter.says("/language")
    await peter.sees("На каком языке")
    press = await peter.presses("English")
    assert "English" in (await press.answer()).text
    sent = await peter.says("/help")
    await peter.sees("Photos and videos of your car", after=sent.id)


async def test_a_client_stops_receiving_and_what_came_meanwhile_waits_for_his_word(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await peter.says("/stop")
    await peter.sees("Не присылать больше?")
    await peter.presses("Да, не присылать")
    await peter.sees("Больше ничего не придёт")
    again = await peter.says("/stop")
    await peter.sees("Вы остановили получение. Присылать снова?", after=again.id)
    tapped = await anna.taps("Стадия")
    await anna.sees("остановил получение", after=tapped.id)
    await anna.presses("Выдача")
    await anna.sees("Клиент остановил получение: всё будет ждать его", after=tapped.id)
    await anna.shoots(b"he does not want it", caption="пока не нужно")
    await anna.sees("остановил получение: всё ждёт его")
    assert not [each for each in await peter.chat() if "пока не нужно" in each.text]
    await peter.starts()
    await peter.sees("Присылать снова?")
    await peter.presses("Присылать снова")
    await peter.sees("Вас ждёт 1 сообщение")
    await peter.presses("Да, прислать")
    await peter.sees("пока не нужно")
    await anna.sees("клиенту доставлено 1.")


async def test_who_stopped_receiving_and_asks_care_is_told_that_the_answer_waits_for_his_word(world: World) -> None:
    vera, peter = await world.employee("Вера", "+375291110001", Role.CARE), await world.client()
    await peter.says("/stop")
    await peter.sees("Не присылать больше?")
    await peter.presses("Да, не присылать")
    await peter.sees("Больше ничего не придёт")
    await peter.taps("Служба заботы")
    await peter.sees("получит служба заботы")
    await peter.says("Есть ли гарантия?")
    told = await peter.sees("Передано в службу заботы")
    assert "ответ придёт, когда вы его возобновите" in told.text
    asked = await vera.sees("Есть ли гарантия?")
    await vera.replies(asked.id, "Два года")
    await vera.sees("придёт, когда он его возобновит")
    await world.holds("stopped")
    assert not [each for each in await peter.chat() if "Два года" in each.text]
    await peter.presses("Присылать снова", on=told.id)
    await peter.sees("Вас ждёт 1 сообщение")
    await peter.presses("Да, прислать")
    await peter.sees("Два года")
    thanks = await peter.says("Спасибо")
    assert "возобновите" not in (await peter.sees("Передано в службу заботы", after=thanks.id)).text


async def test_each_role_is_offered_its_own_commands_and_no_others(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.quiet()
    menus = (await world.tg.bot())["commands"]
    offered = {
        person.name: [each["command"] for place, menu in menus.items() for each in menu if str(person.chat_id) in place]
        for person in (anna, peter)
    }
    assert offered == {
        "Анна": ["order", "undo", "stop", "help", "language"],
        "Пётр": ["menu", "care", "stop", "help", "language"],
    }
