"""A client's words do not wait for a mechanic who can't be reached: somebody else reads them at once."""

from dealer_bot.sandbox import PersonClient
from tests.bot.world import ORDER, World


async def _served(world: World) -> tuple[PersonClient, PersonClient, PersonClient]:
    """Anna writes to Peter; Vera is care."""
    anna, vera, peter = await world.employee("Анна"), await world.care(), await world.client()
    await world.enters(anna)
    await anna.says("Здравствуйте")
    await peter.sees(":\nЗдравствуйте")
    return anna, vera, peter


async def test_who_has_blocked_the_bot_is_passed_over_until_he_is_back(world: World) -> None:
    anna, vera, peter = await _served(world)
    await anna.blocks()
    await world.quiet()
    await peter.says("вы здесь?")
    assert "a00017732" in (await vera.sees("вы здесь?")).text
    await peter.sees("Передано")
    assert not [each for each in await peter.chat() if "Анна, a00017732" in each.text]
    await anna.unblocks()
    started = await anna.starts()
    await anna.sees("отправьте /order", after=started.id)
    await peter.says("а теперь?")
    await anna.sees("а теперь?")


async def test_what_telegram_does_not_take_to_him_is_read_by_somebody_else(world: World) -> None:
    anna, vera, peter = await _served(world)
    await world.tg.fault("sendMessage", chat=anna, contains="вы здесь?", refuse=[403, "Forbidden: user is deactivated"])
    await peter.says("вы здесь?")
    await vera.sees("вы здесь?")
    await world.quiet()
    assert len([each for each in await vera.chat() if "вы здесь?" in each.text]) == 1


async def test_what_he_mends_after_his_reader_has_left_is_read_whole_by_somebody_else(world: World) -> None:
    anna, vera, peter = await _served(world)
    said = await peter.says("приеду во вторник")
    await anna.sees("приеду во вторник")
    await world.change(anna, active=0)
    await peter.edits(said.id, "приеду в среду")
    await vera.sees("приеду в среду")


async def test_what_waits_for_a_mended_card_is_asked_of_somebody_who_is_there(world: World) -> None:
    oleg, anna = await world.admin(), await world.employee("Анна")
    world.write_card("a00017732", "{")
    await world.state_is("a00017732", "unreadable")
    await world.enters(anna)
    await anna.shoots(b"whose is it", caption="кадр")
    await anna.sees("сохранено 1 из 1")
    await anna.blocks()
    await world.quiet()
    world.write_card("a00017732", ORDER)
    card = await oleg.sees("Выберите стадию")
    await oleg.presses("Приёмка", on=card.id)
    peter = await world.client()
    await peter.sees("кадр")
