"""An order by a photo, of its barcode to begin with: what a reading leads to, and to whom the photo does not go."""

import pytest

from database import sql
from dealer_bot.domain.readings import Miss
from dealer_bot.sandbox import Photo
from tests.bot.asking_by_picture import BARCODE, OTHER, asks, eyes, nothing_reached_anybody
from tests.bot.plain_words import PlainWords, picture
from tests.bot.world import World

__all__ = ["eyes"]


async def test_one_barcode_of_an_open_order_opens_its_card(world: World) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture(barcodes=f"4600000000000 {BARCODE}", plates="9999AB-9"))
    card = await anna.sees("Выберите стадию", after=asked)
    assert "a00017732" in card.text
    await anna.sees("Штрихкод прочитан: a00017732", after=asked)
    await nothing_reached_anybody(world)
    await anna.presses("Приёмка", on=card.id)
    await anna.sees("Снимайте", after=card.id)


async def test_a_barcode_counts_only_if_an_open_order_has_just_this_one(world: World) -> None:
    world.add_order(OTHER | {"order": "b2 closed"}, "b2 closed")
    anna, _ = await asks(world)
    await world.state_is("b2", "closed")
    for barcodes in (BARCODE[:-1], f"0{BARCODE}", OTHER["barcode"]):
        shot = await anna.shoots(picture(barcodes=barcodes))
        await anna.sees("открытого заказ-наряда с ним нет", after=shot.id)
    assert not [each for each in await anna.chat() if "Выберите стадию" in each.text]


async def test_two_orders_with_one_barcode_are_to_choose_from(world: World) -> None:
    world.add_order(OTHER | {"barcode": BARCODE})
    anna, asked = await asks(world)
    await world.knows("b2")
    await anna.shoots(picture(barcodes=BARCODE))
    shown = await anna.sees("нескольких заказ-нарядов", after=asked)
    assert shown.labels == ["b2 · 4455 АВ-7", "a00017732 · 0124 МН-1", "Нет, другой"]
    await anna.presses("b2", on=shown.id)
    assert "b2" in (await anna.sees("Выберите стадию", after=shown.id)).text


async def test_a_picture_that_comes_as_a_file_is_read_and_another_file_is_not(world: World) -> None:
    anna, asked = await asks(world)
    await anna.sends_file("смета.pdf", b"a paper", "application/pdf")
    await anna.sees("сохранены и никому не отправлены", after=asked)
    await anna.sends_file("IMG_1.HEIC", picture(barcodes=BARCODE), "application/octet-stream")
    assert "a00017732" in (await anna.sees("Выберите стадию", after=asked)).text
    await world.quiet()
    assert await world.rows("SELECT kind FROM media") == [("document",)] and world.kept() == []


async def test_neither_the_client_nor_the_folder_gets_what_was_only_to_be_read(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    await anna.shoots(picture(doubtful="0124MH-1"), caption="тайная подпись")
    await anna.sees("Похоже на один из этих")
    await nothing_reached_anybody(world)
    assert not [each for each in await peter.chat() if each.kind == "photo" or "тайная" in each.text]


async def test_progress_is_shown_and_becomes_the_result(world: World, eyes: PlainWords) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture(doubtful="0124MH-1", takes="a while"))
    looking = await anna.sees("Смотрю фото…", after=asked)
    eyes.gate("a while").set()
    shown = await anna.sees("Похоже на один из этих", after=asked)
    assert shown.id == looking.id and eyes.begun == 1


async def test_after_a_miss_one_hint_fits_its_cause(world: World) -> None:
    hints = {"too_small": "подойдите ближе", "blurred": "смазано", "dark": "темно", "timed_out": "отведённое"}
    hints |= {"unreadable_file": "не открылся", "nothing_found": "не видно", "not_installed": "check"}
    assert set(hints) == {each.value for each in Miss}
    anna, _ = await asks(world)
    for cause, words in hints.items():
        shot = await anna.shoots(picture(cause=cause))
        hint = await anna.sees(words, after=shot.id)
        assert "три цифры номера" in hint.text and "не сохранено и никому не отправлено" in hint.text
        assert hint.labels == ["📅 По дате", "🕘 Мои недавние"]


async def test_the_other_ways_after_a_miss_work(world: World) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture())
    hint = await anna.sees("не видно", after=asked)
    await anna.presses("По дате", on=hint.id)
    await anna.sees("Маленькая цифра", after=hint.id)
    await anna.presses("Мои недавние", on=hint.id)
    await anna.sees("Какой заказ-наряд?", after=hint.id)
    await anna.says("7732")
    assert "a00017732" in (await anna.sees("Выберите стадию", after=hint.id)).text


async def test_his_next_text_overtakes_a_picture_which_then_opens_nothing_by_itself(
    world: World, eyes: PlainWords
) -> None:
    world.add_order(OTHER)
    anna, asked = await asks(world)
    await world.knows("b2")
    await anna.shoots(picture(barcodes=BARCODE, takes="a while"))
    looking = await anna.sees("Смотрю фото…", after=asked)
    await anna.says("b2")
    card = await anna.sees("Выберите стадию", after=asked)
    eyes.gate("a while").set()
    shown = await anna.sees("Штрихкод прочитан: a00017732", after=asked)
    assert shown.id == looking.id and shown.labels == ["a00017732 · 0124 МН-1"]
    await world.quiet()
    assert [each.id for each in await anna.chat() if "Выберите стадию" in each.text] == [card.id]


