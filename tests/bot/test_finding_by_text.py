"""An order by a part of what is known of it: what a text has found comes by pages, and each page by its button."""

from database import sql
from dealer_bot.sandbox import PersonClient, SeenMessage
from tests.bot.test_buttons import told
from tests.bot.world import World


def _fleet(world: World, count: int = 11) -> None:
    for n in range(count):
        world.add_order({"order": f"b{n:02}", "phone": f"+3752911122{n:02}", "client_name": f"Иван {n}"})


async def _shows(person: PersonClient, message_id: int, text: str) -> SeenMessage:
    return (await person.waits(lambda m: m.id == message_id and text in m.text, text))[-1]


async def test_what_a_text_has_found_comes_by_pages_there_and_back(world: World) -> None:
    _fleet(world)
    anna = await world.employee("Анна")
    await world.knows("b10")
    asked = await anna.says("/order иван")
    first = await anna.sees("Страница 1", after=asked.id)
    assert len(first.labels) == 9 and "‹ Назад" not in first.labels
    await anna.presses("Дальше", on=first.id)
    second = await _shows(anna, first.id, "Страница 2")
    assert second.labels[-1] == "‹ Назад" and len(second.labels) == 4
    assert len({*first.labels, *second.labels} - {"‹ Назад", "Дальше ›"}) == 11
    await anna.presses("Назад", on=first.id)
    assert (await _shows(anna, first.id, "Страница 1")).labels == first.labels
    await anna.presses("b1", on=first.id)
    await anna.sees("Выберите стадию", after=asked.id)


async def test_a_page_of_a_search_in_plain_words_and_one_of_orders_closed_since(world: World) -> None:
    _fleet(world)
    anna = await world.employee("Анна")
    await world.knows("b10")
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    said = await anna.says("ИВАН")
    first = await anna.sees("Страница 1", after=said.id)
    await anna.says("b01")
    await anna.sees("Выберите стадию", after=said.id)
    for n in range(11):
        (world.store / f"b{n:02}").rename(world.store / f"b{n:02} closed")
    for n in range(11):
        await world.state_is(f"b{n:02}", "closed")
    await anna.presses("Дальше", on=first.id)
    assert (await _shows(anna, first.id, "Больше ничего не нашлось")).labels == ["‹ Назад"]


async def test_a_search_of_somebody_else_and_one_long_ago_are_not_turned(world: World) -> None:
    _fleet(world)
    anna, boris = await world.employee("Анна"), await world.employee("Борис", "+375291112244")
    await world.knows("b10")
    asked = await anna.says("/order иван")
    first = await anna.sees("Страница 1", after=asked.id)
    data = first.button("Дальше").data
    assert data is not None
    (last,) = (await boris.chat())[-1:]
    assert "давно" in await told(boris, last.id, data)
    assert "давно" in await told(anna, first.id, "d4:9223372036854775807:1")
    await world.quiet()
    await world.app.database.write(_forget)
    assert "давно" in await told(anna, first.id, data)


def _forget() -> None:
    sql.run("UPDATE inbox SET payload = NULL, update_id = NULL")
