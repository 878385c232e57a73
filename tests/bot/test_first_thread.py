"""The main job: a photo from an employee's phone in the order's folder and in the client's chat."""

from tests.bot.world import World


async def test_a_photo_is_in_the_folder_and_in_the_clients_chat(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.shoots(b"a picture of a car", caption="Скол")
    await peter.sees_photo()
    await anna.sees("сохранено 1 из 1, клиенту доставлено 1.")
    (kept,) = world.kept()
    assert kept.read_bytes() == b"a picture of a car"
    shown = await peter.sees("Скол")
    assert "a00017732" in shown.text and "Анна" in shown.text
