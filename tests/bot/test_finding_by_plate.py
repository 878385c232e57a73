"""An order by a photo of its car: what a plate opens, and what it only asks about."""

import json

from dealer_bot.sandbox import Photo
from tests.bot.asking_by_picture import OTHER, asks, eyes, nothing_reached_anybody
from tests.bot.plain_words import PlainWords, picture
from tests.bot.world import ORDER, World

__all__ = ["eyes"]


async def test_a_plate_that_was_clearly_read_opens_its_card(world: World) -> None:
    world.add_order(OTHER)
    anna, asked = await asks(world)
    await world.knows("b2")
    await anna.shoots(picture(plates="0124MH-1"))
    card = await anna.sees("Выберите стадию", after=asked)
    assert "a00017732" in card.text and "Не та машина" in " ".join(card.labels)
    shown = await anna.sees("Госномер прочитан: 0124 МН-1 · a00017732", after=asked)
    assert shown.labels == ["0124 МН-1 · a00017732"]
    await nothing_reached_anybody(world)
    await anna.presses("Не та машина", on=card.id)
    await anna.sees("Какой заказ-наряд?", after=card.id)


async def _is_asked(world: World, shot: bytes, *labels: str) -> None:
    """The picture leads to these buttons and to no card."""
    anna, asked = await asks(world)
    await anna.shoots(shot)
    shown = await anna.sees("Похоже на один из этих", after=asked)
    assert shown.labels == [*labels, "Нет, другой"]
    await world.quiet()
    assert not [each for each in await anna.chat() if "Выберите стадию" in each.text]
    await anna.presses("Нет, другой", on=shown.id)
    await anna.sees("Какой заказ-наряд?", after=shown.id)


async def test_a_plate_that_was_read_only_once_leads_to_a_question(world: World) -> None:
    await _is_asked(world, picture(doubtful="0124MH-1"), "0124 МН-1 · a00017732")


async def test_a_clear_plate_leads_to_a_question_while_another_open_one_is_one_symbol_away(world: World) -> None:
    world.add_order(OTHER | {"plate_number": "0124 МН-7"})
    await world.knows("b2")
    await _is_asked(world, picture(plates="0124MH-1"), "0124 МН-1 · a00017732", "0124 МН-7 · b2")


async def test_two_cars_in_one_picture_lead_to_a_question(world: World) -> None:
    world.add_order(OTHER)
    await world.knows("b2")
    await _is_asked(world, picture(plates="4455AB-7 0124MH-1"), "4455 АВ-7 · b2", "0124 МН-1 · a00017732")


async def test_two_orders_of_one_car_lead_to_a_question(world: World) -> None:
    world.add_order(OTHER | {"plate_number": "0124 MH 1"})
    await world.knows("b2")
    await _is_asked(world, picture(plates="0124MH-1"), "0124 MH 1 · b2", "0124 МН-1 · a00017732")


async def test_a_car_without_an_order_opens_nothing(world: World) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture(plates="5566CC-2"))
    await anna.sees("открытого заказ-наряда с ним нет", after=asked)
    await world.quiet()
    assert not [each for each in await anna.chat() if "Выберите стадию" in each.text]


async def test_an_album_whose_pictures_show_two_cars_leads_to_a_question(world: World) -> None:
    world.add_order(OTHER)
    anna, asked = await asks(world)
    await world.knows("b2")
    await anna.sends_album([Photo(picture(plates="0124MH-1")), Photo(picture(plates="4455AB-7"))])
    shown = await anna.sees("Похоже на один из этих", after=asked)
    assert sorted(shown.labels) == ["0124 МН-1 · a00017732", "4455 АВ-7 · b2", "Нет, другой"]
    await world.quiet()
    assert not [each for each in await anna.chat() if "Выберите стадию" in each.text]


async def test_a_plate_that_was_corrected_meanwhile_opens_nothing(world: World, eyes: PlainWords) -> None:
    corrected = ORDER | {"plate_number": "0129 МН-1"}
    anna, asked = await asks(world)
    await anna.sends_album([Photo(picture(plates="0124MH-1")), Photo(picture(takes="a while"))])
    await world.has_read_a_plate()
    (world.store / "a00017732" / "content.txt").write_text(json.dumps(corrected), encoding="utf-8")
    await world.plate_is("a00017732", "0129 МН-1")
    eyes.gate("a while").set()
    await anna.sees("Похоже на один из этих", after=asked)
    await world.quiet()
    assert not [each for each in await anna.chat() if "Выберите стадию" in each.text]


async def test_an_album_that_also_shows_a_car_without_an_order_leads_to_a_question(world: World) -> None:
    anna, asked = await asks(world)
    await anna.sends_album([Photo(picture(plates="0124MH-1")), Photo(picture(plates="5566CC-2"))])
    shown = await anna.sees("Похоже на один из этих", after=asked)
    assert shown.labels == ["0124 МН-1 · a00017732", "Нет, другой"]


async def test_an_album_of_one_car_opens_its_card_once(world: World) -> None:
    anna, asked = await asks(world)
    await anna.sends_album([Photo(picture(plates="0124MH-1")), Photo(picture()), Photo(picture(plates="0124MH-1"))])
    await anna.sees("Госномер прочитан", after=asked)
    await world.quiet()
    assert len([each for each in await anna.chat() if "Выберите стадию" in each.text]) == 1


async def test_his_next_text_overtakes_a_plate_too(world: World, eyes: PlainWords) -> None:
    world.add_order(OTHER)
    anna, asked = await asks(world)
    await world.knows("b2")
    await anna.shoots(picture(plates="0124MH-1", takes="a while"))
    await anna.sees("Смотрю фото…", after=asked)
    await anna.says("b2")
    card = await anna.sees("Выберите стадию", after=asked)
    eyes.gate("a while").set()
    await anna.sees("Госномер прочитан", after=asked)
    await world.quiet()
    assert [each.id for each in await anna.chat() if "Выберите стадию" in each.text] == [card.id]


async def test_of_plates_that_look_alike_the_nearest_three_are_offered(world: World) -> None:
    for number, plate in (("c1", "0124 МІ-1"), ("c2", "0134 МН-1"), ("c3", "0124 МН-2"), ("c4", "0987 КК-5")):
        world.add_order({"order": number, "phone": "+375297776655", "plate_number": plate})
    anna, asked = await asks(world)
    await world.knows("c4")
    await anna.shoots(picture(plates="0124MH-1", doubtful="0987KK-9"))
    shown = await anna.sees("Похоже на один из этих", after=asked)
    assert shown.labels[0] == "0124 МН-1 · a00017732" and len(shown.labels) == 4
    assert shown.labels[-1] == "Нет, другой"
