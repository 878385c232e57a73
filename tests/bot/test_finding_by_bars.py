"""An order by a photo of its whole page, too far away for programs that decode: known by the list of open orders."""

from collections.abc import AsyncIterator

import pytest

from dealer_bot.recognition.readers import Readers
from dealer_bot.sandbox import PersonClient
from tests.bot.plain_words import picture
from tests.bot.world import ORDER, World
from tests.recognition.drawing import photo_of, seen_from_afar

BARCODE = ORDER["barcode"]
TWIN = f"{BARCODE[:-2]}9{BARCODE[-1]}"
OTHER = {"order": "b2", "phone": "+375297776655", "plate_number": "4455 АВ-7", "barcode": TWIN}


@pytest.fixture
async def seeing(world: World) -> AsyncIterator[World]:
    """The dealership with the programs that really read; plates are not their story here."""
    readers = Readers("no such program")
    await world.app.stop()
    world.recogniser = readers
    await world.start_bot()
    yield world
    await readers.close()


async def _asks(world: World) -> tuple[PersonClient, int]:
    anna = await world.employee("Анна")
    asked = await anna.says("/order")
    await anna.sees("Какой заказ-наряд?", after=asked.id)
    return anna, asked.id


async def _cards(anna: PersonClient) -> list[str]:
    return [each.text for each in await anna.chat() if "Выберите стадию" in each.text]


async def test_a_page_from_afar_opens_its_order_and_that_of_an_absent_order_opens_nothing(seeing: World) -> None:
    page = photo_of(seen_from_afar(side=450))
    anna, asked = await _asks(seeing)
    await anna.shoots(page)
    assert "a00017732" in (await anna.sees("Выберите стадию", after=asked)).text
    await anna.sees("Штрихкод прочитан: a00017732", after=asked)
    (seeing.store / "a00017732").rename(seeing.store / "a00017732 closed")
    seeing.add_order(OTHER)
    await seeing.state_is("a00017732", "closed")
    await seeing.knows("b2")
    again = await anna.says("/order")
    await anna.sees("Какой заказ-наряд?", after=again.id)
    await anna.shoots(page)
    shown = await anna.sees("Похоже на один из этих", after=again.id)
    assert shown.labels == ["4455 АВ-7 · b2", "Нет, другой"]
    await seeing.quiet(for_s=2.5)  # a card is written anew every two seconds at most
    assert await _cards(anna) == []  # the first one says by now that its order is closed


@pytest.mark.parametrize(
    ("shot", "first"),
    [
        pytest.param(picture(alike=f"{BARCODE} {TWIN} {BARCODE[:-2]}99"), "0124 МН-1 · a00017732", id="bars of two"),
        pytest.param(picture(alike=BARCODE, plates="4455AB-7"), "4455 АВ-7 · b2", id="another one's plate"),
    ],
)
async def test_what_resembles_two_orders_is_a_question_and_opens_nothing(world: World, shot: bytes, first: str) -> None:
    world.add_order(OTHER)
    anna, asked = await _asks(world)
    await world.knows("b2")
    await anna.shoots(shot)
    shown = await anna.sees("Похоже на один из этих", after=asked)
    assert shown.labels[0] == first and len(shown.labels) == 3 and shown.labels[2] == "Нет, другой"
    await world.quiet()
    assert await _cards(anna) == []
    await anna.presses("b2", on=shown.id)
    assert "b2" in (await anna.sees("Выберите стадию", after=shown.id)).text


async def test_who_has_moved_on_is_not_read_for_to_the_end(world: World) -> None:
    anna, asked = await _asks(world)
    await anna.shoots(picture(barcodes=BARCODE, takes="for ever"))
    await anna.sees("Смотрю фото…", after=asked)
    await anna.says("/stop")
    await anna.sees("смотреть уже не нужно", after=asked)
    assert await _cards(anna) == []
    assert await world.rows("SELECT 1 FROM readings WHERE state = 'wanted'") == []
