"""What somebody shot and never said where it belongs is not lost when he is let go: an administrator answers."""

from dealer_bot.sandbox import PersonClient
from tests.bot.world import World


async def _lets_go(oleg: PersonClient, name: str) -> None:
    await oleg.says("/admin")
    for label in ("Люди", name, "Отключить", "Да, отключить"):
        shown = await oleg.sees_button(label)
        await oleg.presses(label, on=shown.id)
    await oleg.sees("доступ закрыт")


async def test_who_has_let_him_go_is_asked_where_it_belongs(world: World) -> None:
    oleg, anna, peter = await world.admin(), await world.employee("Анна"), await world.client()
    await world.enters(anna, stage="Повреждения")
    await world.hours_pass(3)
    await anna.shoots(b"the last one", caption="кадр")
    asked = await anna.sees("Всё ещё a00017732, Повреждения?")
    await _lets_go(oleg, "Анна · сотрудник")
    await oleg.sees("Анна больше не снимает")
    await anna.presses("Да, a00017732", on=asked.id)  # hers no more
    await world.quiet()
    assert world.kept("Damage") == [] and not [each for each in await peter.chat() if "кадр" in each.text]
    question = await oleg.sees("Всё ещё a00017732, Повреждения?")
    await oleg.presses("Да, a00017732", on=question.id)
    await peter.sees("кадр")
    await world.until(lambda: [each.read_bytes() for each in world.kept("Damage")] == [b"the last one"])


async def test_what_was_shot_without_an_order_is_offered_to_the_one_the_administrator_opens(world: World) -> None:
    oleg, anna = await world.admin(), await world.employee("Анна")
    await anna.shoots(b"of which car")
    await anna.sees("Заказ-наряд не выбран")
    await _lets_go(oleg, "Анна · сотрудник")
    await oleg.sees("Анна больше не снимает")
    await world.enters(oleg)
    shown = await oleg.sees_button("Положить сюда")
    await oleg.presses("Положить сюда", on=shown.id)
    await world.until(lambda: [each.read_bytes() for each in world.kept()] == [b"of which car"])
