"""People as an administrator finds and changes them: it counts on that person's very next action."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from dealer_bot.sandbox.person import Press
from tests.bot.world import World

BORIS_PHONE = "+375291112244"


async def _taps(person: PersonClient, label: str) -> Press:
    """As soon as it is there."""
    shown = await person.sees_button(label)
    return await person.presses(label, on=shown.id)


async def _opens(oleg: PersonClient) -> None:
    await oleg.says("/admin")
    await oleg.sees("Что показать?")
    await _taps(oleg, "Люди")
    await oleg.sees("Персонал: ")


async def _card(oleg: PersonClient, name: str) -> None:
    await _opens(oleg)
    await oleg.presses(name)
    await oleg.sees_button("Уровень")


async def test_a_client_is_made_an_employee_and_works_at_once(world: World) -> None:
    oleg, boris = await world.admin(), await world.client("Борис", BORIS_PHONE)
    await _opens(oleg)
    await _taps(oleg, "Найти")
    await oleg.sees("Кого найти?")
    await oleg.says("11122")
    await oleg.sees("без имени · клиент\n+375 29 111-22-44")
    await _taps(oleg, "Имя")
    await oleg.sees("Под каким именем?")
    await oleg.says("  Борис   Иванович ")
    await oleg.sees("Борис Иванович · клиент")
    await _taps(oleg, "Уровень: сотрудник")
    await oleg.sees("Борис Иванович, сейчас клиент.")
    await _taps(oleg, "Да")
    await oleg.sees("Борис Иванович · сотрудник")
    await boris.sees("Ваш уровень теперь: сотрудник")
    assert await boris.keyboard() == ()
    await world.enters(boris)
    audited = await world.rows("SELECT what, before, after FROM audit WHERE what IN ('name', 'role') ORDER BY id")
    assert audited == [("name", None, "Борис Иванович"), ("role", "client", "employee")]
    await _taps(oleg, "Журнал")
    log = await oleg.sees("Журнал изменений")
    assert "уровень: Борис Иванович: клиент → сотрудник" in log.text and "· Олег" in log.text


async def test_one_find_is_the_card_and_several_are_buttons_that_tell_them_apart(world: World) -> None:
    oleg = await world.admin()
    await world.client("Борис", BORIS_PHONE)
    await world.client("Мария", "+375291112255")
    await _opens(oleg)
    await _taps(oleg, "Найти")
    await oleg.sees("Кого найти?")
    await oleg.says("29 11122")
    found = await oleg.sees("Нашлись:")
    assert found.labels[:2] == ["+375 29 111-22-44 · клиент", "+375 29 111-22-55 · клиент"]
    await _taps(oleg, "Найти")
    asked = await oleg.sees("Кого найти?", after=found.id)
    await oleg.says("олег")
    assert (await oleg.sees("Олег · администратор", after=asked.id)).button("Уровень") is not None


async def test_a_level_lists_all_who_have_it_page_by_page(world: World) -> None:
    oleg = await world.admin()
    for number in range(9):
        await world.expects(f"Мастер {number}", f"+37529111000{number}")
    await _opens(oleg)
    for asked, told in (
        ("Сотрудники", "Сотрудники: 9"),
        ("админ", "Администраторы: 1"),
        ("забота", "Служба заботы: 0"),
    ):
        shown = await oleg.sees_button("Найти")
        await oleg.presses("Найти", on=shown.id)
        await oleg.sees("Кого найти?", after=shown.id)
        await oleg.says(asked)
        await oleg.sees(told, after=shown.id)
    staff = await oleg.sees("Сотрудники: 9")
    assert staff.button("Мастер 8") is None
    await oleg.presses("Дальше", on=staff.id)
    await oleg.waits(lambda each: each.id == staff.id and each.button("Мастер 8") is not None, "the second page")


async def test_the_way_back_from_a_question_ends_it(world: World) -> None:
    oleg = await world.admin()
    await _opens(oleg)
    await _taps(oleg, "Найти")
    asked = await oleg.sees("Кого найти?")
    await oleg.presses("« Люди", on=asked.id)
    await oleg.waits(lambda each: each.id == asked.id and "Персонал" in each.text, "the list")
    await oleg.presses("Олег", on=asked.id)
    await _taps(oleg, "Имя")
    named = await oleg.sees("Под каким именем?")
    await oleg.presses("« Карточка", on=named.id)
    await oleg.waits(lambda each: each.id == named.id and "Олег · " in each.text, "the card")
    await oleg.says("Борис")
    await oleg.sees("Сначала выберите заказ-наряд")
    assert await world.rows("SELECT name FROM people WHERE role = 1") == [("Олег",)]


async def test_an_employee_made_a_client_is_out_of_his_order_and_his_dialogues(world: World) -> None:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    await _card(oleg, "Анна · сотрудник")
    await _taps(oleg, "Уровень: клиент")
    await _taps(oleg, "Да")
    await anna.sees("Ваш уровень теперь: клиент")
    await anna.says("Готово, приезжайте")
    await world.quiet()
    assert not [each for each in await peter.chat() if "приезжайте" in each.text]
    card = next(each for each in await anna.chat() if each.button("Приёмка"))
    press = await anna.presses("Приёмка", on=card.id)
    assert "устарела" in (await press.answer()).text


async def test_closing_the_bot_to_somebody_is_asked_about_and_counts_at_once(world: World) -> None:
    oleg, anna = await world.admin(), await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots()
    await anna.sees("сохранено 1 из 1")
    await _card(oleg, "Анна · сотрудник")
    await _taps(oleg, "Отключить")
    asked = await oleg.sees("Анна больше не сможет пользоваться ботом")
    assert asked.labels == ["Да, отключить", "Нет"]
    await _taps(oleg, "Нет")
    await oleg.sees("доступ открыт")
    await _taps(oleg, "Отключить")
    await _taps(oleg, "Да, отключить")
    await oleg.sees("доступ закрыт")
    await anna.says("/order 177")
    await anna.sees("Доступ закрыт")
    assert await world.rows("SELECT reason FROM outbox WHERE to_client = 1 AND state = 'held'") == [("not_connected",)]
    peter = await world.client()
    await peter.sees_photo()


async def test_what_waits_of_somebody_who_left_goes_unless_the_admin_stops_it(world: World) -> None:
    oleg, anna = await world.admin(), await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots()
    await anna.says("И текст")
    await anna.sees("сохранено 1 из 1")
    await _card(oleg, "Анна · сотрудник")
    await _taps(oleg, "Отключить")
    await _taps(oleg, "Да, отключить")
    await oleg.sees("Ещё не ушло клиентам: 2")
    await _taps(oleg, "Остановить отправку (2)")
    await oleg.waits(lambda each: "доступ закрыт" in each.text and "Ещё не ушло" not in each.text, "stopped")
    peter = await world.client()
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo" or "И текст" in each.text]
    assert len(world.kept()) == 1


async def test_the_last_admin_stays_one_and_a_new_one_is_asked_about(world: World) -> None:
    oleg, irina = await world.admin(), await world.employee("Ирина", BORIS_PHONE)
    await _card(oleg, "Олег · администратор")
    await _taps(oleg, "Уровень: клиент")
    await oleg.sees("Вы больше не сможете управлять ботом")
    press = await _taps(oleg, "Да")
    assert "последний активный администратор" in (await press.answer()).text
    await _card(oleg, "Ирина · сотрудник")
    await _taps(oleg, "Уровень: администратор")
    await oleg.sees("Ирина сможет всё, что можете вы")
    await _taps(oleg, "Да")
    await irina.sees("Ваш уровень теперь: администратор")
    await _card(irina, "Олег · администратор")
    await _taps(irina, "Отключить")
    await _taps(irina, "Да, отключить")
    await irina.sees("доступ закрыт")
    await oleg.says("/admin")
    await oleg.sees("Доступ закрыт")


async def _invited(world: World, oleg: PersonClient, role: str) -> str:
    """The payload of a new link."""
    await _opens(oleg)
    await _taps(oleg, "Пригласить")
    await oleg.sees("Кого пригласить?")
    await oleg.presses(role.capitalize())
    link = await oleg.sees(f"Приглашение: {role}")
    return link.text.rsplit("start=", 1)[1].strip()


async def test_a_link_gives_its_level_once_after_the_own_contact(world: World) -> None:
    oleg = await world.admin()
    payload = await _invited(world, oleg, "сотрудник")
    boris = await world.tg.person("Борис", phone=BORIS_PHONE)
    await boris.starts(payload)
    await boris.sees("уровень: сотрудник")
    await boris.says("/order")
    await boris.sees("подтвердите, пожалуйста, свой номер")
    await boris.shares_contact()
    await boris.sees("Чтобы выбрать заказ-наряд, отправьте /order")
    hired = await oleg.sees("По приглашению подключился +375 29 111-22-44")
    await oleg.presses("Карточка", on=hired.id)
    await oleg.sees_button("Уровень")
    await world.enters(boris)
    vasya = await world.client("Вася", "+375297770000")
    await vasya.starts(payload)
    await vasya.sees("Эта ссылка больше не действует")
    await vasya.says("/order")
    await world.quiet()
    assert await world.rows("SELECT count(*) FROM people WHERE role = 2") == [(1,)]


async def test_a_connected_person_who_opens_the_link_has_the_level_at_once(world: World) -> None:
    oleg, vera = await world.admin(), await world.client("Вера", BORIS_PHONE)
    await vera.starts(await _invited(world, oleg, "служба заботы"))
    await vera.sees("Ваш уровень теперь: служба заботы")
    await oleg.sees("По приглашению подключился")


async def test_a_link_is_dead_after_a_day_and_when_its_maker_is_no_admin_any_more(world: World) -> None:
    oleg, irina = await world.admin(), await world.employee("Ирина", "+375291118888", Role.ADMIN)
    old, orphan = await _invited(world, oleg, "сотрудник"), await _invited(world, irina, "администратор")
    await world.app.database.write(_expire)
    await world.change(irina, role=int(Role.EMPLOYEE))
    boris = await world.client("Борис", BORIS_PHONE)
    for payload in (old, orphan):
        said = await boris.starts(payload)
        await boris.sees("Эта ссылка больше не действует", after=said.id)
    assert await world.rows("SELECT role FROM people WHERE id = (SELECT max(id) FROM people)") == [(3,)]


def _expire() -> None:
    from database import sql

    sql.run("UPDATE invitations SET expires_at = 1 WHERE role = 2")


async def test_lists_turn_page_by_page(world: World) -> None:
    oleg = await world.admin()
    for number in range(11):
        await world.expects(f"Мастер {number:02}", f"+3752911100{number:02}")
    await _opens(oleg)
    assert (await oleg.sees("Персонал: 12")).button("Мастер 06") is not None
    await _taps(oleg, "Дальше")
    await oleg.sees_button("Мастер 10")
    await _taps(oleg, "Назад")
    await oleg.sees_button("Мастер 01")
    await _taps(oleg, "Отключённые")
    await oleg.sees("Отключённые: 0")
