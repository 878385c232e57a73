"""Administrators side by side, and an administrator who is also at work: what one does is never done to another."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from dealer_bot.sandbox.person import Press
from tests.bot.world import World


async def _taps(person: PersonClient, label: str) -> Press:
    """As soon as it is there."""
    shown = await person.sees_button(label)
    return await person.presses(label, on=shown.id)


async def _card(admin: PersonClient, name: str) -> None:
    await admin.says("/admin")
    await admin.sees("Что показать?")
    await _taps(admin, "Люди")
    await _taps(admin, name)
    await admin.sees_button("Уровень")


async def _two(world: World) -> tuple[PersonClient, PersonClient]:
    return await world.admin(), await world.employee("Ирина", "+375291118888", Role.ADMIN)


async def test_a_level_that_a_colleague_has_changed_meanwhile_is_not_changed_unseen(world: World) -> None:
    (oleg, irina), anna = await _two(world), await world.employee("Анна")
    await _card(oleg, "Анна · сотрудник")
    await _taps(oleg, "Уровень: клиент")
    await oleg.sees("Анна, сейчас сотрудник.")
    await _card(irina, "Анна · сотрудник")
    await _taps(irina, "Уровень: администратор")
    await _taps(irina, "Да")
    await anna.sees("Ваш уровень теперь: администратор")
    press = await _taps(oleg, "Да")
    assert "Уровень уже изменил кто-то другой" in (await press.answer()).text
    await world.quiet()
    assert await world.rows("SELECT role FROM people WHERE name = 'Анна'") == [(1,)]
    await _taps(oleg, "Нет")
    await _taps(oleg, "Уровень: клиент")
    await oleg.sees("Анна больше не сможет управлять ботом")


async def test_a_button_that_was_drawn_before_a_colleague_made_an_admin_asks_about_that(world: World) -> None:
    (oleg, irina), _ = await _two(world), await world.employee("Анна")
    await _card(oleg, "Анна · сотрудник")
    await _card(irina, "Анна · сотрудник")
    await _taps(irina, "Уровень: администратор")
    await _taps(irina, "Да")
    await irina.sees("Анна · администратор")
    await _taps(oleg, "Уровень: служба заботы")
    await oleg.sees("Анна больше не сможет управлять ботом")


async def test_an_admin_who_gives_his_level_away_is_out_at_once_and_knows_who_could_give_it_back(world: World) -> None:
    oleg, irina = await _two(world)
    await _card(oleg, "Олег · администратор")
    await _taps(oleg, "Отключить")
    await oleg.sees("Вы закроете бот самому себе")
    await _taps(oleg, "Нет")
    await _taps(oleg, "Уровень: сотрудник")
    await oleg.sees("вернуть вам этот уровень сможет только другой администратор")
    await _taps(oleg, "Да")
    await oleg.sees("Ваш уровень теперь: сотрудник")
    await oleg.says("/admin")
    await oleg.sees("/order — выбрать заказ-наряд")
    await _card(irina, "Ирина · администратор")
    await _taps(irina, "Уровень: клиент")
    press = await _taps(irina, "Да")
    assert "последний активный администратор" in (await press.answer()).text


async def test_a_search_that_is_made_narrower_never_reaches_the_client_of_the_order_he_is_in(world: World) -> None:
    world.add_order({"order": "a00017741", "phone": "+375297770000", "plate_number": "4455 АВ-7"})
    await world.knows("a00017741")
    oleg, peter = await world.admin(), await world.client()
    for number in range(2):
        await world.expects(f"Мастер {number}", f"+37529111000{number}")
    await world.enters(oleg)
    for taps, asks, first in ((("Люди", "Найти"), "Кого найти?", "Мастер"), (("Протоколы",), "Чей", "000177")):
        await oleg.says("/admin")
        for label in taps:
            await _taps(oleg, label)
        asked = await oleg.sees(asks)
        await oleg.says(first)
        found = await oleg.waits(lambda each, of=asked.id: each.id > of and len(each.labels) > 2, "several hits")
        await oleg.says(f"{first} 1")
        await oleg.waits(lambda each, of=found[-1].id: each.id > of and each.from_bot, "another answer")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.text.endswith(" 1")]


async def test_a_key_of_the_keyboard_is_no_name_and_nothing_to_be_found(world: World) -> None:
    oleg, _ = await world.admin(), await world.employee("Анна")
    await world.enters(oleg)
    await _card(oleg, "Анна · сотрудник")
    await _taps(oleg, "Имя")
    named = await oleg.sees("Под каким именем?")
    await oleg.taps("Стадия")
    card = await oleg.sees("Выберите стадию", after=named.id)
    await oleg.presses("Выдача", on=card.id)
    await oleg.sees("a00017732, Выдача", after=card.id)
    asked = await oleg.says("/admin")
    await _taps(oleg, "Протоколы")
    await oleg.sees("Чей протокол?", after=asked.id)
    left = await oleg.taps("Закончить")
    await oleg.sees("Готово. Чтобы выбрать заказ-наряд", after=left.id)
    assert await world.rows("SELECT count(*) FROM people WHERE name = 'Анна'") == [(1,)]
