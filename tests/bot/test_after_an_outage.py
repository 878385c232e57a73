"""What lay at Telegram while the line was down counts from when it was handed in, not from when it came through."""

from tests.bot.between_two_orders import two_orders
from tests.bot.world import World

OUTAGE_S = 60


async def test_a_film_of_the_first_order_that_comes_through_late_is_asked_about_all_the_same(world: World) -> None:
    anna, peter, ivan = await two_orders(world)
    await world.enters(anna)
    await world.enters(anna, "b2", "Выдача")
    await world.hours_pass((OUTAGE_S + 10) / 3600)
    await world.tg.pass_time(-OUTAGE_S)  # ten seconds after the switch
    await anna.films(b"begun in the first order", caption="фильм")
    await anna.sees("к какому заказ-наряду")
    await world.quiet()
    assert not [each for each in (*await peter.chat(), *await ivan.chat()) if "фильм" in each.text]


async def test_what_comes_through_late_makes_no_pause_shorter(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.hours_pass(1.9)
    await world.tg.pass_time(-1.8 * 3600)
    await anna.shoots(b"shot at once", caption="первый кадр")
    await peter.sees("первый кадр")
    await world.tg.pass_time(1.8 * 3600)
    await world.hours_pass(0.5)
    await anna.shoots(b"two hours later", caption="второй кадр")
    await anna.sees("Всё ещё a00017732")
    await world.quiet()
    assert not [each for each in await peter.chat() if "второй кадр" in each.text]