@pytest.mark.parametrize("leaves", ["enters another order", "ends"])
async def test_a_result_for_who_has_moved_on_changes_nothing(world: World, eyes: PlainWords, leaves: str) -> None:
    world.add_order(OTHER)
    anna, asked = await asks(world)
    await world.knows("b2")
    await anna.shoots(picture(barcodes=BARCODE, takes="a while"))
    await anna.sees("Смотрю фото…", after=asked)
    if leaves == "ends":
        await anna.says("/stop")
        await anna.sees("Готово", after=asked)
    else:
        await world.enters(anna, "b2")
    places = await world.rows("SELECT * FROM places")
    eyes.gate("a while").set()
    over = await anna.sees("смотреть уже не нужно", after=asked)
    assert over.labels == []
    await world.quiet()
    assert await world.rows("SELECT * FROM places") == places
    assert not [each for each in await anna.chat() if "a00017732" in each.text and each.id > asked]


async def test_an_album_is_answered_once_and_by_all_its_pictures(world: World) -> None:
    anna, asked = await asks(world)
    photos = [Photo(picture(plates="0124MH-1")), Photo(picture()), Photo(picture(barcodes=BARCODE))]
    await anna.sends_album(photos)
    assert "a00017732" in (await anna.sees("Выберите стадию", after=asked)).text
    await anna.sees("Штрихкод прочитан")
    await nothing_reached_anybody(world)
    told = [each for each in await anna.chat() if each.from_bot and each.id > asked and "Какой" not in each.text]
    assert len(told) == 2  # the card, and one line for the album


async def test_a_late_sibling_of_a_barcode_does_not_go_to_a_client(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    album = await anna.sends_album([Photo(picture(barcodes=BARCODE))])
    card = await anna.sees("Выберите стадию")
    await anna.presses("Приёмка", on=card.id)
    await anna.sees("Снимайте")
    await anna.shoots(picture(barcodes=BARCODE), album=album[0].album)
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"] and world.kept() == []


async def test_a_late_sibling_of_a_clients_photo_goes_where_the_first_one_went(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    album = await anna.sends_album([Photo(b"one")])
    await peter.sees_photo()
    await anna.says("/order")
    await anna.sees("Какой заказ-наряд?")
    await anna.shoots(b"two", album=album[0].album)
    await peter.sees_photo(count=2)
    await anna.sees("сохранено 2 из 2")


async def test_nobody_waits_for_a_picture_that_hangs(world: World, eyes: PlainWords) -> None:
    anna, asked = await asks(world)
    boris = await world.employee("Борис", "+375291112244")
    for _ in range(4):
        await anna.shoots(picture(takes="for ever"))
    await anna.sees("Смотрю фото…", after=asked)
    await anna.says("7732")
    await anna.sees("Выберите стадию", after=asked)
    await boris.says("/order")
    await boris.sees("Какой заказ-наряд?")
    await boris.shoots(picture(barcodes=BARCODE))
    await boris.sees("Выберите стадию")
    await world.until(lambda: eyes.begun == 3)  # two of Anna's, and Boris's before her others
    eyes.gate("for ever").set()


async def test_an_employee_who_was_let_go_learns_nothing_from_his_picture(world: World, eyes: PlainWords) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture(barcodes=BARCODE, takes="a while"))
    await anna.sees("Смотрю фото…", after=asked)
    await world.change(anna, active=0)
    eyes.gate("a while").set()
    await world.quiet()
    assert not [each for each in await anna.chat() if "a00017732" in each.text]


async def test_a_restart_in_the_middle_reads_the_picture_again(world: World, eyes: PlainWords) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture(barcodes=BARCODE, takes="a while"))
    await anna.sees("Смотрю фото…", after=asked)
    await world.app.stop()
    eyes.gate("a while").set()
    await world.start_bot()
    assert "a00017732" in (await anna.sees("Выберите стадию", after=asked)).text
    await nothing_reached_anybody(world)


async def test_a_picture_nobody_waits_for_any_more_after_a_long_night_is_said_in_one_line(
    world: World, eyes: PlainWords
) -> None:
    anna, asked = await asks(world)
    await anna.shoots(picture(barcodes=BARCODE, takes="a while"))
    await anna.sees("Смотрю фото…", after=asked)
    await world.until(lambda: eyes.begun == 1)
    await world.app.database.write(_age_readings)
    await world.app.stop()
    await world.start_bot()
    await anna.sees("Не получилось посмотреть фото", after=asked)
    assert eyes.begun == 1


async def test_a_picture_that_telegram_does_not_hand_out_is_said_in_one_line(world: World) -> None:
    anna, asked = await asks(world)
    await world.tg.fault("getFile", times=None, refuse=[400, "Bad Request: wrong file_id"])
    await anna.shoots(picture(barcodes=BARCODE))
    await anna.sees("Не получилось посмотреть фото", after=asked)


def _age_readings() -> None:
    sql.run("UPDATE readings SET at = at - 3600000")
