"""What a client is told and shown as he connects, whatever he is called and whoever had his phone before."""

from pathlib import Path

from dealer_bot.domain.people import Role
from tests.bot.world import ORDER, PETERS_PHONE, World


async def test_the_request_says_where_to_read_how_data_are_kept_and_how_to_withdraw(tmp_path: Path) -> None:
    async with World(tmp_path, PRIVACY_URL="https://example.org/privacy") as world:
        peter = await world.tg.person("Пётр", phone=PETERS_PHONE)
        await peter.starts()
        request = await peter.sees("https://example.org/privacy")
        assert "Автоцентр Север" in request.text and "/stop" in request.text and "хранит ваш номер" in request.text
        await peter.shares_contact()
        await peter.sees("подтверждён")
        await peter.taps("Ещё")
        more = await peter.sees("Язык, получение сообщений")
        assert more.button("Как мы храним данные").url == "https://example.org/privacy"


async def test_names_with_markup_in_them_are_shown_as_they_are(world: World) -> None:
    anna = await world.employee("Анна <b>&")
    peter = await world.client("<i>Пётр</i> & Ко")
    assert "<i>Пётр</i>" in (await peter.sees("подтверждён")).text
    await world.enters(anna)
    await anna.says("Здравствуйте")
    await peter.sees("Анна <b>&, «Автоцентр Север»")
    await peter.says("<b>добрый</b> & день")
    await anna.sees("без имени: <b>добрый</b> & день")
    await peter.sees("Передано: Анна <b>&, a00017732")


async def test_a_client_is_called_as_the_base_or_the_card_calls_him_and_never_as_telegram_does(world: World) -> None:
    world.add_order({"order": "b2", "phone": "+375297776655", "client_name": "Иван Петрович"})
    anna = await world.employee("Анна")
    ivan = await world.client("Vanya666", "+375297776655")
    await world.knows("b2")
    await world.enters(anna, "b2")
    await anna.says("Здравствуйте")
    await ivan.sees(":\nЗдравствуйте")
    await ivan.says("добрый день")
    assert "Иван Петрович" in (await anna.sees("добрый день")).text
    await world.change(ivan, name="Иван из базы")
    await ivan.says("ещё раз")
    assert "Иван из базы" in (await anna.sees("ещё раз")).text
    assert not [each for each in await anna.chat() if "Vanya666" in each.text]


async def test_admins_hear_of_a_phone_that_moved_and_answers_follow_the_new_account(world: World) -> None:
    boss = await world.employee("Директор", "+375291110000", Role.ADMIN)
    anna, old = await world.employee("Анна"), await world.client("Старый", PETERS_PHONE)
    await world.enters(anna)
    await anna.says("первое")
    seen = await old.sees("первое")
    new = await world.client("Новый", PETERS_PHONE)
    await boss.sees("подтвердил другой аккаунт Telegram")
    await new.says("это я")
    await anna.sees("это я")
    sent = await old.replies(seen.id, "а я?")
    await old.sees("подтвердите, пожалуйста", after=sent.id)
    await world.quiet()
    assert not [each for each in await anna.chat() if "а я?" in each.text]
    assert not [each for each in await new.chat() if "первое" in each.text]


async def test_a_card_mended_after_he_came_connects_him_and_what_waited_comes_after_the_tap(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"waits", caption="ждёт его")
    await anna.sees("Клиент не подключён")
    maria = await world.client("Мария", "+375297770000")
    await maria.sees("Спросите мастера, какой номер указан")
    world.write_card("a00017732", ORDER | {"phone": "+375297770000"})
    card = await anna.sees("…0000")
    await world.quiet()
    assert not [each for each in await maria.chat() if "ждёт его" in each.text]
    await anna.presses("Приёмка", on=card.id)
    await maria.sees("ждёт его")
