"""An employee whose own car is in the service answers about it as its client, by a reply."""

from dealer_bot.domain.people import Role
from dealer_bot.sandbox import PersonClient
from tests.bot.world import World


async def _at_boriss_car(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Anna serves Boris's car, he serves Peter's."""
    world.add_order({"order": "b2", "phone": "+375291112244", "plate_number": "4455 АВ-7"})
    anna, boris = await world.employee("Анна"), await world.employee("Борис", "+375291112244")
    peter = await world.client()
    await world.knows("b2")
    await world.enters(boris)
    await world.enters(anna, "b2")
    return anna, boris, peter


async def test_an_album_about_ones_own_car_goes_to_its_order_whole(world: World) -> None:
    anna, boris, peter = await _at_boriss_car(world)
    await anna.says("Где скол?")
    got = await boris.sees("Где скол?")
    await boris.shoots(b"1", "вот", album="mine", reply_to=got.id)
    await boris.shoots(b"2", album="mine")
    await anna.sees_photo(count=2)
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]
    await world.until(lambda: {each.read_bytes() for each in world.kept("Client", "b2")} == {b"1", b"2"})


async def test_a_mechanic_answers_about_his_own_car_by_a_reply_as_its_client(world: World) -> None:
    anna, boris, peter = await _at_boriss_car(world)
    await anna.says("Ваша машина готова")
    got = await boris.sees("Ваша машина готова")
    await boris.replies(got.id, "Спасибо, заберу")
    assert "b2 · 4455 АВ-7" in (await anna.sees("Спасибо, заберу")).text
    await boris.sees("Передано: Анна, b2")
    await boris.says("Это клиенту")
    await peter.sees("Это клиенту")
    await world.quiet()
    assert not [each for each in await peter.chat() if "заберу" in each.text]


async def test_who_had_stopped_receiving_before_he_was_hired_begins_again(world: World) -> None:
    anna, boris = await world.employee("Анна"), await world.client("Борис")
    await world.enters(anna)
    await boris.says("/stop")
    asked = await boris.sees("Не присылать больше?")
    await boris.presses("Да, не присылать", on=asked.id)
    await boris.sees("Больше ничего не придёт")
    await anna.shoots(b"of his own car", caption="готово")
    await anna.sees("остановил получение: всё ждёт его")
    await world.change(boris, role=int(Role.EMPLOYEE))
    await boris.starts()
    for label in ("Присылать снова", "Да, прислать"):
        shown = await boris.sees_button(label)
        await boris.presses(label, on=shown.id)
    await boris.sees("готово")
