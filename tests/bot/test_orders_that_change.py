"""Folders are renamed, cards are corrected, numbers come again: what waits goes to the right one or stays."""

import json
import shutil

from tests.bot.world import ORDER, PETERS_PHONE, World

OTHER_PHONE = "+375297776655"


async def test_what_came_after_the_closing_is_kept_and_goes_to_nobody(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    await anna.shoots(b"too late")
    assert "закрыт" in (await anna.sees("Снимки сохранены и никому не отправлены")).text
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]
    assert not (world.store / "a00017732 closed" / "Acceptance").exists()


async def test_what_was_shot_into_a_closed_order_is_offered_to_the_next_one(world: World) -> None:
    world.add_order({"order": "a00017741", "phone": OTHER_PHONE, "plate_number": "4455 АВ-7"})
    anna, peter = await world.employee("Анна"), await world.client()
    ivan = await world.client("Иван", OTHER_PHONE)
    await world.enters(anna)
    (world.store / "a00017732").rename(world.store / "a00017732_CLOSED")
    await world.state_is("a00017732", "closed")
    await anna.shoots(b"whose is it")
    await anna.sees("закрыт")
    await world.enters(anna, "a00017741", "Выдача")
    await anna.sees_button("Положить сюда")
    await anna.presses("Положить сюда")
    await ivan.sees_photo()
    await anna.sees("1 снимок отправлен в a00017741")
    await world.quiet()
    await world.until(lambda: [each.read_bytes() for each in world.kept("Issue", "a00017741")] == [b"whose is it"])
    assert not [each for each in await peter.chat() if each.kind == "photo"]


async def test_the_last_photos_before_the_closing_still_reach_the_client(world: World) -> None:
    world.add_order({"order": "a00017741", "phone": OTHER_PHONE})
    await world.knows("a00017741")  # a store that holds not one folder it was known by is not believed
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.tg.fault("sendPhoto", server_error=502, times=3)
    await anna.shoots(b"at the handing over")
    await anna.sees("сохранено 1 из 1")
    shutil.move(world.store / "a00017732", world.folder / "archive")
    await world.state_is("a00017732", "gone")
    await peter.sees_photo()


async def test_who_connects_after_the_closing_gets_nothing_by_himself(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"nobody there yet")
    await anna.sees("Клиент не подключён")
    await anna.sees("сохранено 1 из 1")
    (world.store / "a00017732").rename(world.store / "a00017732 closed")
    await world.state_is("a00017732", "closed")
    peter = await world.client()
    await peter.sees("Открытых заказ-нарядов на него нет")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]


async def test_a_corrected_phone_gets_what_waits_after_the_employees_tap(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"for the right one")
    await anna.sees("Клиент не подключён")
    wrong, right = await world.client("Пётр не тот", "+375299999999"), await world.client("Иван", OTHER_PHONE)
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await anna.sees("…6655")
    await world.quiet()
    assert not [each for each in await right.chat() if each.kind == "photo"]
    await anna.presses("Приёмка")
    await right.sees_photo()
    assert not [each for each in await wrong.chat() if each.kind == "photo"]


async def test_an_old_card_does_not_confirm_a_new_client(world: World) -> None:
    anna, ivan = await world.employee("Анна"), await world.client("Иван", OTHER_PHONE)
    await anna.says("/order a00017732")
    card = await anna.sees("…8808")
    stale = card.button("Приёмка")
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await world.phone_is("a00017732", OTHER_PHONE)
    press = await anna.presses_data(card.id, stale.data)
    assert "Карточка изменилась" in (await press.answer()).text
    await anna.shoots(b"not confirmed")
    await world.quiet()
    assert not [each for each in await ivan.chat() if each.kind == "photo"]


async def test_a_card_that_cannot_be_read_is_shot_and_waits_until_it_is_mended_and_confirmed(world: World) -> None:
    world.write_card("a00017732", '{"order": "a00017732", "phone": "+375298888808 или 80291112233"}')
    anna = await world.employee("Анна")
    await world.state_is("a00017732", "unreadable")
    await anna.says("/order a00017732")
    assert "номер выглядит неверным" in (await anna.sees("Выберите стадию")).text
    await anna.presses("Приёмка")
    await anna.sees("Снимайте")
    await anna.shoots(b"kept anyway")
    await anna.sees("сохранено 1 из 1")
    await anna.sees("в content.txt ошибка")
    peter = await world.client()
    world.write_card("a00017732", ORDER)
    await anna.sees("…8808")
    await world.quiet()
    assert not [each for each in await peter.chat() if each.kind == "photo"]
    await anna.presses("Приёмка")
    await peter.sees_photo()


async def test_two_folders_of_one_number_are_never_chosen_between(world: World) -> None:
    anna = await world.employee("Анна")
    world.add_order(ORDER, "А00017732")
    await world.state_is("a00017732", "ambiguous")
    await anna.says("/order a00017732")
    await anna.sees("две папки с номером")


async def test_an_empty_root_closes_nothing_and_gets_nothing_written(world: World) -> None:
    anna, peter = await world.employee("Анна"), await world.client()
    await world.enters(anna)
    await world.state_is("a00017732", "open")
    world.store.rename(world.folder / "share")
    world.store.mkdir()
    await anna.shoots(b"while the share is away")
    await peter.sees_photo()
    await anna.sees("Хранилище сейчас недоступно")
    assert list(world.store.iterdir()) == []
    world.store.rmdir()
    (world.folder / "share").rename(world.store)
    await anna.sees("сохранено 1 из 1")
    await world.until(lambda: [each.read_bytes() for each in world.kept()] == [b"while the share is away"])


async def test_a_folder_explains_itself_without_the_bot(world: World) -> None:
    anna = await world.employee("Анна")
    await world.enters(anna)
    await anna.shoots(b"a picture", caption="Скол")
    await anna.sees("сохранено 1 из 1")
    journal = world.store / "a00017732" / ".dealer_bot" / "media.jsonl"
    await world.until(lambda: journal.exists() and journal.read_text().endswith("\n"))
    (line,) = journal.read_text().splitlines()
    told = json.loads(line)
    assert told["who"] == "Анна" and told["caption"] == "Скол"
    assert told["file"] == f"Acceptance/{world.kept()[0].name}"


async def test_the_phone_of_the_order_decides_and_not_its_last_digits(world: World) -> None:
    """+375 29 123-45-67 and +7 929 123-45-67 share nine digits and nothing else."""
    world.add_order({"order": "b1", "phone": "+375291234567"})
    anna, stranger = await world.employee("Анна"), await world.client("Чужой", "+79291234567")
    await world.enters(anna, "b1")
    await anna.shoots(b"not for him")
    await anna.sees("Клиент не подключён")
    await world.quiet()
    assert not [each for each in await stranger.chat() if each.kind == "photo"]
    assert PETERS_PHONE not in "".join(each.text for each in await stranger.chat())


async def test_nothing_goes_to_a_new_phone_before_somebody_has_looked_at_it(world: World) -> None:
    anna, ivan = await world.employee("Анна"), await world.client("Иван", OTHER_PHONE)
    await world.enters(anna)
    world.write_card("a00017732", ORDER | {"phone": OTHER_PHONE})
    await anna.sees("…6655")
    await anna.shoots(b"shot after the correction", caption="кадр")
    await anna.sees("Телефон клиента в заказ-наряде изменился")
    assert not [each for each in await ivan.chat() if "кадр" in each.text]
    await anna.presses("Приёмка")
    await ivan.sees("кадр")
